import Foundation
import Simulation
import Testing

@Suite struct TrialTests {
  /// `HEADWATER_SEEDS` runs more or fewer; a failing seed is named with what was found.
  @Test func everythingHoldsWhateverGoesWrong() async throws {
    let seeds = ProcessInfo.processInfo.environment["HEADWATER_SEEDS"].flatMap(UInt64.init) ?? 40
    let plans = (1...seeds).map { Trial.plan(seed: $0) }
    let found = await Proof(trial: try Trials.trial(), plans: plans).run()
    #expect(found.failure == nil, "seed \(found.failure?.plan.seed ?? 0): \(found.failure?.violations.prefix(5) ?? [])")
    #expect(found.seeds == plans.count)
    #expect(found.faults > found.seeds)
  }
}
