extension IncidentTable {
  /// A report that comes from elsewhere than the views, such as a file of past calls.
  package struct Given: Sendable, Hashable {
    package var seconds: Int64 = 0
    package var day: Int32 = 0
    package var hour: UInt8 = 0
    package var east: Float = .nan
    package var north: Float = .nan
    package var kind = ""
    package var place = ""
    package var division = ""
    package var door = ""
    package var isFirst = true

    package init() {}
  }

  /// Puts a row behind the last.
  package mutating func append(_ row: Given) {
    seconds.append(row.seconds)
    day.append(row.day)
    hour.append(row.hour)
    east.append(row.east)
    north.append(row.north)
    kind.append(UInt16(kinds.number(row.kind)))
    place.append(UInt32(places.number(row.place)))
    division.append(UInt16(divisions.number(row.division)))
    door.append(UInt8(doors.number(row.door)))
    isFirst.append(row.isFirst)
  }
}
