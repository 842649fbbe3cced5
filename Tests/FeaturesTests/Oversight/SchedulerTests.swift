import Domain
import Features
import SQL
import Testing

@Suite struct SchedulerTests {
  /// Two nodes work at once: nothing is done twice, nothing is left.
  @Test(arguments: Engine.allCases)
  func twoNodesIssueEachNoticeOnce(engine: Engine) async throws {
    try await withSite(engine) { test in
      var cases: [String] = []
      for _ in 0..<12 { cases.append(try await test.report("装修噪音", kind: "noise.renovation").case) }
      test.clock.advance(.hours(2))
      try await test.withNode { other in
        async let one: Void = drain(Scheduler(test.site, node: "one"))
        async let two: Void = drain(Scheduler(other, node: "two"))
        _ = try await (one, two)
      }
      for id in cases {
        let state = try await ShowCase(test.site)(id, for: TestSite.actor(.system)).state
        let notices = state.notices.filter { $0.event.step == .sign }.map(\.event.notice)
        #expect(notices == [.reminder, .warning])
      }
      try await test.expectWhole()
    }
  }

  /// A node that dies after it claimed leaves its rows to others once the lease is over.
  @Test(arguments: Engine.allCases)
  func aDeadNodesWorkIsTakenOver(engine: Engine) async throws {
    try await withSite(engine) { test in
      let id = try await test.report("装修噪音", kind: "noise.renovation").case
      test.clock.advance(.minutes(25))
      try await test.site.database.write { connection in
        try connection.run(
          "UPDATE case_deadlines SET lease_until = \(test.clock.now + Scheduler.lease), leased_by = \("dead")")
      }
      try await drain(Scheduler(test.site, node: "alive"))
      #expect(try await notices(of: id, test).isEmpty)
      test.clock.advance(Scheduler.lease + .seconds(1))
      try await drain(Scheduler(test.site, node: "alive"))
      #expect(try await notices(of: id, test) == [.reminder])
    }
  }

  private func notices(of id: String, _ test: TestSite) async throws -> [DeadlineTable.Rung.Notice] {
    try await ShowCase(test.site)(id, for: TestSite.actor(.system)).state.notices.map(\.event.notice)
  }

  private func drain(_ scheduler: Scheduler) async throws { while try await scheduler.run() > 0 {} }
}
