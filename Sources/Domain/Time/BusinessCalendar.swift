/// When offices work: the usual hours of a week, holidays, and workdays shifted onto a weekend.
public struct BusinessCalendar: Sendable, Hashable {
  /// Minutes of a day, `start ..< end`, in order and disjoint.
  public typealias Hours = [Range<Int>]

  public let zone: CityZone
  /// By weekday, 1 Monday … 7 Sunday; a missing one is a day of rest.
  public let week: [Int: Hours]
  /// Days that differ from their weekday: a holiday is an empty list, a shifted workday has hours.
  public let exceptions: [CivilDate: Hours]

  public init(zone: CityZone, week: [Int: Hours], exceptions: [CivilDate: Hours]) {
    self.zone = zone
    self.week = week
    self.exceptions = exceptions
  }

  public func hours(on date: CivilDate) -> Hours { exceptions[date] ?? week[date.weekday] ?? [] }
  public func isWorkday(_ date: CivilDate) -> Bool { !hours(on: date).isEmpty }
}
