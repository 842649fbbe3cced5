import Domain
import Features
import Testing

/// The main job, end to end: from a report to an honest closure, and back.
@Suite struct LoopTests {
  @Test(arguments: Engine.allCases)
  func aReportBecomesACaseThatEndsWithTheReportersAgreement(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("楼上装修太吵", kind: "noise.renovation")
      #expect(receipt.phase == .assigned)
      #expect(receipt.agency == "town-east")
      let east = TestSite.actor(.agency, agency: "town-east")
      var summary = try await test.handle(.sign, receipt.case, by: east)
      #expect(summary.holder == Holder(.agency, "town-east"))
      summary = try await test.handle(.dispatch(squad: "east-1", reasons: ["person"]), receipt.case, by: east)
      let squad = TestSite.actor(.squadMember, agency: "town-east", squad: "east-1")
      for action in [CaseCommand.Action.squadSign, .setOut, .arrive, .conclude(.mediated, note: nil)] {
        test.clock.advance(.minutes(5))
        summary = try await test.handle(action, receipt.case, by: squad)
      }
      #expect(summary.phase == .resolved)
      summary = try await test.handle(.answer(channel: "phone", note: nil), receipt.case, by: east)
      let reporter = Actor(id: "reporter:\(receipt.report)", role: .reporter, division: SmallCity.district)
      summary = try await test.handle(.confirm, receipt.case, by: reporter)
      #expect(summary.phase == .closed)
      summary = try await test.handle(.reopen(reason: "not-solved", note: nil), receipt.case, by: reporter,
                                      words: "还是很吵")
      #expect(summary.phase == .handling)
      #expect(summary.holder == Holder(.agency, "town-east"))
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func dangerStaysWithThePolice(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("楼上装修,有人持刀", kind: "noise.renovation", door: "12345")
      #expect(receipt.agency == nil)
      let operator110 = TestSite.actor(.operator)
      await #expect(throws: Rejection.dangerForbidsDiversion(cues: ["weapon"])) {
        try await test.handle(.assign(.init(agency: "town-east")), receipt.case, by: operator110)
      }
      let detail = try await ShowCase(test.site)(receipt.case, for: operator110)
      #expect(detail.state.holder == Holder(.desk, "police-desk"))
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func aNewReportAtTheSamePlaceRevokesTheClosuresCredit(engine: Engine) async throws {
    try await withSite(engine) { test in
      let first = try await test.closedCase(door: "110")
      test.clock.advance(.days(2))
      let second = try await test.report("又在装修", kind: "noise.renovation", door: "110")
      let everything = TestSite.actor(.system)
      let state = try await ShowCase(test.site)(first.case, for: everything).state
      #expect(state.round.takenBackAt != nil)
      #expect(state.round.returnedAt != nil)
      test.clock.advance(.days(30))
      let lines = try await test.rates()
      #expect(lines[.returnFlow]?.numerator == 1)
      #expect(lines[.completion].map { [$0.denominator, $0.numerator] } == [2, 0])
      #expect(lines[.repeatReport].map { [$0.denominator, $0.numerator] } == [2, 1])
      #expect(second.case != first.case)
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func mergingMovesTheReportsAndUnmergingBringsThemBack(engine: Engine) async throws {
    try await withSite(engine) { test in
      let one = try await test.report("装修噪音", kind: "noise.renovation")
      let two = try await test.report("电钻声", kind: "noise.renovation")
      let desk = TestSite.actor(.operator)
      let merged = try await MergeCases(test.site).merge(two.case, into: one.case, by: desk)
      #expect(merged.reports == 2)
      #expect(try await ShowCase(test.site).caseID(ofReport: two.report) == one.case)
      try await test.expectWhole()
      _ = try await MergeCases(test.site).unmerge(two.case, by: desk)
      #expect(try await ShowCase(test.site).caseID(ofReport: two.report) == two.case)
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func aRepeatedRequestAnswersTheFirstAnswer(engine: Engine) async throws {
    try await withSite(engine) { test in
      let key = RequestKey(scope: "test", key: "1", bodyHash: [1])
      let report = IncomingReport(door: "110", kind: "crime.theft", text: "被偷", coordinate: SmallCity.inEast)
      let desk = TestSite.actor(.operator)
      let first = try await ReceiveReport(test.site)(report, by: desk, key: key)
      let second = try await ReceiveReport(test.site)(report, by: desk, key: key)
      #expect(first == second)
      await #expect(throws: RequestKeyReused.self) {
        try await ReceiveReport(test.site)(report, by: desk, key: RequestKey(scope: "test", key: "1", bodyHash: [2]))
      }
      #expect(try await ListCases(test.site)(.init(), for: desk).cases.count == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func theLadderIsClimbedAndSilenceAgrees(engine: Engine) async throws {
    try await withSite(engine) { test in
      let unsigned = try await test.report("装修噪音", kind: "noise.renovation")
      let scheduler = Scheduler(test.site, node: "one")
      var notices: [DeadlineTable.Rung.Notice] = []
      for _ in 0..<60 {
        test.clock.advance(.hours(4))
        while try await scheduler.run() > 0 {}
      }
      let state = try await ShowCase(test.site)(unsigned.case, for: TestSite.actor(.system)).state
      notices = state.notices.filter { $0.event.step == .sign }.map(\.event.notice)
      #expect(notices == [.reminder, .warning, .supervision, .rectification])
      #expect(try await Watchdog(test.site)().isStalled == false)
      test.clock.advance(.hours(4))
      #expect(try await Watchdog(test.site)().isStalled)
      try await test.expectWhole()
    }
  }

  @Test func anotherDivisionsCaseIsUnknown() async throws {
    try await withSite { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let west = TestSite.actor(.operator, division: SmallCity.west)
      await #expect(throws: Rejection.unknownCase) { try await ShowCase(test.site)(receipt.case, for: west) }
      await #expect(throws: Rejection.unknownCase) {
        try await test.handle(.complain(note: nil), receipt.case, by: west)
      }
      #expect(try await ListCases(test.site)(.init(), for: west).cases.isEmpty)
    }
  }
}
