import Domain
import Testing

@Suite struct DispatchProposalTests {
  typealias Need = DispatchProposal.Need
  typealias Candidate = DispatchProposal.Candidate
  let north = CaseCity.squads[0]
  let south = CaseCity.squads[1]

  func duty(_ plan: SquadPlan, skills: [String] = ["mediator"], gaps: [Roster.Gap] = []) -> Roster.Duty {
    let roster = Roster(plan: plan, zone: BusinessCalendarTests.east)
    let duty = roster.duty(at: CaseCity.start)
    let members = duty.members.map { SquadPlan.Member(code: $0.code, skills: skills) }
    return Roster.Duty(shifts: duty.shifts, members: members, vehicles: duty.vehicles, gaps: gaps)
  }

  let off = Roster.Duty(shifts: [], members: [], vehicles: [], gaps: [.noShift])

  func need(_ severity: Severity = .ordinary, division: String = "901", skills: [String] = ["mediator"]) -> Need {
    Need(point: CaseCity.point, division: division, agency: "property", severity: severity, skills: skills)
  }

  func rank(_ need: Need, _ candidates: [Candidate]) -> [DispatchProposal] {
    DispatchProposal.rank(need, candidates, pack: CaseCity.pack)
  }

  @Test func theReasonsAreWordsForAndAgainst() {
    let ranked = rank(need(), [
      Candidate(plan: south, duty: duty(south, skills: [])), Candidate(plan: north, duty: duty(north)),
    ])
    #expect(ranked.map(\.squad) == ["north", "south"])
    #expect(ranked[0].reasons == ["on-shift", "free", "nearest", "metres:0", "base", "skill:mediator", "own-town",
                                  "own-agency"])
    #expect(ranked[0].against == [] && ranked[0].isEligible)
    #expect(ranked[1].reasons == ["on-shift", "free", "metres:2224", "base", "own-agency"])
    #expect(ranked[1].against == ["lacks:mediator"] && ranked[1].isEligible)
  }

  @Test func offShiftAndBusyAreNotEligibleHoweverNear() {
    let ranked = rank(need(), [
      Candidate(plan: north, duty: off), Candidate(plan: south, duty: duty(south), caseInHand: "c7"),
    ])
    #expect(ranked.allSatisfy { !$0.isEligible && !$0.reasons.contains("nearest") })
    #expect(ranked.first { $0.squad == "north" }?.against == ["off-shift"])
    #expect(ranked.first { $0.squad == "south" }?.against == ["busy:c7"])
  }

  @Test func ownTownFirstUnlessThereIsHurry() {
    let near = Candidate(plan: south, duty: duty(south), lastSeen: CaseCity.point)
    let far = Coordinate(latitude: CaseCity.point.latitude + 0.05, longitude: CaseCity.point.longitude)
    let own = Candidate(plan: north, duty: duty(north), lastSeen: far)
    #expect(rank(need(), [near, own]).map(\.squad) == ["north", "south"])
    #expect(rank(need(.critical), [near, own]).map(\.squad) == ["south", "north"])
    #expect(rank(need(.critical), [near, own])[0].reasons.contains("last-seen"))
  }

  @Test func hurryNeedsAVehicle() {
    let onFoot = Candidate(plan: north, duty: duty(north, gaps: [.noVehicle]))
    #expect(rank(need(.urgent), [onFoot])[0].against == ["no-vehicle"])
    #expect(rank(need(.minor), [onFoot])[0].isEligible)
  }

  @Test func withoutAPointTheOrderIsStillTheSame() {
    let blind = Need(point: nil, division: "9", agency: nil, severity: .ordinary, skills: [])
    let candidates = [Candidate(plan: south, duty: duty(south)), Candidate(plan: north, duty: duty(north))]
    #expect(rank(blind, candidates).map(\.squad) == ["north", "south"])
    #expect(rank(blind, candidates.reversed()) == rank(blind, candidates))
    #expect(rank(blind, candidates)[0].reasons == ["on-shift", "free"])
  }

  @Test func theNeedOfACaseFollowsItsJudgement() throws {
    let state = try GivenCase(CaseCity.report(), GivenCase.signed).state
    let need = Need(state, pack: CaseCity.pack)
    #expect(need == Need(point: CaseCity.point, division: "901", agency: "property", severity: .ordinary,
                         skills: ["mediator"]))
  }
}
