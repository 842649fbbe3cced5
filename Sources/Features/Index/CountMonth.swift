import Domain

/// A month of the city's calendar, the unit in which counts are kept: year × 12 + month − 1, 24,312 is January 2026.
struct CountMonth: Sendable, Hashable, Comparable {
  let number: Int

  static let daysMax = 31

  init(_ number: Int) { self.number = number }

  init(year: Int, month: Int) { number = year * 12 + month - 1 }

  init(day: Int) {
    let (year, month, _) = CivilDate(dayNumber: day).parts
    self.init(year: year, month: month)
  }

  /// The month that the clocks of a city show at an instant.
  init(_ at: Instant, _ zone: CityZone) { self.init(day: zone.local(at).date.dayNumber) }

  var first: CivilDate {
    CivilDate(year: number / 12, month: number % 12 + 1, day: 1) ?? CivilDate(dayNumber: 0)
  }

  var next: CountMonth { CountMonth(number + 1) }

  /// Its days since 1970-01-01.
  var days: Range<Int> { first.dayNumber..<next.first.dayNumber }

  static func < (one: CountMonth, other: CountMonth) -> Bool { one.number < other.number }
}
