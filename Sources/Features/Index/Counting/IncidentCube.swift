import Domain
import Journal
import SQL

/// Counts of all reports by place, kind, hour and day, kept up from the journal in the engine that holds the data, so
/// that a question costs what the cube is large, not what has been reported.
///
/// Any node may fold in what is new. Position and counts move in one transaction, and only from the position that was
/// read with the counts, so that nothing is counted twice or left out, whoever dies when.
public struct IncidentCube: Sendable {
  let site: Installation

  public init(_ site: Installation) { self.site = site }

  static let migrations: [Migration] = [
    Migration("index/1 counts") { dialect in
      let blob = dialect.blobType
      return """
        CREATE TABLE incident_cubes (district TEXT PRIMARY KEY, definition TEXT NOT NULL, position TEXT NOT NULL);
        CREATE TABLE incident_spots (
          district TEXT NOT NULL, number BIGINT NOT NULL, place TEXT NOT NULL, division TEXT NOT NULL,
          PRIMARY KEY (district, number), UNIQUE (district, place, division));
        CREATE TABLE incident_kinds (
          district TEXT NOT NULL, number BIGINT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (district, number),
          UNIQUE (district, kind));
        CREATE TABLE incident_days (
          district TEXT NOT NULL, day BIGINT NOT NULL, cells \(blob) NOT NULL, PRIMARY KEY (district, day));
        CREATE TABLE incident_months (
          district TEXT NOT NULL, level TEXT NOT NULL
            CHECK (level IN (\(CubeLevel.ofMonths.quoted))),
          month BIGINT NOT NULL, cells \(blob) NOT NULL, PRIMARY KEY (district, level, month));
        """
    }
  ]

  static let tables = ["incident_cubes", "incident_spots", "incident_kinds", "incident_days", "incident_months"]

  /// The counts do not hold with the journal: `headwater rebuild` makes them anew.
  public struct Astray: Error {}

  /// Counts reckoned by another clock are other counts.
  private var definition: String {
    let zone = site.pack.calendar.zone
    return "reckoning 1, zone \(zone.name) \(zone.initialOffsetSeconds) \(zone.changes.count)"
  }

  /// So many changes are gathered before they are written, so that a long past is folded in few passes.
  private static let changesMax = 200_000

  /// Folds in what is new in the journal, to its end.
  public func follow() async throws {
    while !Task.isCancelled {
      guard try await fold() else { return }
    }
  }

  /// Folds in the next part.
  /// - Returns: whether there may be more.
  func fold() async throws -> Bool {
    guard let step = try await site.database.read({ try next(on: $0) }) else {
      try await site.database.write { try begin(on: $0) }
      return true
    }
    guard step.position != step.from else { return false }
    try await site.database.write { connection in
      let moved = try connection.run(
        """
        UPDATE incident_cubes SET position = \(step.position.text)
        WHERE district = \(site.district) AND position = \(step.from.text) AND definition = \(definition)
        """)
      // Otherwise another node was first.
      if moved == 1 { try step.pages?.write(district: site.district, on: connection) }
    }
    return step.isFull
  }

  private struct Step: Sendable {
    let from: Position
    let position: Position
    /// Nil where nothing is new.
    let pages: CubePages?
    let isFull: Bool
  }

  /// - Returns: nil where nothing has been begun, or by another definition.
  private func next(on connection: any Connection) throws -> Step? {
    guard let start = try position(on: connection) else { return nil }
    var page = try IncidentChanges.read(after: start, of: site, on: connection)
    guard page.position != start else { return Step(from: start, position: start, pages: nil, isFull: false) }
    var pages = try CubePages(district: site.district, on: connection)
    var changes = 0
    while true {
      for incident in page.removed { try pages.count(incident, -1, site.pack.calendar.zone) }
      for incident in page.added { try pages.count(incident, 1, site.pack.calendar.zone) }
      changes += page.removed.count + page.added.count
      guard page.isFull, changes < Self.changesMax else { break }
      page = try IncidentChanges.read(after: page.position, of: site, on: connection)
    }
    try pages.merge(district: site.district, on: connection)
    return Step(from: start, position: page.position, pages: pages, isFull: page.isFull)
  }

  /// Up to where the journal is counted; nil where nothing has been begun, or by another definition, or where the
  /// journal is not the one that was counted: restored into another cluster, whose transactions count from 1 again.
  func position(on connection: any Connection) throws -> Position? {
    let found = try connection.first(
      """
      SELECT position FROM incident_cubes
      WHERE district = \(site.district) AND definition = \(definition)
      """) { $0.text(0) }
    guard let position = found.flatMap(Position.init) else { return nil }
    return position <= (try site.journal.head(on: connection)) ? position : nil
  }

  private func begin(on connection: any Connection) throws {
    try hold(on: connection)
    // Another node may have begun meanwhile.
    guard try position(on: connection) == nil else { return }
    try forget(definition, on: connection)
  }

  /// Forgets all counts: who follows next begins at the start.
  func clear(on connection: any Connection) throws {
    try hold(on: connection)
    try forget("", on: connection)
  }

  /// - Parameter definition: by which counting begins anew; empty for none.
  private func forget(_ definition: String, on connection: any Connection) throws {
    for table in Self.tables where table != "incident_cubes" {
      try connection.run(Statement(sql: "DELETE FROM \(table) WHERE district = $1", values: [.text(site.district)]))
    }
    try connection.run(
      """
      UPDATE incident_cubes SET definition = \(definition), position = \(Position.start.text)
      WHERE district = \(site.district)
      """)
  }

  /// Takes the row through which every change of counts goes: were there none yet, a node that begins could forget what
  /// another has counted since.
  private func hold(on connection: any Connection) throws {
    try connection.run(
      """
      INSERT INTO incident_cubes (district, definition, position)
      VALUES (\(site.district), \(""), \(Position.start.text)) ON CONFLICT (district) DO NOTHING
      """)
    try connection.run("UPDATE incident_cubes SET district = district WHERE district = \(site.district)")
  }

  /// Counts reports that were made elsewhere, for the measure of counting; the journal knows nothing of them.
  package func fill(_ tables: [IncidentTable]) async throws {
    _ = try await fold()
    for table in tables {
      let pages = try await site.database.read { connection in
        var pages = try CubePages(district: site.district, on: connection)
        try pages.count(table)
        try pages.merge(district: site.district, on: connection)
        return pages
      }
      try await site.database.write { try pages.write(district: site.district, on: $0) }
    }
  }
}
