/// The spans that a trend goes by. Raw values stand in addresses.
public enum TrendUnit: String, Sendable, Hashable, CaseIterable {
  /// Monday to Sunday.
  case week
  case month

  /// The first days of the last `count` weeks or months, the one of `today` among them, the oldest first; and at the
  /// end the first day of the one to come.
  public func starts(_ count: Int, until today: CivilDate) -> [CivilDate] {
    var starts = [next(start(of: today)), start(of: today)]
    for _ in 1..<max(count, 1) { starts.append(start(of: starts[starts.count - 1].adding(days: -1))) }
    return starts.reversed()
  }

  private func start(of date: CivilDate) -> CivilDate {
    switch self {
    case .week: date.adding(days: 1 - date.weekday)
    case .month: date.adding(days: 1 - date.parts.day)
    }
  }

  private func next(_ start: CivilDate) -> CivilDate {
    switch self {
    case .week: start.adding(days: 7)
    // No month is longer than 31 days, none shorter than 28.
    case .month: self.start(of: start.adding(days: 31))
    }
  }
}
