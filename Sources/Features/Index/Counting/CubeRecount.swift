import Domain
import Journal
import SQL
import Synchronization

/// The cube reckoned again from the journal, up to where it had been folded: what `verify` compares it with.
final class CubeRecount: Sendable {
  private let position: Position
  private let zone: CityZone
  private let stored: [Page: [UInt8]]
  private let counted: Mutex<Counted>

  /// A day since 1970-01-01, or a month, of a table of the cube.
  struct Page: Sendable, Hashable {
    let level: CubeLevel
    let number: Int

    var name: String {
      let day = level == .day ? CivilDate(dayNumber: number).text : CountMonth(number).first.text
      return level == .day ? day : String(day.prefix(7))
    }
  }

  private struct Counted {
    var spots: CubeSpots
    var kinds: IncidentCodes
    /// By day, a key for each report.
    var days: [Int: [UInt64]] = [:]
  }

  /// Keeps the cube as it is now; nil where there is none yet.
  init?(_ site: Installation, on connection: any Connection) throws {
    guard let position = try IncidentCube(site).position(on: connection) else { return nil }
    self.position = position
    zone = site.pack.calendar.zone
    var stored: [Page: [UInt8]] = [:]
    try connection.forEach("SELECT day, cells FROM incident_days WHERE district = \(site.district)") { row in
      stored[Page(level: .day, number: row.int(0))] = row.blob(1)
    }
    try connection.forEach("SELECT level, month, cells FROM incident_months WHERE district = \(site.district)") { row in
      guard let level = CubeLevel(rawValue: row.text(0)) else { return }
      stored[Page(level: level, number: row.int(1))] = row.blob(2)
    }
    self.stored = stored
    counted = Mutex(Counted(spots: try CubeSpots(district: site.district, on: connection),
                            kinds: try CubeSpots.kinds(district: site.district, on: connection)))
  }

  /// Counts a stream, all of whose events are given. May be called from several threads.
  func add(_ events: [RecordedEvent]) {
    for incident in IncidentChanges.incidents(of: events, through: position) {
      let (date, minute) = zone.local(incident.at)
      counted.withLock { counted in
        let cell = CubeLevel.Cell(
          spot: counted.spots.number(place: incident.place, division: incident.division),
          kind: counted.kinds.number(incident.kind), weekday: date.weekday - 1, hour: minute / 60)
        counted.days[date.dayNumber, default: []].append(CubeLevel.day.key(cell))
      }
    }
  }

  /// The pages that differ from what was counted, in order.
  func differing() -> [Page] {
    let days = counted.withLock { $0.days }
    var missing = Set(stored.keys)
    var differing: [Page] = []
    func compare(_ page: Page, _ cells: CubeCells) {
      if stored[page] != cells.bytes { differing.append(page) }
      missing.remove(page)
    }
    // A month at a time, so that no more than its cells are held.
    for (month, days) in Dictionary(grouping: days, by: { CountMonth(day: $0.key).number }) {
      var ofMonth: [CubeLevel: [UInt64]] = [:]
      for (day, keys) in days {
        compare(Page(level: .day, number: day), CubeCells(each: keys))
        let weekday = CivilDate(dayNumber: day).weekday - 1
        let cells = keys.map { CubeLevel.day.cell($0, weekday: weekday) }
        for level in CubeLevel.ofMonths { ofMonth[level, default: []] += cells.map(level.key) }
      }
      for (level, keys) in ofMonth { compare(Page(level: level, number: month), CubeCells(each: keys)) }
    }
    // What came to nothing again may stand as a page without a cell.
    differing += missing.filter { stored[$0] != [] }
    return differing.sorted { ($0.level.rawValue, $0.number) < ($1.level.rawValue, $1.number) }
  }
}
