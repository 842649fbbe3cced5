import Domain
import Features
import SQL
import Testing

/// Decisions about suggested scenarios, on both engines.
@Suite struct ScenarioTests {
  private static let supervisor = TestSite.actor(.supervisor)

  @Test(arguments: Engine.allCases)
  func whatIsDecidedStandsBesideTheEdition(engine: Engine) async throws {
    try await withSite(engine) { test in
      let first = try await EveningNoise.edition(of: test.site)
      let scenario = try EveningNoise.scenario(of: first)
      let (decide, list) = (DecideScenario(test.site), ListScenarios(test.site))
      #expect(try await list(nil) == [])
      try await decide(.init(.refused, edition: 1, reason: "not-so"), scenario: scenario.id, by: Self.supervisor)
      #expect(try await list(.refused).map(\.scenario) == [scenario])
      // Another month's edition suggests the same; what was decided is known there, and decided anew.
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      let second = try await EveningNoise.made(of: test.site)
      #expect(second.number == 2)
      #expect(try EveningNoise.scenario(of: second) == scenario)
      test.clock.advance(.hours(1))
      let coordinator = TestSite.actor(.coordinator, division: SmallCity.east)
      let accept = DecideScenario.Request(.accepted, edition: 2, reason: "seen-on-site", words: EveningNoise.words)
      #expect(try await decide(accept, scenario: scenario.id, by: coordinator) == 2)
      await #expect(throws: ScenarioRejection.olderEvidence(standing: 2)) {
        try await decide(.init(.refused, edition: 1, reason: "passed"), scenario: scenario.id, by: Self.supervisor)
      }
      let line = try #require(try await list(.accepted).first)
      #expect(line.verdict == .accepted && line.role == .coordinator && line.hasWords && line.at == test.clock.now)
      #expect(line.evidence == second.scenarios.first?.evidence(of: second))
      let state = try #require(try await list.state(scenario.id))
      #expect(state.decisions.map(\.verdict) == [.refused, .accepted])
      #expect(try await EditionStore(test.site).edition(1) == first, "no edition changes")
      #expect(try await list(.refused) == [])
      try await test.expectWhole()
      #expect(try await list(.accepted) == [line], "a rebuild finds the same")
    }
  }

  @Test(arguments: Engine.allCases)
  func alteredRowsAreFoundAndRebuilt(engine: Engine) async throws {
    try await withSite(engine) { test in
      let scenario = try EveningNoise.scenario(of: try await EveningNoise.edition(of: test.site))
      try await DecideScenario(test.site)(
        .init(.refused, edition: 1, reason: "passed"), scenario: scenario.id, by: Self.supervisor)
      let verify = VerifyInstallation(test.site, trusting: [])
      try await test.site.database.write { try $0.script("UPDATE scenarios SET verdict = 'accepted'") }
      #expect(try await verify().faults == [.view(table: "scenarios", case: scenario.id)])
      try await test.site.database.write { try $0.script("UPDATE scenarios SET id = 'none'") }
      #expect(try await verify().faults.contains(.orphans(table: "scenarios", count: 1)))
      try await test.expectNothingAfterRebuild()
    }
  }

  @Test(arguments: Engine.allCases)
  func sentTwiceItIsDecidedOnceAndTwoNodesAgree(engine: Engine) async throws {
    try await withSite(engine) { test in
      let scenario = try EveningNoise.scenario(of: try await EveningNoise.edition(of: test.site))
      let key = RequestKey(scope: "test", key: "1", bodyHash: [1])
      let request = DecideScenario.Request(.accepted, edition: 1, reason: "other", words: EveningNoise.words)
      try await test.withNode { other in
        try await withThrowingTaskGroup(of: Int.self) { tasks in
          for site in [test.site, other, test.site, other] {
            tasks.addTask {
              try await DecideScenario(site)(request, scenario: scenario.id, by: Self.supervisor, key: key)
            }
          }
          for try await version in tasks { #expect(version == 1) }
        }
        try await withThrowingTaskGroup(of: Int.self) { tasks in
          for (site, verdict) in [(test.site, ScenarioVerdict.accepted), (other, .refused)] {
            tasks.addTask {
              try await DecideScenario(site)(.init(verdict, edition: 1, reason: verdict.reasons[0]),
                                             scenario: scenario.id, by: Self.supervisor)
            }
          }
          for try await _ in tasks {}
        }
      }
      #expect(try await ListScenarios(test.site).state(scenario.id)?.decisions.count == 3)
      try await test.expectWhole()
    }
  }

  @Test func whatNoEditionSuggestsIsNotDecidedAbout() async throws {
    try await withSite { test in
      let scenario = try EveningNoise.scenario(of: try await EveningNoise.edition(of: test.site))
      let decide = DecideScenario(test.site)
      for (edition, id) in [(2, scenario.id), (1, "none"), (0, "")] {
        await #expect(throws: ScenarioUnknown()) {
          try await decide(.init(.refused, edition: edition, reason: "passed"), scenario: id, by: Self.supervisor)
        }
      }
      await #expect(throws: ReportFault.textTooLong) {
        let long = String(repeating: "长", count: 4_001)
        try await decide(.init(.refused, edition: 1, reason: "passed", words: long), scenario: scenario.id,
                         by: Self.supervisor)
      }
      #expect(try await test.count(of: "scenarios") == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func whatWasWrittenIsLookedAtOnRecordAndCanBeErased(engine: Engine) async throws {
    try await withSite(engine) { test in
      let scenario = try EveningNoise.scenario(of: try await EveningNoise.edition(of: test.site))
      try await DecideScenario(test.site)(
        .init(.accepted, edition: 1, reason: "other", words: EveningNoise.words), scenario: scenario.id,
        by: Self.supervisor)
      let state = try await ListScenarios(test.site).state(scenario.id)
      let reference = try #require(state?.standing.body.note)
      let words = ScenarioWords(test.site)
      let read = try await words.look(reference, scenario: scenario.id, by: TestSite.actor(.analyst))
      #expect(read == EveningNoise.words)
      #expect(try await test.kinds(of: "vault-" + reference) == ["looked"])
      await #expect(throws: LookFault.notAllowed) {
        _ = try await words.look(reference, scenario: scenario.id, by: TestSite.actor(.operator))
      }
      await #expect(throws: LookFault.notOfThisCase) {
        _ = try await words.look("none", scenario: scenario.id, by: Self.supervisor)
      }
      func admin(_ division: String) -> Caller {
        Caller(actor: TestSite.actor(.administrator, division: division), displayName: "", isToken: false)
      }
      await #expect(throws: EraseFault.notAllowed) {
        try await words.erase(reference, scenario: scenario.id, reason: .mistake, by: admin(SmallCity.west))
      }
      #expect(try await words.erase(reference, scenario: scenario.id, reason: .mistake, by: admin(SmallCity.east)))
      await #expect(throws: Vault.Failure.erased) {
        _ = try await words.look(reference, scenario: scenario.id, by: Self.supervisor)
      }
      try await test.expectWhole()
    }
  }
}

extension TestSite {
  fileprivate func expectNothingAfterRebuild() async throws {
    _ = try await RebuildViews(site)()
    #expect(try await VerifyInstallation(site, trusting: [])().faults == [])
  }
}
