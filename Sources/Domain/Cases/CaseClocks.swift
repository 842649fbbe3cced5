/// Deadlines as the pack sets them, reckoned into instants when a clock starts.
struct CaseClocks {
  let pack: CityPack

  /// - Parameters:
  ///   - kind: a kind of the pack, or nil while nobody has judged the case.
  ///   - at: now. A deadline set or changed now never lies in the past: nobody can be late for what was not yet asked.
  ///   - pauses: the spans since `start` in which the clock stood still.
  /// - Returns: nil where the pack sets no deadline.
  func due(_ step: DeadlineStep, kind: String?, severity: Severity, from start: Instant,
           pauses: [CaseState.Pause] = [], at: Instant) -> Due?
  {
    guard let allowance = pack.deadlines.allowance(step, kind: kind ?? "*", severity: severity),
      let reckoned = allowance.due(from: start, pauses: pauses.map { ($0.from, $0.to) }, calendar: pack.calendar)
    else { return nil }
    let end = max(reckoned, at)
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
      let left = due.clock.time(from: paused, to: due.at, calendar: pack.calendar)
      let end = due.clock.add(left, to: at, calendar: pack.calendar)
      // A rung that was climbed before the pause stays where it was.
      let rungs = zip(due.rungs, rungs(after: end, notBefore: at)).map { old, new in old > paused ? new : old }
      return Due(step: due.step, from: due.from, at: end, clock: due.clock, rungs: rungs)
    }
  }
}
