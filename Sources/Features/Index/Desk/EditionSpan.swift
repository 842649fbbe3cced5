import Domain

/// Spans that editions are usually about: whole months of the calendar. Raw values are public names.
public enum EditionSpan: String, Sendable, Hashable, CaseIterable {
  case halfYear = "half-year"
  case quarter, month

  private var months: Int {
    switch self {
    case .halfYear: 6
    case .quarter: 3
    case .month: 1
    }
  }

  /// The last one that is over.
  /// - Parameter today: in the city's time.
  public func days(before today: CivilDate) -> ClosedRange<CivilDate> {
    let end = CountMonth(day: today.dayNumber).number / months * months
    return CountMonth(end - months).first...CountMonth(end).first.adding(days: -1)
  }
}
