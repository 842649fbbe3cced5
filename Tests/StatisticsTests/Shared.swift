import Foundation

/// References and real data that lie beside the repository where somebody has put them; tests that want them say that
/// they are skipped elsewhere.
enum Shared {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")

  static let isThere = FileManager.default.fileExists(atPath: folder.path)

  /// Little-endian doubles.
  static func doubles(_ path: String) throws -> [Double] {
    try Data(contentsOf: folder.appendingPathComponent(path)).withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map { bytes.loadUnaligned(fromByteOffset: $0, as: Double.self) }
    }
  }

  /// The lines of a file of numbers, without its heading; what is no number is nan.
  static func rows(_ path: String) throws -> [[Double]] {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      .split(separator: "\n").dropFirst().map { line in line.split(separator: ",").map { Double($0) ?? .nan } }
  }
}
