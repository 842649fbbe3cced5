import Crypto
import Foundation

/// The rules of a city as text: the files that judge cases, without the map's decoration. Small enough to be kept in
/// the database for every version that ever judged a case, and read back into the same pack.
public struct PackArchive: Sendable, Hashable {
  /// The files of a pack, in the order of the version's hash (sorted by name).
  public static let fileNames = [
    "agencies.yaml", "calendar.yaml", "deadlines.yaml", "divisions.geojson", "kinds.yaml", "pack.yaml",
    "places.geojson", "responsibility.yaml", "squads.yaml", "triage.yaml",
  ]
  /// Files that a pack may do without; where they are, they are of its version.
  public static let optionalNames = ["index.json", "words.txt"]
  /// Files that only the pages draw: not needed to judge a case, read by themselves when a map asks.
  public static let decorationNames = ["buildings.geojson", "roads.geojson", "water.geojson"]

  /// Contents by file name.
  public let files: [String: String]

  public init(files: [String: String]) { self.files = files }

  /// From `encoded`; nil when it is not an archive.
  public init?(encoded: String) {
    guard let files = try? JSONDecoder().decode([String: String].self, from: Data(encoded.utf8)) else { return nil }
    self.init(files: files)
  }

  /// A JSON object of contents by file name, the names sorted.
  public var encoded: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A dictionary of strings always encodes.
    return (try? encoder.encode(files)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// The first 16 hexadecimal digits of SHA-256 over each file in the order of names: name, a zero byte, the number of
  /// bytes in decimal, a zero byte, the bytes.
  public var version: String {
    var hash = SHA256()
    for (name, contents) in files.sorted(by: { $0.key < $1.key }) {
      hash.update(data: Data("\(name)\0\(contents.utf8.count)\0".utf8))
      hash.update(data: Data(contents.utf8))
    }
    return hash.finalize().prefix(8).hexadecimal
  }
}
