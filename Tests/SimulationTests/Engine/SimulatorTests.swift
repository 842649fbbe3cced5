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

  @Test func manyReportsComeFromStreetsAndFindTheirAgency() async throws {
    let trial = try Trials.trial()
    let seen = Seen()
    _ = await trial.run(Trial.plan(seed: 5, days: 20, faults: nil)) { site in
      seen.reports = try await site.database.read { connection in
        try connection.all(
          """
          SELECT CASE WHEN r.place_key LIKE 'cell:%' THEN 1 ELSE 0 END, CASE WHEN c.agency IS NULL THEN 1 ELSE 0 END
          FROM case_reports r JOIN cases c ON c.district = r.district AND c.id = r.case_id
          """
        ) { (isInStreet: $0.int(0) == 1, isUnassigned: $0.int(1) == 1) }
      }
    }
    let streets = seen.reports.filter(\.isInStreet)
    #expect((0.35...0.65).contains(Double(streets.count) / Double(seen.reports.count)))
    // A few have only just come in, or are with the coordinator.
    #expect(streets.count { $0.isUnassigned } < streets.count / 10)
  }

  private final class Seen {
    var kinds: Set<String> = []
    var reports: [(isInStreet: Bool, isUnassigned: Bool)] = []
  }
}
