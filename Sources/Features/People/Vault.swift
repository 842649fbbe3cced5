import Crypto
import Foundation
import Journal
import SQL

/// Personal data, apart from the journal: each entry encrypted with a key of its own, that key wrapped by the
/// installation's. To erase an entry is to delete both; the journal keeps only the reference.
///
/// AES-256-GCM; the reference is authenticated with the content, so that entries cannot be swapped.
public struct Vault: Sendable {
  private let master: SymmetricKey
  private let fingerprintKey: SymmetricKey

  /// - Parameter master: the installation's key, 32 bytes, from outside the database.
  public init(master: SymmetricKey) {
    self.master = master
    fingerprintKey = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: master, info: Data("headwater/fingerprint".utf8), outputByteCount: 32)
  }

  /// Tells equal personal data from unequal without holding it: 16 bytes that nobody can guess back without the key.
  func fingerprint(_ bytes: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: fingerprintKey).prefix(16))
  }

  /// An entry as it is stored.
  public struct Sealed: Sendable {
    public let reference: String
    let content: [UInt8]
    let wrappedKey: [UInt8]
  }

  public enum Failure: Error, Sendable, Hashable {
    /// Never there, or erased.
    case erased
    /// The entry does not fit the key: another installation's key, or altered rows.
    case unreadable
  }

  public static let migrations: [Migration] = [
    Migration("vault/1") { dialect in
      let blob = dialect == .sqlite ? "BLOB" : "BYTEA"
      return """
        CREATE TABLE vault_entries (
          district TEXT NOT NULL, reference TEXT NOT NULL, content \(blob) NOT NULL, PRIMARY KEY (district, reference));
        CREATE TABLE vault_keys (
          district TEXT NOT NULL, reference TEXT NOT NULL, wrapped \(blob) NOT NULL, PRIMARY KEY (district, reference));
        CREATE TABLE vault_erasures (
          district TEXT NOT NULL, reference TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (district, reference));
        """
    },
    Migration("vault/2 key check") { dialect in
      """
      CREATE TABLE vault_key_checks (
        district TEXT NOT NULL PRIMARY KEY, content \(dialect.blobType) NOT NULL,
        wrapped \(dialect.blobType) NOT NULL);
      """
    },
  ]

  /// Makes sure that this installation's key is the one that the vault was begun with, before anything is sealed with
  /// another: a lost key file, or two nodes with two keys. To be called at start, after the migrations.
  /// - Throws: ``Failure/unreadable``.
  public func confirmKey(district: String, on connection: any Connection) throws {
    let check = try seal("headwater", as: Self.checkReference)
    try connection.run(
      """
      INSERT INTO vault_key_checks (district, content, wrapped)
      VALUES (\(district), \(check.content), \(check.wrappedKey)) ON CONFLICT (district) DO NOTHING
      """)
    let row = try connection.first(
      "SELECT content, wrapped FROM vault_key_checks WHERE district = \(district)") { ($0.blob(0), $0.blob(1)) }
    guard let row else { throw Failure.unreadable }
    _ = try decrypt(String.self, Self.checkReference, content: row.0, wrapped: row.1)
  }

  private static let checkReference = "key-check"

  public func seal(_ entry: some Encodable, as reference: String) throws -> Sealed {
    let key = SymmetricKey(size: .bits256)
    let name = Array(reference.utf8)
    let content = try AES.GCM.seal(SortedJSON.encode(entry), using: key, authenticating: name)
    let wrapped = try key.withUnsafeBytes { try AES.GCM.seal(Data($0), using: master, authenticating: name) }
    guard let contentBytes = content.combined, let wrappedBytes = wrapped.combined else { throw Failure.unreadable }
    return Sealed(reference: reference, content: [UInt8](contentBytes), wrappedKey: [UInt8](wrappedBytes))
  }

  private static let entryTable = ViewTable("vault_entries", keys: ["reference"], values: ["content"])
  private static let keyTable = ViewTable("vault_keys", keys: ["reference"], values: ["wrapped"])

  /// What stores new entries.
  static func statements(storing sealed: [Sealed], district: String) -> [Statement] {
    let entries = sealed.map { ViewTable.Row(key: [.text($0.reference)], values: [.blob($0.content)]) }
    let keys = sealed.map { ViewTable.Row(key: [.text($0.reference)], values: [.blob($0.wrappedKey)]) }
    return entryTable.insertions(entries, district: district) + keyTable.insertions(keys, district: district)
  }

  public func store(_ sealed: Sealed, district: String, on connection: any Connection) throws {
    try connection.run(Self.statements(storing: [sealed], district: district))
  }

  /// Reads an entry. Callers journal the look in the same transaction: see ``LookIntoVault``.
  package func open<Entry: Decodable>(
    _ type: Entry.Type, _ reference: String, district: String, on connection: any Connection
  ) throws -> Entry {
    let query: Statement = """
      SELECT e.content, k.wrapped FROM vault_entries e
      JOIN vault_keys k ON k.district = e.district AND k.reference = e.reference
      WHERE e.district = \(district) AND e.reference = \(reference)
      """
    guard let row = try connection.first(query, { ($0.blob(0), $0.blob(1)) }) else { throw Failure.erased }
    return try decrypt(type, reference, content: row.0, wrapped: row.1)
  }

  private func decrypt<Entry: Decodable>(
    _ type: Entry.Type, _ reference: String, content: [UInt8], wrapped: [UInt8]
  ) throws(Failure) -> Entry {
    let name = Array(reference.utf8)
    do {
      let key = try AES.GCM.open(.init(combined: wrapped), using: master, authenticating: name)
      let content = try AES.GCM.open(.init(combined: content), using: SymmetricKey(data: key), authenticating: name)
      return try JSONDecoder().decode(type, from: content)
    } catch { throw Failure.unreadable }
  }

  /// Deletes the entry and its key, and keeps the reference, so that a restored backup can be made to forget it too.
  /// - Returns: false if it had been erased before; of two at once only one does it.
  func erase(_ reference: String, district: String, at milliseconds: Int64, on connection: any Connection) throws
    -> Bool
  {
    let erased = try connection.run(
      "DELETE FROM vault_keys WHERE district = \(district) AND reference = \(reference)")
    guard erased == 1 else { return false }
    try connection.run("DELETE FROM vault_entries WHERE district = \(district) AND reference = \(reference)")
    try connection.run(
      """
      INSERT INTO vault_erasures (district, reference, at) VALUES (\(district), \(reference), \(milliseconds))
      ON CONFLICT (district, reference) DO NOTHING
      """)
    return true
  }
}
