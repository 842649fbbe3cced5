import Domain

/// Which days an edition is about, which it is compared with, and where.
public struct EditionQuery: Sendable, Hashable {
  public enum Comparison: String, Sendable, Hashable, Codable, CaseIterable {
    case lastYear = "last-year"
    case periodBefore = "period-before"
  }

  public struct Period: Sendable, Hashable, Codable {
    public let from: String
    /// The last day, included.
    public let to: String
    public let days: Int

    init(_ days: ClosedRange<CivilDate>) {
      from = days.lowerBound.text
      to = days.upperBound.text
      self.days = days.upperBound.dayNumber - days.lowerBound.dayNumber + 1
    }
  }

  public let days: ClosedRange<CivilDate>
  public let before: ClosedRange<CivilDate>
  public let comparison: Comparison
  /// A division's code; nil for the whole district.
  public let division: String?

  /// - Parameter to: included.
  /// - Returns: nil where the days are not in order, or the two periods would share days.
  public init?(from: CivilDate, to: CivilDate, comparison: Comparison = .lastYear, division: String? = nil) {
    guard from <= to else { return nil }
    days = from...to
    switch comparison {
    case .lastYear: before = Self.yearBefore(from)...Self.yearBefore(to)
    case .periodBefore: before = from.adding(days: from.dayNumber - to.dayNumber - 1)...from.adding(days: -1)
    }
    guard before.upperBound < from else { return nil }
    self.comparison = comparison
    self.division = division
  }

  /// The same day a year earlier; the 28th for the 29th of February.
  private static func yearBefore(_ day: CivilDate) -> CivilDate {
    let (year, month, number) = day.parts
    return CivilDate(year: year - 1, month: month, day: number)
      ?? CivilDate(year: year - 1, month: month, day: number - 1) ?? day.adding(days: -365)
  }
}
