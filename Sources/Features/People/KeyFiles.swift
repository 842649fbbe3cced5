import Crypto
import Foundation

/// The installation's keys, beside the database and never in it: 32 bytes as base 64, readable by the owner alone.
public enum KeyFiles {
  public enum Failure: Error, Sendable, Hashable {
    /// Not 32 bytes in base 64.
    case malformed(file: String)
    case unwritable(file: String)
  }

  /// The vault's master key. Whoever loses it has lost what the vault holds.
  public static func master(at file: URL) throws -> SymmetricKey {
    SymmetricKey(data: try bytes(at: file) { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } })
  }

  /// The key that signs checkpoints.
  public static func checkpoint(at file: URL) throws -> Curve25519.Signing.PrivateKey {
    let bytes = try bytes(at: file) { Curve25519.Signing.PrivateKey().rawRepresentation }
    return try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
  }

  /// A key given as text (environment, settings).
  public static func decode(_ text: String, from source: String) throws -> Data {
    guard let data = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)), data.count == 32 else {
      throw Failure.malformed(file: source)
    }
    return data
  }

  /// Reads the file, or creates it with a new key. Two processes that start together end with the same key: the file
  /// is linked into place, and whoever comes second reads the first one's.
  private static func bytes(at file: URL, make: () -> Data) throws -> Data {
    if let text = try? String(contentsOf: file, encoding: .utf8) { return try decode(text, from: file.path) }
    let draft = file.appendingPathExtension("draft-\(UUID().uuidString)")
    let content = make().base64EncodedData() + Data("\n".utf8)
    guard FileManager.default.createFile(atPath: draft.path, contents: content, attributes: [.posixPermissions: 0o600])
    else { throw Failure.unwritable(file: file.path) }
    defer { try? FileManager.default.removeItem(at: draft) }
    if link(draft.path, file.path) != 0, errno != EEXIST { throw Failure.unwritable(file: file.path) }
    return try decode(String(contentsOf: file, encoding: .utf8), from: file.path)
  }
}
