import Domain
import Features
import Simulation
import SQL
import Testing

@Suite struct SimulatorTests {
  @Test(arguments: [nil, FaultPlan()]) func theSameSeedWritesTheSameJournal(faults: FaultPlan?) async throws {
    let trial = try Trials.trial()
    let one = await trial.run(Trial.plan(seed: 11, faults: faults))
    let two = await trial.run(Trial.plan(seed: 11, faults: faults))
    let other = await trial.run(Trial.plan(seed: 12, faults: faults))
    #expect(one.holds && two.holds && other.holds)
    #expect(one.events > 50)
    #expect(one.digest == two.digest)
    #expect(one.tally == two.tally)
    #expect(one.digest != other.digest)
  }

  @Test func somethingGoesWrongInARunWithFaults() async throws {
    let outcome = try await Trials.trial().run(Trial.plan(seed: 2, days: 6))
    #expect(outcome.tally.crashes > 0)
    #expect(outcome.tally.faults > outcome.tally.crashes)
    #expect(outcome.tally.acknowledged == outcome.tally.reports)
  }

  /// A history is only worth showing if everything that can happen does.
  @Test func everyStepHappensInSomeRun() async throws {
    let trial = try Trials.trial()
    let seen = Seen()
    for seed in 1...4 as ClosedRange<UInt64> {
      _ = await trial.run(Trial.plan(seed: seed, days: 16, faults: nil)) { site in
        let kinds = try await site.database.read { connection in
          try connection.all("SELECT DISTINCT kind FROM journal WHERE stream LIKE 'case-%'") { $0.text(0) }
        }
        seen.kinds.formUnion(kinds)
      }
    }
    #expect(Step.allCases.map(\.rawValue).filter { !seen.kinds.contains($0) } == [])
  }

  private final class Seen { var kinds: Set<String> = [] }
}
