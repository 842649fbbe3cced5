/// Many trials, as many at once as the machine has cores for; each of them has one thread of control of its own.
public struct Proof: Sendable {
  public struct Result: Sendable {
    public internal(set) var seeds = 0
    public internal(set) var reports = 0
    public internal(set) var events = 0
    public internal(set) var faults = 0
    /// Of the last trial.
    public internal(set) var digest: UInt64?
    /// The failing trial with the lowest seed of those that were run; the rest is not begun once one has failed.
    public internal(set) var failure: Trial.Outcome?
  }

  private let trial: Trial
  private let plans: [SimulationPlan]
  private let width: Int

  public init(trial: Trial, plans: [SimulationPlan], width: Int = 2) {
    self.trial = trial
    self.plans = plans
    self.width = width
  }

  /// - Parameter progress: called with the numbers of trials and of reports that are done.
  public func run(progress: (Int, Int) -> Void = { _, _ in }) async -> Result {
    await withTaskGroup(of: Trial.Outcome.self) { group in
      var result = Result()
      var rest = plans.makeIterator()
      for _ in 0..<width { if let plan = rest.next() { group.addTask { [trial] in await trial.run(plan) } } }
      while let outcome = await group.next() {
        result.add(outcome)
        progress(result.seeds, result.reports)
        if result.failure == nil, let plan = rest.next() { group.addTask { [trial] in await trial.run(plan) } }
      }
      return result
    }
  }
}

extension Proof.Result {
  fileprivate mutating func add(_ outcome: Trial.Outcome) {
    seeds += 1
    reports += outcome.tally.acknowledged
    events += outcome.events
    faults += outcome.tally.faults + outcome.tally.crashes
    digest = outcome.digest
    if !outcome.holds, outcome.plan.seed < failure?.plan.seed ?? .max { failure = outcome }
  }
}
