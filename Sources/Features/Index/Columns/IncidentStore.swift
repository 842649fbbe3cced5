import Domain
import Foundation
import Journal
import SQL
import Synchronization

/// All reports as columns in files of a node's data folder, a file a month, mapped into memory.
///
/// A copy, never the truth: every node makes its own out of the database, and a file that is missing or damaged is made
/// again. Files never change. Following the journal tells which months any report came to, left or changed in; those are
/// read anew out of the views, written beside the old ones, and put in force by the manifest, in one rename.
public final class IncidentStore: Sendable {
  private let site: Installation
  private let folder: URL
  private let open = Mutex<Open?>(nil)

  /// - Parameter folder: of its own; made where it is missing.
  public init(_ site: Installation, folder: URL) {
    self.site = site
    self.folder = folder
  }

  /// What is in force, mapped.
  private struct Open {
    let manifest: IncidentManifest
    let segments: [IncidentSegment]
  }

  /// Nothing has been gathered yet, or another program wrote it: ``refresh()`` first.
  public struct NotGathered: Error {}

  public struct Refreshed: Sendable, Hashable {
    /// How many months were written.
    public let months: Int
    /// Of all months.
    public let rows: Int
  }

  private static let format = 1

  // MARK: - Following

  /// Brings the files up to what the journal says now. Waits while another process does the same.
  /// - Parameter reading: they are going to be read: every byte is proven first. Otherwise only that the files are there,
  ///   so that a server holds nothing of them.
  @discardableResult
  public func refresh(reading: Bool = true) async throws -> Refreshed {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true,
                                            attributes: [.posixPermissions: 0o700])
    let lock = try await FolderLock.take(folder)
    defer { lock.release() }
    let old = sound(IncidentManifest.read(in: folder), reading)
    let (manifest, written) = try await site.database.read { [self] connection in
      // What was read before a rebuild that was due is read again after it.
      let areViewsCurrent = try ViewBuild(site).isCurrent(on: connection)
      let found = old.flatMap { $0.areViewsCurrent == areViewsCurrent ? $0 : nil }
      return try found.flatMap { try following($0, on: connection) } ?? gathered(areViewsCurrent, on: connection)
    }
    if manifest != old { try manifest.write(in: folder) }
    try sweep(keeping: manifest)
    return Refreshed(months: written, rows: manifest.segments.reduce(0) { $0 + $1.rows })
  }

  /// - Returns: nil unless it was written by this program for this pack and everything it names is whole.
  private func sound(_ manifest: IncidentManifest?, _ reading: Bool) -> IncidentManifest? {
    guard let manifest, manifest.definition == definition, Position(manifest.position) != nil else { return nil }
    let isWhole = reading ? (try? mapped(manifest)) != nil : manifest.segments.allSatisfy { segment in
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(segment.file).path)
    }
    return isWhole ? manifest : nil
  }

  private var definition: String {
    "format \(Self.format), pack \(site.pack.version), \(ViewBuild(site).definition)"
  }

  /// All months there are.
  private func gathered(_ areViewsCurrent: Bool, on connection: any Connection) throws -> (IncidentManifest, Int) {
    let head = try site.journal.head(on: connection)
    let ends = try connection.first(
      "SELECT MIN(said_at), MAX(said_at) FROM case_reports WHERE district = \(site.district)"
    ) { ($0.optionalInteger(0), $0.optionalInteger(1)) }
    var segments: [IncidentManifest.Segment] = []
    if case .some((.some(let first), .some(let last))) = ends {
      let zone = site.pack.calendar.zone
      let months = [first, last].map { CountMonth(Instant(milliseconds: $0), zone).number }
      for month in months[0]...months[1] {
        if let segment = try write(CountMonth(month), on: connection) { segments.append(segment) }
      }
    }
    return (IncidentManifest(definition: definition, areViewsCurrent: areViewsCurrent, position: head.text,
                             segments: segments), segments.count)
  }

  /// The months that changed since; nil where another database lies here than the one that was followed.
  private func following(_ old: IncidentManifest, on connection: any Connection) throws -> (IncidentManifest, Int)? {
    var position = Position(old.position) ?? .start
    guard position <= (try site.journal.head(on: connection)) else { return nil }
    let zone = site.pack.calendar.zone
    var moved: Set<Int> = []
    var isFull = true
    while isFull {
      let changes = try IncidentChanges.read(after: position, of: site, on: connection)
      for incident in changes.removed + changes.added { moved.insert(CountMonth(incident.at, zone).number) }
      (position, isFull) = (changes.position, changes.isFull)
    }
    var segments = Dictionary(uniqueKeysWithValues: old.segments.map { ($0.month, $0) })
    for month in moved.sorted() { segments[month] = try write(CountMonth(month), on: connection) }
    let all = segments.values.sorted { $0.month < $1.month }
    return (IncidentManifest(definition: definition, areViewsCurrent: old.areViewsCurrent, position: position.text,
                             segments: all), moved.count)
  }

  /// Nil for a month without a report.
  private func write(_ month: CountMonth, on connection: any Connection) throws -> IncidentManifest.Segment? {
    let zone = site.pack.calendar.zone
    let table = try IncidentTable.read(from: zone.instant(month.first), to: zone.instant(month.next.first),
                                       division: nil, of: site, on: connection)
    return table.count == 0 ? nil : try Self.write(table, month: month, in: folder)
  }

  private static func write(_ table: IncidentTable, month: CountMonth, in folder: URL) throws
    -> IncidentManifest.Segment
  {
    let (bytes, checksum) = IncidentSegment.file(of: table, month: month)
    let segment = IncidentManifest.Segment(month: month.number, rows: table.count, checksum: checksum)
    try IncidentManifest.put(bytes, as: segment.file, in: folder)
    return segment
  }

  /// What was replaced, and what a process that died left behind. Who still reads a file has it mapped.
  private func sweep(keeping manifest: IncidentManifest) throws {
    let kept = Set(manifest.segments.map(\.file) + [IncidentManifest.file, FolderLock.file])
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !kept.contains(name) {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }

  // MARK: - Reading

  /// The segments in force, in order of time.
  /// - Throws: ``NotGathered``.
  func segments() throws -> [IncidentSegment] {
    // A file may be replaced between the reading of the manifest and its opening.
    for _ in 0..<3 {
      guard let manifest = IncidentManifest.read(in: folder), manifest.definition == definition else { break }
      if let segments = try? mapped(manifest) { return segments }
    }
    throw NotGathered()
  }

  /// Maps what is not mapped yet.
  private func mapped(_ manifest: IncidentManifest) throws -> [IncidentSegment] {
    try open.withLock { open in
      if let open, open.manifest == manifest { return open.segments }
      let known = open.map { Dictionary(uniqueKeysWithValues: zip($0.manifest.segments, $0.segments)) } ?? [:]
      let segments = try manifest.segments.map { segment in
        try known[segment] ?? IncidentSegment(
          mapping: folder.appendingPathComponent(segment.file), checksum: segment.checksum)
      }
      open = Open(manifest: manifest, segments: segments)
      return segments
    }
  }

  /// Writes months that were made elsewhere, for the measure of counting; the journal knows nothing of them.
  /// - Parameter months: in order of time, each with all its rows in order.
  package func fill(_ months: [IncidentTable]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let segments = try months.map { table in
      try Self.write(table, month: CountMonth(day: Int(table.day.first ?? 0)), in: folder)
    }
    try IncidentManifest(definition: definition, areViewsCurrent: true, position: Position.start.text,
                         segments: segments).write(in: folder)
  }
}
