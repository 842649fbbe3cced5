import Foundation

/// Which files the column store consists of, and how much of the journal they hold.
struct IncidentManifest: Codable, Sendable, Hashable {
  struct Segment: Codable, Sendable, Hashable {
    /// See ``CountMonth``.
    let month: Int
    let rows: Int
    let checksum: UInt64

    var file: String { String(month) + "-" + String(checksum, radix: 16) + "." + Self.suffix }
    static let suffix = "incidents"
  }

  /// By what the rows were made: another program or pack makes others.
  let definition: String
  /// Whether the views that the rows were read out of were built by the same program and pack.
  let areViewsCurrent: Bool
  /// Up to where the journal has been followed.
  let position: String
  /// In order of time.
  let segments: [Segment]

  static let file = "manifest.json"

  /// Nil where there is none, or one that cannot be read: then all is made anew.
  static func read(in folder: URL) -> IncidentManifest? {
    guard let bytes = try? Data(contentsOf: folder.appendingPathComponent(file)) else { return nil }
    return try? JSONDecoder().decode(IncidentManifest.self, from: bytes)
  }

  /// Takes the place of the one before, whole or not at all; the files it names must be there.
  func write(in folder: URL) throws {
    try Self.put(Data(SortedJSON.encode(self)), as: Self.file, in: folder)
  }

  /// Writes a file beside where it belongs and moves it there once it is on the disk.
  static func put(_ bytes: Data, as name: String, in folder: URL) throws {
    let (draft, place) = (folder.appendingPathComponent(name + ".draft"), folder.appendingPathComponent(name))
    guard FileManager.default.createFile(atPath: draft.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    let handle = try FileHandle(forWritingTo: draft)
    try handle.write(contentsOf: bytes)
    try handle.synchronize()
    try handle.close()
    guard rename(draft.path, place.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
