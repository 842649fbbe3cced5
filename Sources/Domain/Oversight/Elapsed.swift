/// The two clocks of a case, for display: one runs in its phase, the other from the first report to closure without a
/// break, whatever pauses the deadlines had.
public struct Elapsed: Sendable, Hashable {
  public struct Time: Sendable, Hashable {
    public let wall: Span
    /// What of it was working time by the city's calendar.
    public let business: Span

    public init(from start: Instant, to end: Instant, calendar: BusinessCalendar) {
      wall = end - start
      business = calendar.workingTime(from: start, to: end)
    }
  }

  public let inPhase: Time
  /// Ends with the closure, or when the case became part of another; a reopened one runs on from its first report.
  public let whole: Time

  /// - Parameter at: now; not before the last event.
  public init(_ state: CaseState, at: Instant, calendar: BusinessCalendar) {
    inPhase = Time(from: state.phaseSince, to: at, calendar: calendar)
    whole = Time(from: state.firstReportAt, to: state.phase.isEnded ? state.phaseSince : at, calendar: calendar)
  }
}
