import Domain
import Features
import Testing

@Suite struct NoticeTests {
  @Test(arguments: Engine.allCases)
  func anAgencyFindsItsNoticesAndTheBulletinCountsThem(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let from = test.clock.now
      for _ in 0..<40 {
        test.clock.advance(.hours(1))
        while try await Scheduler(test.site, node: "one").run() > 0 {}
      }
      let to = test.clock.now + .days(1)
      let east = TestSite.actor(.agency, agency: "town-east")
      let inbox = try await ListNotices(test.site)(from: from, to: to, for: east)
      #expect(inbox.allSatisfy { $0.event.agency == "town-east" && $0.caseID == receipt.case })
      #expect(Set(inbox.map(\.event.notice)).isSuperset(of: [.reminder]))
      let first = try await ListNotices(test.site)(from: from, to: to, for: east, limit: 1)
      let rest = try await ListNotices(test.site)(from: from, to: to, for: east, after: first.last?.cursor)
      #expect(first + rest == inbox)
      let west = TestSite.actor(.supervisor, division: SmallCity.west)
      #expect(try await ListNotices(test.site)(from: from, to: to, for: west).isEmpty)

      let supervisor = TestSite.actor(.supervisor)
      let bulletin = try await MakeBulletin(test.site)(from: from, to: to, asOf: test.clock.now, for: supervisor)
      #expect(bulletin.whole[.signIn] == RateTally(denominator: 1, numerator: 0, notYetDue: 0))
      #expect(bulletin.notices.map(\.count).reduce(0, +) == (try await all(test, from, to)).count)
      #expect(bulletin.delays.contains { $0.case == receipt.case && $0.step == .sign && $0.doneAt == nil })
    }
  }

  private func all(_ test: TestSite, _ from: Instant, _ to: Instant) async throws -> [ListNotices.Entry] {
    try await ListNotices(test.site)(from: from, to: to, for: TestSite.actor(.system))
  }
}
