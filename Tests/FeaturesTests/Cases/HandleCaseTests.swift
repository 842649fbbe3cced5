import Domain
import Features
import Testing

@Suite struct HandleCaseTests {
  /// They touch two cases: alone, one would leave a report in no case, or in two. A report that was acknowledged was
  /// lost so once.
  static func halves(of two: (report: String, case: String), facts: ReportFacts, other: String)
    -> [CaseCommand.Action]
  {
    [
      .join(facts), .part(report: two.report), .merge(into: other), .unmerge,
      .markReturned(.init(report: two.report, case: two.case, isPoliceDoor: true)),
    ]
  }

  @Test(arguments: Engine.allCases)
  func aStepOnOneCaseNeverMovesReportsBetweenCases(engine: Engine) async throws {
    try await withSite(engine) { test in
      let closed = try await test.closedCase(door: "110")
      let one = try await test.report("拖欠工资", kind: "dispute.wages")
      let two = try await test.report("老板欠薪", kind: "dispute.wages")
      let joined = try await test.report("欠薪三个月", kind: "dispute.wages")
      let desk = TestSite.actor(.operator)
      _ = try await MergeCases(test.site).merge(joined.case, into: one.case, by: desk)
      let facts = try await ShowCase(test.site)(two.case, for: desk).state.firstReport
      let events = try await test.count(of: "journal")
      // An open case, one that another was merged into, the one that was merged, one that is closed.
      for id in [two.case, one.case, joined.case, closed.case] {
        for action in Self.halves(of: (joined.report, two.case), facts: facts, other: one.case) {
          for role in Role.allCases {
            await #expect(throws: (any Error).self, "\(action.step) by \(role)") {
              try await test.handle(action, id, by: Self.actor(role, report: one.report))
            }
          }
          // Whom the decider itself would let.
          await #expect(throws: Rejection.notByRole(step: action.step, role: .system)) {
            try await test.handle(action, id, by: TestSite.actor(.system))
          }
        }
      }
      #expect(try await test.count(of: "journal") == events)
      for (receipt, id) in [(closed, closed.case), (one, one.case), (two, two.case), (joined, one.case)] {
        #expect(try await ShowCase(test.site).caseID(ofReport: receipt.report) == id)
      }
      try await test.expectWhole()
    }
  }

  private static func actor(_ role: Role, report: String) -> Actor {
    switch role {
    case .reporter: Actor(id: "reporter:" + report, role: role, division: SmallCity.district)
    case .agency: TestSite.actor(role, agency: "labour")
    case .squadMember: TestSite.actor(role, agency: "town-east", squad: "east-1")
    default: TestSite.actor(role)
    }
  }
}
