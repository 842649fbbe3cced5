import Domain
import Testing

@Suite struct BulletinTests {
  let asOf = RateExample.on(10, 0)

  func bulletin(delaysMax: Int = 10) throws -> Bulletin {
    let example = try RateExample()
    let states = example.states(asOf: asOf)
    let calendar = CaseCity.pack.calendar
    return Bulletin(
      from: RateExample.from, to: RateExample.to, asOf: asOf, byAgency: example.tallies(asOf: asOf, by: .agency),
      byDivision: example.tallies(asOf: asOf, by: .division), notices: states.flatMap(\.notices),
      delays: states.flatMap { Delay.delays(of: $0, at: asOf, calendar: calendar) }, delaysMax: delaysMax,
      pack: CaseCity.pack)
  }

  @Test func bodiesStandInTheOrderOfTheirCompletion() throws {
    let bulletin = try bulletin()
    #expect(bulletin.agencies.map(\.code) == ["property", "police"])
    #expect(bulletin.agencies.map(\.place) == [1, 2])
    #expect(bulletin.agencies[0].tallies[.completion] == RateTally(denominator: 2, numerator: 1, notYetDue: 1))
    #expect(bulletin.agencies[1].tallies[.completion] == RateTally(denominator: 1, numerator: 0))
    #expect(bulletin.whole[.completion] == RateTally(denominator: 3, numerator: 1, notYetDue: 1))
    #expect(bulletin.towns.map(\.code) == ["901"] && bulletin.towns[0].tallies == bulletin.whole)
    #expect(bulletin.formulaVersion == Rate.formulaVersion)
  }

  @Test func theWorstDelaysComeFirst() throws {
    let all = try bulletin().delays
    #expect(all.map(\.late.wall) == all.map(\.late.wall).sorted(by: >))
    #expect(all.map { "\($0.case) \($0.step)" }
      == ["C feedback", "C closure", "D sign", "D feedback", "B feedback", "B sign"])
    #expect(all[0].agency == "police" && all[0].doneAt == nil)
    #expect(all[5].late.wall == .hours(3) && all[5].late.business == .minutes(60))
    #expect(try bulletin(delaysMax: 2).delays == Array(all.prefix(2)))
  }

  @Test func townsTakeInWhatLiesBelowThem() {
    let tallies: [RateTally.Group: RateTally] = [
      .init(.completion, "901"): .init(denominator: 2, numerator: 1),
      .init(.completion, "902"): .init(denominator: 1, numerator: 1),
      .init(.signIn, "nowhere"): .init(denominator: 1, numerator: 0),
    ]
    let bulletin = Bulletin(from: RateExample.from, to: RateExample.to, asOf: asOf, byAgency: [:], byDivision: tallies,
                            notices: [], delays: [], pack: CaseCity.pack)
    #expect(bulletin.towns.map(\.code) == ["902", "901", "nowhere"])
    #expect(bulletin.towns.map(\.place) == [1, 2, nil])
  }

  @Test func noticesOfThePeriodAreCountedByBody() throws {
    let signed = try GivenCase(CaseCity.report(), GivenCase.signed)
    let due = try #require(signed.state.openDues.first { $0.step == .feedback })
    var state = signed.state
    for rung in 0..<3 {
      let command = CaseCommand(.notice(.feedback, rung: rung), by: .clock, at: due.rungs[rung])
      for event in try CaseCity.decider.decide(command, state) { state.evolve(event, at: due.rungs[rung]) }
    }
    func counts(_ to: Instant) -> [String] {
      Bulletin(from: CaseCity.start, to: to, asOf: to, byAgency: [:], byDivision: [:], notices: state.notices,
               delays: [], pack: CaseCity.pack).notices.map { "\($0.agency) \($0.notice.rawValue) \($0.count)" }
    }
    #expect(counts(due.rungs[2] + .minutes(1)) == ["office warning 1", "property reminder 1", "property supervision 1"])
    #expect(counts(due.rungs[1]) == ["property reminder 1"])
  }
}
