/// When offices work: the usual hours of a week, holidays, and workdays shifted onto a weekend.
///
/// The exceptions cover the years they are known for (`coverage`); before and after, the usual week goes on without
/// holidays. Working time is reckoned in real milliseconds: where the clocks change inside working hours, the hour
/// skipped is not counted and the hour repeated counts twice.
public struct BusinessCalendar: Sendable, Hashable {
  /// Minutes of a day, `start ..< end`, in order and disjoint.
  public typealias Hours = [Range<Int>]

  public let zone: CityZone
  /// By weekday, 1 Monday … 7 Sunday; a missing one is a day of rest.
  public let week: [Int: Hours]
  /// Days that differ from their weekday: a holiday is an empty list, a shifted workday has hours.
  public let exceptions: [CivilDate: Hours]
  private let worked: WorkedTime

  public init(zone: CityZone, week: [Int: Hours], exceptions: [CivilDate: Hours]) {
    self.zone = zone
    self.week = week
    self.exceptions = exceptions
    worked = WorkedTime(zone: zone, week: week, exceptions: exceptions)
  }

  /// The whole years that have exceptions; nil when there are none.
  public var coverage: ClosedRange<CivilDate>? {
    guard let first = exceptions.keys.min()?.parts.year, let last = exceptions.keys.max()?.parts.year,
      let start = CivilDate(year: first, month: 1, day: 1), let end = CivilDate(year: last, month: 12, day: 31)
    else { return nil }
    return start...end
  }

  public func hours(on date: CivilDate) -> Hours { exceptions[date] ?? week[date.weekday] ?? [] }
  public func isWorkday(_ date: CivilDate) -> Bool { !hours(on: date).isEmpty }

  /// Whether offices work at this moment; false at the very end of a working period.
  public func isOpen(at instant: Instant) -> Bool {
    let (date, minute) = zone.local(instant)
    return hours(on: date).contains { $0.contains(minute) }
  }

  /// Working time between two instants; negative when `end` is the earlier.
  public func workingTime(from start: Instant, to end: Instant) -> Span {
    Span(milliseconds: position(of: end) - position(of: start))
  }

  /// Whole working minutes between two instants, rounded towards zero; negative when `end` is the earlier.
  public func minutes(from start: Instant, to end: Instant) -> Int {
    Int(workingTime(from: start, to: end).milliseconds / 60_000)
  }

  /// The first instant by which so much working time has passed since `start`; for a negative length the last
  /// instant from which it passes until `start`. Adding nothing changes nothing. The inverse of `workingTime`.
  /// A calendar that never works reckons as if it always did.
  public func add(_ length: Span, from start: Instant) -> Instant {
    guard length != .zero else { return start }
    let target = position(of: start) + length.milliseconds
    let day = zone.local(start).date.dayNumber
    guard worked.weekMilliseconds > 0 || worked.isReached(target, from: day, forwards: length > .zero) else {
      return start + length
    }
    return instant(at: target, day: worked.day(of: target, forwards: length > .zero), forwards: length > .zero)
  }

  /// The same with whole minutes.
  public func add(minutes: Int, from start: Instant) -> Instant { add(.minutes(minutes), from: start) }

  /// Working milliseconds passed up to this instant, counted from an origin of the calendar's own.
  private func position(of instant: Instant) -> Int64 {
    let date = zone.local(instant).date
    return hours(on: date).reduce(worked.before(date.dayNumber)) { sum, period in
      let start = zone.instant(date, minute: period.lowerBound)
      let end = zone.instant(date, minute: period.upperBound)
      return sum + max(0, min(instant, end).milliseconds - start.milliseconds)
    }
  }

  private func instant(at target: Int64, day: Int, forwards: Bool) -> Instant {
    let date = CivilDate(dayNumber: day)
    var passed = worked.before(day)
    for period in hours(on: date) {
      let start = zone.instant(date, minute: period.lowerBound)
      let length = (zone.instant(date, minute: period.upperBound) - start).milliseconds
      let isHere = forwards ? target <= passed + length : target < passed + length
      if isHere { return start + Span(milliseconds: target - passed) }
      passed += max(0, length)
    }
    preconditionFailure("the day found by bisection holds the target")
  }
}
