/// A month of the city's calendar, which a bulletin is about; its number in the year is the bulletin's.
public struct BulletinPeriod: Sendable, Hashable, Comparable {
  public let year: Int
  /// 1 … 12.
  public let month: Int

  public init(of date: CivilDate) { (year, month) = (date.parts.year, date.parts.month) }

  /// From `YYYY-MM`; nil for anything else.
  public init?(_ text: String) {
    guard let date = CivilDate(text + "-01") else { return nil }
    self.init(of: date)
  }

  /// `YYYY-MM`.
  public var text: String { String(first.text.prefix(7)) }
  public var first: CivilDate { TrendUnit.month.starts(1, until: day)[0] }
  public var last: CivilDate { TrendUnit.month.starts(1, until: day)[1].adding(days: -1) }
  public var previous: BulletinPeriod { BulletinPeriod(of: first.adding(days: -1)) }

  public static func < (one: Self, other: Self) -> Bool { (one.year, one.month) < (other.year, other.month) }

  private var day: CivilDate { CivilDate(year: year, month: month, day: 1) ?? CivilDate(dayNumber: 0) }
}
