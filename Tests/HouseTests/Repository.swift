import Foundation

/// The files of this repository, as its tests read them.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file by its path from the root, such as `docs/ARCHITECTURE.md`.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  /// Paths from the root of all files below `folder`, sorted; nothing that a build or a run has made.
  static func files(below folder: String, suffix: String = "") -> [String] {
    let base = root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
    var found: [String] = []
    while let path = walk.nextObject() as? String {
      if isMade(path) {
        walk.skipDescendants()
      } else if path.hasSuffix(suffix), !isFolder(base.appendingPathComponent(path).path) {
        found.append(folder.isEmpty ? path : "\(folder)/\(path)")
      }
    }
    return found.sorted()
  }

  /// All Swift files of the package and of the benchmarks, read once.
  static let sources: [SwiftSource] = ["Sources", "Tests", "Benchmarks"].flatMap { folder in
    files(below: folder, suffix: ".swift").compactMap { path in
      (try? text(path)).map { SwiftSource(path: path, text: $0) }
    }
  }

  /// The names of the folders below `Sources`, which are the targets.
  static let targets = Set(sources.compactMap(\.target)).union(["CPQ", "CSQLite", "CQREncode", "CTurboJPEG"])

  private static func isFolder(_ path: String) -> Bool {
    var answer: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &answer) && answer.boolValue
  }

  private static func isMade(_ path: String) -> Bool {
    path.split(separator: "/").contains { part in
      part.hasPrefix(".build") || part == ".git" || part == ".hypothesis" || part == "var" || part == "__pycache__"
    }
  }
}
