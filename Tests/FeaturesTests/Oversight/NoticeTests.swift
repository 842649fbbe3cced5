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

  @Test(arguments: Engine.allCases)
  func aNoticeStandsUntilWhatItAskedForIsDone(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let supervisor = TestSite.actor(.supervisor)
      let ladder = ListLadder(test.site)
      let begun = test.clock.now
      test.clock.advance(.minutes(31))
      try await Self.drain(test)
      #expect(try await ladder.standing(for: supervisor).isEmpty, "a reminder is no rung")
      test.clock.advance(.hours(1))
      try await Self.drain(test)
      let warned = try await ladder.standing(for: supervisor)
      #expect(warned.map(\.rungs).map { $0.map(\.notice) } == [[.warning]])
      #expect(warned.first?.agency == "town-east" && warned.first?.step == .sign && warned.first?.settledAt == nil)
      #expect(try await ladder.standing(for: TestSite.actor(.supervisor, division: SmallCity.west)).isEmpty)

      test.clock.advance(.days(1))
      try await Self.drain(test)
      #expect(try await ladder.standing(for: supervisor).first?.rungs.map(\.notice) == [.warning, .supervision])
      let east = TestSite.actor(.agency, agency: "town-east")
      try await test.handle(.rectify(note: nil), receipt.case, by: east)
      #expect(try await ladder.standing(for: supervisor).first?.rectifiedAt == test.clock.now)
      try await test.handle(.sign, receipt.case, by: east)
      #expect(!(try await ladder.standing(for: supervisor)).contains { $0.step == .sign })
      let settled = try await ladder.settled(since: begun, for: supervisor)
      #expect(settled.filter { $0.step == .sign }.map(\.settledAt) == [test.clock.now])
      try await test.expectWhole()
    }
  }

  @Test func theBulletinOfAMonthThatIsOverNeverChanges() async throws {
    try await withSite { test in
      let receipt = try await test.closedCase(door: "110")
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      let january = try #require(BulletinPeriod("2026-01"))
      #expect(try await MakeBulletin(test.site).periods() == [january])
      test.clock.advance(.days(17))
      try await Self.drain(test)
      let paper = try await MakeBulletin(test.site)(of: january)
      #expect(paper.whole[.completion]?.denominator == 2)
      try await test.handle(.reopen(reason: "again", note: nil), receipt.case, by: TestSite.actor(.operator))
      _ = try await test.report("装修噪音", kind: "noise.renovation", door: "110")
      test.clock.advance(.days(2))
      try await Self.drain(test)
      #expect(try await MakeBulletin(test.site)(of: january) == paper)
      #expect(try await MakeBulletin(test.site).periods().map(\.text) == ["2026-02", "2026-01"])
    }
  }

  @Test(arguments: Engine.allCases)
  func theNextDeadlinesAreThoseNotYetMissed(engine: Engine) async throws {
    try await withSite(engine) { test in
      let first = try await test.report("装修噪音", kind: "noise.renovation")
      test.clock.advance(.minutes(20))
      let second = try await test.report("装修噪音", kind: "noise.renovation", at: SmallCity.inWest)
      func next(_ actor: Actor = TestSite.actor(.supervisor)) async throws -> [String] {
        try await ListDeadlines(test.site)(until: test.clock.now + .hours(2), for: actor)
          .map { "\($0.case.id) \($0.agency) \($0.step)" }
      }
      let both = ["\(first.case) town-east sign", "\(second.case) town-west sign"]
      #expect(try await next() == both)
      #expect(try await next(TestSite.actor(.agency, agency: "town-west")) == [both[1]])
      test.clock.advance(.minutes(11))
      #expect(try await next() == [both[1]])
    }
  }

  private static func drain(_ test: TestSite) async throws {
    while try await Scheduler(test.site, node: "one").run() > 0 {}
  }

  private func all(_ test: TestSite, _ from: Instant, _ to: Instant) async throws -> [ListNotices.Entry] {
    try await ListNotices(test.site)(from: from, to: to, for: TestSite.actor(.system))
  }
}
