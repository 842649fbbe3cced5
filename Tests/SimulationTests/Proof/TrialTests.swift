import Foundation
import Simulation
import Testing

@Suite struct TrialTests {
  /// `HEADWATER_SEEDS` runs more; a failing seed is printed with what it found.
  @Test func everythingHoldsWhateverGoesWrong() async throws {
    let seeds = ProcessInfo.processInfo.environment["HEADWATER_SEEDS"].flatMap(UInt64.init) ?? 12
    let trial = try Trials.trial()
    for seed in 1...seeds {
      let outcome = await trial.run(Trial.plan(seed: seed))
      #expect(outcome.violations.isEmpty, "seed \(seed): \(outcome.violations.prefix(5))")
      #expect(outcome.tally.acknowledged > 0)
    }
  }
}
