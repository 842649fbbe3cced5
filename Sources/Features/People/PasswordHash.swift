import Crypto
import CryptoExtras
import Foundation

/// A password as it is stored: scrypt with a salt and its own parameters, so that those of new hashes can be raised.
///
/// Text of the form `$scrypt$ln=15,r=8,p=1$SALT$HASH` (ln is the binary logarithm of N), salt and hash in base 64.
struct PasswordHash: Sendable, Hashable {
  struct Cost: Sendable, Hashable {
    /// N = 2^logRounds; 128 · r · N bytes of memory.
    let logRounds: Int
    let blockSize: Int
    let parallelism: Int

    /// N = 2¹⁵, r = 8, p = 1: 32 MiB and about 85 ms.
    static let standard = Cost(logRounds: 15, blockSize: 8, parallelism: 1)
  }

  let cost: Cost
  private let salt: Data
  private let key: SymmetricKey

  private static let keyBytes = 32

  /// Hashes a password: slow, and not for a cooperative thread; see ``ThreadTurns``.
  init(_ password: String, cost: Cost) throws {
    let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
    self.init(cost: cost, salt: salt, key: try Self.derive(password, salt, cost))
  }

  /// Reads ``text``; nil for anything else.
  init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Cost(text: parts[2]),
      let salt = Data(base64Encoded: String(parts[3])), let key = Data(base64Encoded: String(parts[4])),
      key.count == Self.keyBytes
    else { return nil }
    self.init(cost: cost, salt: salt, key: SymmetricKey(data: key))
  }

  private init(cost: Cost, salt: Data, key: SymmetricKey) {
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  var text: String {
    "$scrypt$\(cost.text)$\(salt.base64EncodedString())$\(key.withUnsafeBytes { Data($0) }.base64EncodedString())"
  }

  /// Compares in constant time. Slow, as ``init(_:cost:)``.
  func matches(_ password: String) throws -> Bool { try Self.derive(password, salt, cost) == key }

  /// What a name that nobody has is held against, so that it takes as long as any other.
  static func ofNobody(cost: Cost) -> PasswordHash {
    PasswordHash(cost: cost, salt: Data(count: 16), key: SymmetricKey(size: .bits256))
  }

  /// Full-width and half-width letters, and other forms of the same character, are one: input methods differ.
  private static func derive(_ password: String, _ salt: Data, _ cost: Cost) throws -> SymmetricKey {
    try KDF.Scrypt.deriveKey(
      from: Data(password.precomposedStringWithCompatibilityMapping.utf8), salt: salt, outputByteCount: keyBytes,
      rounds: 1 << cost.logRounds, blockSize: cost.blockSize, parallelism: cost.parallelism)
  }

  static func == (one: PasswordHash, other: PasswordHash) -> Bool { one.text == other.text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension PasswordHash.Cost {
  fileprivate var text: String { "ln=\(logRounds),r=\(blockSize),p=\(parallelism)" }

  /// Nil also for what no hash of ours has: a row from elsewhere must not cost gigabytes.
  fileprivate init?(text: Substring) {
    let numbers = text.split(separator: ",").compactMap { part -> (Substring, Int)? in
      let sides = part.split(separator: "=")
      guard sides.count == 2, let number = Int(sides[1]) else { return nil }
      return (sides[0], number)
    }
    guard numbers.map(\.0) == ["ln", "r", "p"], (1...20).contains(numbers[0].1), (1...16).contains(numbers[1].1),
      (1...4).contains(numbers[2].1)
    else { return nil }
    self.init(logRounds: numbers[0].1, blockSize: numbers[1].1, parallelism: numbers[2].1)
  }
}
