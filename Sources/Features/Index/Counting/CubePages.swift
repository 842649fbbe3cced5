import Domain
import SQL

/// The rows of the cube that a batch of changes touches: the changes, then the rows as they become.
struct CubePages: Sendable {
  private struct Page: Sendable, Hashable {
    let level: CubeLevel
    /// A day since 1970-01-01, or a month.
    let number: Int
  }

  private var spots: CubeSpots
  private var kinds: IncidentCodes
  private let knownKinds: Int
  private var changes: [Page: [UInt64: Int32]] = [:]
  private var merged: [Page: CubeCells] = [:]

  init(district: String, on connection: any Connection) throws {
    spots = try CubeSpots(district: district, on: connection)
    kinds = try CubeSpots.kinds(district: district, on: connection)
    knownKinds = kinds.count
  }

  mutating func count(_ incident: Incident, _ change: Int32, _ zone: CityZone) throws {
    let (date, minute) = zone.local(incident.at)
    let kind = kinds.number(incident.kind)
    guard kind < CubeLevel.kindsMax else { throw IncidentCube.Astray() }
    let cell = CubeLevel.Cell(
      spot: spots.number(place: incident.place, division: incident.division), kind: kind, weekday: date.weekday - 1,
      hour: minute / 60)
    count(cell, day: date.dayNumber, change)
  }

  mutating func count(_ table: IncidentTable) throws {
    for row in 0..<table.count {
      let day = Int(table.day[row])
      let spot = spots.number(place: table.places[Int(table.place[row])],
                              division: table.divisions[Int(table.division[row])])
      let cell = CubeLevel.Cell(spot: spot, kind: kinds.number(table.kinds[Int(table.kind[row])]),
                                weekday: CivilDate(dayNumber: day).weekday - 1, hour: Int(table.hour[row]))
      count(cell, day: day, 1)
    }
  }

  private mutating func count(_ cell: CubeLevel.Cell, day: Int, _ change: Int32) {
    changes[Page(level: .day, number: day), default: [:]][CubeLevel.day.key(cell), default: 0] += change
    let month = CountMonth(day: day).number
    for level in CubeLevel.ofMonths {
      changes[Page(level: level, number: month), default: [:]][level.key(cell), default: 0] += change
    }
  }

  /// Reads the rows that are touched and adds the changes.
  /// - Throws: ``IncidentCube/Astray``.
  mutating func merge(district: String, on connection: any Connection) throws {
    for (page, change) in changes where change.contains(where: { $0.value != 0 }) {
      let stored = try connection.first(Self.select(page, district)) { $0.blob(0) }
      guard let cells = try CubeCells(stored ?? []).adding(change) else { throw IncidentCube.Astray() }
      merged[page] = cells
    }
    changes = [:]
  }

  private static func select(_ page: Page, _ district: String) -> Statement {
    page.level == .day
      ? "SELECT cells FROM incident_days WHERE district = \(district) AND day = \(page.number)"
      : """
        SELECT cells FROM incident_months
        WHERE district = \(district) AND level = \(page.level.rawValue) AND month = \(page.number)
        """
  }

  func write(district: String, on connection: any Connection) throws {
    for (page, cells) in merged {
      let bytes = cells.bytes
      try connection.run(
        page.level == .day
          ? """
            INSERT INTO incident_days (district, day, cells) VALUES (\(district), \(page.number), \(bytes))
            ON CONFLICT (district, day) DO UPDATE SET cells = excluded.cells
            """
          : """
            INSERT INTO incident_months (district, level, month, cells)
            VALUES (\(district), \(page.level.rawValue), \(page.number), \(bytes))
            ON CONFLICT (district, level, month) DO UPDATE SET cells = excluded.cells
            """)
    }
    try spots.writeNew(district: district, on: connection)
    for number in knownKinds..<kinds.count {
      try connection.run(
        """
        INSERT INTO incident_kinds (district, number, kind) VALUES (\(district), \(number), \(kinds[number]))
        """)
    }
  }
}
