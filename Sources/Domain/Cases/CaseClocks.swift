/// Deadlines as the pack sets them, reckoned into instants when a clock starts.
struct CaseClocks {
  let pack: CityPack

  /// - Parameters:
  ///   - kind: a kind of the pack, or nil while nobody has judged the case.
  ///   - at: now. A deadline set or changed now never lies in the past: nobody can be late for what was not yet asked.
  /// - Returns: nil where the pack sets no deadline.
  func due(_ step: DeadlineStep, kind: String?, severity: Severity, from start: Instant, at: Instant) -> Due? {
    guard let allowance = pack.deadlines.allowance(step, kind: kind ?? "*", severity: severity) else { return nil }
    let end = max(allowance.due(from: start, calendar: pack.calendar), at)
    return Due(step: step, from: start, at: end, clock: allowance.clock, rungs: rungs(after: end, notBefore: at))
  }

  private func rungs(after end: Instant, notBefore at: Instant) -> [Instant] {
    pack.deadlines.ladder.map { rung in
      max(rung.after.due(from: end, calendar: pack.calendar), at)
    }
  }

  /// The deadlines that were running when the clocks were stopped at `paused`, moved on by what was left of them.
  func moved(_ dues: [Due], pausedAt paused: Instant, resumedAt at: Instant) -> [Due] {
    dues.filter { $0.at > paused }.map { due in
      Due(step: due.step, from: due.from, at: moved(due.at, clock: due.clock, paused, at), clock: due.clock,
          rungs: due.rungs.map { $0 > paused ? moved($0, clock: due.clock, paused, at) : $0 })
    }
  }

  private func moved(_ instant: Instant, clock: Allowance.Clock, _ paused: Instant, _ resumed: Instant) -> Instant {
    let left = clock.time(from: paused, to: instant, calendar: pack.calendar)
    // A rung reckoned on the other clock must not end up before the clocks went on again.
    return max(clock.add(left, to: resumed, calendar: pack.calendar), resumed)
  }
}
