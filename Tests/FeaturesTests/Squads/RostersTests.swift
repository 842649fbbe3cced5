import Domain
import Features
import Testing

/// What squads agree against their plans.
@Suite struct RostersTests {
  private static let town = TestSite.actor(.agency, agency: "town-east")

  private static func week(_ test: TestSite) throws -> (plan: SquadPlan, from: Instant, to: Instant) {
    let plan = try #require(test.site.pack.squad("east-1"))
    return (plan, test.clock.now, test.clock.now + .days(7))
  }

  @Test(arguments: Engine.allCases)
  func anAbsenceIsKeptOnceAndTakenBack(engine: Engine) async throws {
    try await withSite(engine) { test in
      let rosters = Rosters(test.site)
      let (plan, from, to) = try Self.week(test)
      let away = Roster.Override.absence(member: plan.members[0].code, from: from, to: from + .days(2))
      for _ in 0..<2 { try await rosters.agree([away], squad: plan.code, by: Self.town) }
      let (roster, agreed) = try await rosters.roster(plan, from: from, to: to)
      #expect(agreed.map(\.override) == [away] && roster.overrides == [away])
      #expect(try await rosters.roster(plan, from: from + .days(3), to: to).1.isEmpty, "of another time")
      let id = try #require(agreed.first).id
      for _ in 0..<2 { try await rosters.withdraw(id, squad: plan.code, by: Self.town) }
      #expect(try await rosters.roster(plan, from: from, to: to).1.isEmpty)
      #expect(try await test.kinds(of: "rosters") == ["agreed", "withdrawn"])
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func whoeverIsAwayIsNotProposed(engine: Engine) async throws {
    try await withSite(engine) { test in
      let (plan, from, _) = try Self.week(test)
      let id = try await test.report("装修噪声", kind: "noise.renovation").case
      let dispatcher = TestSite.actor(.dispatcher)
      func doing() async throws -> SquadsAtWork.Doing? {
        let squads = try await SquadsAtWork(test.site)(for: dispatcher)
        return squads.first { $0.plan.code == plan.code }?.doing
      }
      #expect(try await doing() == .free)
      let all = plan.members.map { Roster.Override.absence(member: $0.code, from: from, to: from + .days(1)) }
      try await Rosters(test.site).agree(all, squad: plan.code, by: dispatcher)
      #expect(try await doing() == .offShift)
      let proposal = try await ProposeSquads(test.site)(id, for: dispatcher).first { $0.squad == plan.code }
      #expect(proposal?.isEligible == false && proposal?.against.contains("off-shift") == true)
    }
  }

  @Test func whatCannotBeIsRefused() async throws {
    try await withSite { test in
      let rosters = Rosters(test.site)
      let (plan, from, to) = try Self.week(test)
      let member = plan.members[0].code
      let turn = Roster.Shift(date: test.site.pack.calendar.zone.local(from).date, index: 0)
      let due = Roster(plan: plan, zone: test.site.pack.calendar.zone).members(of: turn).map(\.code)
      let refused: [(Roster.Override, String)] = [
        (.absence(member: "nobody", from: from, to: to), "member"),
        (.absence(member: member, from: to, to: from), "until"),
        (.absence(member: member, from: from, to: from + .days(400)), "until"),
        (.vehicleOut(vehicle: "none", from: from, to: to), "vehicle"),
        (.swap(.init(date: turn.date, index: 9), out: member, in: member), "shift"),
        (.swap(turn, out: "nobody", in: member), "out"), (.swap(turn, out: due[0], in: due[0]), "in"),
      ]
      for (override, field) in refused {
        await #expect(throws: RosterFault.unusable(field: field)) {
          try await rosters.agree([override], squad: plan.code, by: Self.town)
        }
      }
      let away = Roster.Override.absence(member: member, from: from, to: to)
      for actor in [TestSite.actor(.agency, agency: "town-west"), TestSite.actor(.supervisor),
                    TestSite.actor(.dispatcher, division: SmallCity.west)] {
        await #expect(throws: RosterFault.notAllowed) {
          try await rosters.agree([away], squad: plan.code, by: actor)
        }
      }
    }
  }
}
