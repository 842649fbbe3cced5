import Foundation

/// The files of `References`, made by the scripts that its README names.
enum References {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("References")

  /// Lines of numbers without the heading; NA is nan.
  static func rows(_ name: String) throws -> [[Double]] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      .split(separator: "\n").dropFirst().map { line in line.split(separator: ",").map { Double($0) ?? .nan } }
  }
}
