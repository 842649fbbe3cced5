import Crypto
import Foundation

/// The installation's keys, beside the database and never in it: 32 bytes as base 64, readable by the owner alone.
public enum KeyFiles {
  public enum Failure: Error, Sendable, Hashable {
    /// Not 32 bytes in base 64.
    case malformed(file: String)
    case unwritable(file: String)
    case unreadable(file: String)
  }

  /// The vault's master key. Whoever loses it has lost what the vault holds.
  public static func master(at file: URL) throws -> SymmetricKey {
    SymmetricKey(data: try bytes(at: file) { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } })
  }

  /// The key that seals plates. Whoever loses it has to replace every plate.
  public static func plates(at file: URL) throws -> SymmetricKey { try master(at: file) }

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
    if !FileManager.default.fileExists(atPath: file.path) {
      let draft = file.path + ".draft-" + UUID().uuidString
      defer { unlink(draft) }
      guard write([UInt8](make().base64EncodedData()) + [UInt8(ascii: "\n")], to: draft),
        link(draft, file.path) == 0 || errno == EEXIST, persist(file.deletingLastPathComponent().path)
      else { throw Failure.unwritable(file: file.path) }
    }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw Failure.unreadable(file: file.path)
    }
    return try decode(text, from: file.path)
  }

  /// Readable by the owner alone from its first byte, and on the disk before anything is sealed with it.
  private static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Foundation.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
  }

  /// A new name in a folder is on the disk when the folder is.
  private static func persist(_ folder: String) -> Bool {
    let descriptor = open(folder, O_RDONLY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}
