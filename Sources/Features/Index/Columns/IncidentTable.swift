import Domain

/// Reports as columns, for what needs single events: a row is one report, ordered by time and then by the report's
/// reference. Nothing in it tells of a person: no words, no reporter, no flat, no case.
///
/// All columns are of one length. Codes are numbers into their lists, of which the first, the empty code, stands for
/// what is not known.
public struct IncidentTable: Sendable {
  /// When it was said: seconds since 1970-01-01T00:00:00Z.
  public internal(set) var seconds: [Int64] = []
  /// The day in the city: days since 1970-01-01; see ``Domain/CivilDate``.
  public internal(set) var day: [Int32] = []
  /// The hour of that day, 0 ..< 24.
  public internal(set) var hour: [UInt8] = []
  /// Metres east and north of the origin of the pack's grid, in its equal-area projection: of the block that the report
  /// was rounded to, or else the middle of its place; not a number where neither is known.
  public internal(set) var east: [Float] = []
  public internal(set) var north: [Float] = []
  /// As judged, or else as it was named.
  public internal(set) var kind: [UInt16] = []
  public internal(set) var place: [UInt32] = []
  public internal(set) var division: [UInt16] = []
  public internal(set) var door: [UInt8] = []
  /// The first report of its case: those rows alone count cases instead of reports.
  public internal(set) var isFirst: [Bool] = []

  public internal(set) var kinds = IncidentCodes()
  /// Codes of the pack's places.
  public internal(set) var places = IncidentCodes()
  public internal(set) var divisions = IncidentCodes()
  public internal(set) var doors = IncidentCodes()

  public var count: Int { seconds.count }

  public init() {}

  public mutating func reserveCapacity(_ count: Int) {
    seconds.reserveCapacity(count)
    day.reserveCapacity(count)
    hour.reserveCapacity(count)
    east.reserveCapacity(count)
    north.reserveCapacity(count)
    kind.reserveCapacity(count)
    place.reserveCapacity(count)
    division.reserveCapacity(count)
    door.reserveCapacity(count)
    isFirst.reserveCapacity(count)
  }

  /// Puts a row behind the last.
  mutating func append(_ incident: Incident, _ frame: IncidentFrame) {
    let (date, hour) = frame.local(incident.at)
    let (east, north) = frame.metres(incident)
    seconds.append(incident.at.milliseconds / 1_000)
    day.append(Int32(date))
    self.hour.append(UInt8(hour))
    self.east.append(Float(east))
    self.north.append(Float(north))
    kind.append(UInt16(kinds.number(incident.kind)))
    place.append(UInt32(places.number(incident.place)))
    division.append(UInt16(divisions.number(incident.division)))
    door.append(UInt8(doors.number(incident.door)))
    isFirst.append(incident.isFirst)
  }
}
