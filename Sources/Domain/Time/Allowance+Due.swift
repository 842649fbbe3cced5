extension Allowance {
  /// When this is due, counted from an instant. The minutes may be negative (a reminder before a deadline).
  public func due(from start: Instant, calendar: BusinessCalendar) -> Instant {
    clock.add(.minutes(minutes), to: start, calendar: calendar)
  }

  /// When this is due although the clock was paused: each pause moves the due instant by what it took of this clock.
  /// - Parameter pauses: spans `start, end`, in any order; they may overlap; an end of nil is a pause that still
  ///   stands. A pause that begins at or after the due instant changes nothing.
  /// - Returns: nil while a pause stands that began before the allowance was used up: nothing falls due then.
  public func due(from start: Instant, pauses: [(Instant, Instant?)], calendar: BusinessCalendar) -> Instant? {
    var due = due(from: start, calendar: calendar)
    var counted = start
    for (begin, end) in pauses.sorted(by: { $0.0 < $1.0 }) where begin < due {
      guard let end else { return nil }
      let from = max(begin, counted)
      guard end > from else { continue }
      due = clock.add(clock.time(from: from, to: end, calendar: calendar), to: due, calendar: calendar)
      counted = end
    }
    return due
  }
}

extension Allowance.Clock {
  /// How much this clock runs between two instants.
  public func time(from start: Instant, to end: Instant, calendar: BusinessCalendar) -> Span {
    switch self {
    case .always: end - start
    case .business: calendar.workingTime(from: start, to: end)
    }
  }

  public func add(_ length: Span, to start: Instant, calendar: BusinessCalendar) -> Instant {
    switch self {
    case .always: start + length
    case .business: calendar.add(length, from: start)
    }
  }
}
