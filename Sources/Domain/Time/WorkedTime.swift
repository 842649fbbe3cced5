/// Cumulative working milliseconds by day: a table over the years that have exceptions, weeks of the usual pattern
/// before and after, and a correction for every day on which the clocks change inside working hours.
struct WorkedTime: Sendable, Hashable {
  /// Working time of a usual week.
  let weekMilliseconds: Int64
  /// Of the usual days of a week before each weekday (index 0 before Monday … 7 the whole week).
  private let weekBefore: [Int64]
  /// First day of the table.
  private let firstDay: Int
  /// `table[n]`: worked from `firstDay` until the start of day `firstDay + n`; one longer than the days covered.
  private let table: [Int64]
  /// Day of a clock change in working hours, and the sum of corrections up to and with that day.
  private let corrections: [Correction]

  private struct Correction: Sendable, Hashable {
    let day: Int
    let sum: Int64
  }

  init(zone: CityZone, week: [Int: BusinessCalendar.Hours], exceptions: [CivilDate: BusinessCalendar.Hours]) {
    let daily = (1...7).map { Self.nominal(week[$0] ?? []) }
    weekBefore = daily.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    weekMilliseconds = weekBefore[7]
    let days = exceptions.keys.map(\.dayNumber)
    let first = days.min() ?? 0
    let last = days.max() ?? -1
    func hours(_ day: Int) -> BusinessCalendar.Hours {
      let date = CivilDate(dayNumber: day)
      return exceptions[date] ?? week[date.weekday] ?? []
    }
    firstDay = first
    table = (first..<max(first, last + 1)).reduce(into: [0]) { $0.append(($0.last ?? 0) + Self.nominal(hours($1))) }
    corrections = Self.corrections(zone: zone, hours: hours)
  }

  /// Working milliseconds before the start of a day, from the start of the table; negative before it.
  func before(_ day: Int) -> Int64 {
    let index = day - firstDay
    let nominal: Int64
    if index < 0 {
      nominal = usual(until: day) - usual(until: firstDay)
    } else if index < table.count {
      nominal = table[index]
    } else {
      let end = firstDay + table.count - 1
      nominal = table[table.count - 1] + usual(until: day) - usual(until: end)
    }
    return nominal + correction(before: day)
  }

  /// The day in whose working hours the target lies: forwards the first by whose end it is reached, backwards the
  /// last at whose start it is not yet passed.
  func day(of target: Int64, forwards: Bool) -> Int {
    var (low, high) = bounds(of: target)
    // Forwards: the first day with target <= before(day + 1). Backwards: the last with target >= before(day).
    while low < high {
      let middle = forwards ? low + (high - low) / 2 : low + (high - low + 1) / 2
      if forwards {
        if target <= before(middle + 1) { high = middle } else { low = middle + 1 }
      } else {
        if target >= before(middle) { low = middle } else { high = middle - 1 }
      }
    }
    return low
  }

  /// Whether a calendar with an empty week comes to this target at all, by its exceptions.
  func isReached(_ target: Int64, from day: Int, forwards: Bool) -> Bool {
    let end = firstDay + table.count
    return forwards ? target <= before(max(day, end) + 1) : target >= before(min(day, firstDay) - 1)
  }

  /// Days surely before and after the target: widened in steps that double.
  private func bounds(of target: Int64) -> (Int, Int) {
    var step = 8
    var low = firstDay - step
    var high = firstDay + table.count + step
    let reach = 1 << 24
    while before(low) >= target, step < reach { (low, step) = (low - step, step * 2) }
    step = 8
    while before(high) <= target, step < reach { (high, step) = (high + step, step * 2) }
    return (low, high)
  }

  private func usual(until day: Int) -> Int64 {
    // Day number -3 was a Monday.
    let shifted = day + 3
    let weekday = shifted.floorMod(7)
    return Int64((shifted - weekday) / 7) * weekMilliseconds + weekBefore[weekday]
  }

  private func correction(before day: Int) -> Int64 {
    var low = 0
    var high = corrections.count
    while low < high {
      let middle = (low + high) / 2
      if corrections[middle].day < day { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : corrections[low - 1].sum
  }

  private static func nominal(_ hours: BusinessCalendar.Hours) -> Int64 {
    hours.reduce(0) { $0 + Int64($1.count) * 60_000 }
  }

  private static func corrections(zone: CityZone, hours: (Int) -> BusinessCalendar.Hours) -> [Correction] {
    // A change touches the day it is shown on, and the day before when hours run past midnight.
    let days = Set(zone.changes.flatMap { change in
      let day = zone.local(change.at).date.dayNumber
      return [day - 1, day, day + 1]
    })
    var sum: Int64 = 0
    return days.sorted().compactMap { day in
      let date = CivilDate(dayNumber: day)
      let real = hours(day).reduce(Int64(0)) { total, period in
        let start = zone.instant(date, minute: period.lowerBound)
        return total + max(0, (zone.instant(date, minute: period.upperBound) - start).milliseconds)
      }
      let difference = real - nominal(hours(day))
      guard difference != 0 else { return nil }
      sum += difference
      return Correction(day: day, sum: sum)
    }
  }
}
