extension Roster {
  /// A stretch of time in which something is missing.
  public struct Hole: Sendable, Hashable {
    public let gap: Gap
    public let from: Instant
    public let to: Instant
  }

  /// What is missing between two instants, by kind of gap, then time; touching stretches are one.
  public func holes(from: Instant, to: Instant) -> [Hole] {
    let edges = edges(from: from, to: to)
    var open: [Gap: Instant] = [:]
    var holes: [Hole] = []
    for edge in edges {
      let gaps = edge < to ? Set(duty(at: edge).gaps) : []
      for (gap, start) in open where !gaps.contains(gap) {
        holes.append(Hole(gap: gap, from: start, to: edge))
        open[gap] = nil
      }
      for gap in gaps where open[gap] == nil { open[gap] = edge }
    }
    return holes.sorted { ($0.gap.rawValue, $0.from) < ($1.gap.rawValue, $1.from) }
  }

  /// The instants at which the duty may change, with both ends.
  private func edges(from: Instant, to: Instant) -> [Instant] {
    guard from < to else { return [] }
    let first = zone.local(from).date.dayNumber - 2
    let last = zone.local(to).date.dayNumber + 1
    let shifts = (first...last).flatMap { day in
      plan.shifts.flatMap { [$0.lowerBound, $0.upperBound] }.map { zone.instant(CivilDate(dayNumber: day), minute: $0) }
    }
    // Where the clocks are set back an hour is shown twice, and may begin in another shift than it ended.
    let agreed = overrides.flatMap(\.edges) + zone.changes.map(\.at)
    return Set((shifts + agreed).filter { from < $0 && $0 < to } + [from, to]).sorted()
  }
}

extension Roster.Override {
  fileprivate var edges: [Instant] {
    switch self {
    case .absence(_, let from, let to), .vehicleOut(_, let from, let to): [from, to]
    case .swap: []
    }
  }
}
