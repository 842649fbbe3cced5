import Domain
import Testing

@Suite struct ScenarioDeciderTests {
  private static let scenario = Scenario(kind: "noise", place: "estate", from: 21, to: 1)
  private static let decider = ScenarioDecider(pack: CaseCity.pack)

  private static func evidence(_ edition: Int, atLeast: Int = 15) -> ScenarioEvidence {
    ScenarioEvidence(edition: edition, firstDay: "2024-01-01", lastDay: "2024-06-30", atLeast: atLeast, share: 0.6,
                     shareElsewhere: 0.2)
  }

  private static func actor(_ role: Role, _ division: String = "9") -> Actor {
    Actor(id: "account:" + role.rawValue, role: role, division: division)
  }

  private static func command(
    _ verdict: ScenarioVerdict, edition: Int = 1, reason: String? = nil, note: String? = nil,
    of scenario: Scenario = scenario, by actor: Actor = actor(.supervisor)
  ) -> ScenarioCommand {
    ScenarioCommand(verdict, scenario, evidence: evidence(edition), reason: reason ?? verdict.reasons[0], note: note,
                    by: actor)
  }

  /// Given these decisions, what does the next one bring?
  private func decided(_ history: [ScenarioCommand], then command: ScenarioCommand) throws(ScenarioRejection)
    -> [ScenarioEvent]
  {
    try Self.decider.decide(command, try state(history))
  }

  private func state(_ history: [ScenarioCommand]) throws(ScenarioRejection) -> ScenarioState? {
    var state: ScenarioState?
    for (day, command) in history.enumerated() {
      let at = Instant(milliseconds: Int64(day) * 86_400_000)
      for event in try Self.decider.decide(command, state) {
        if state?.evolve(event, at: at, by: command.actor.id) == nil {
          state = ScenarioState(founding: event, at: at, by: command.actor.id)
        }
      }
    }
    return state
  }

  @Test func aSuggestionIsAcceptedOrRefusedOnItsEvidence() throws {
    for verdict in ScenarioVerdict.allCases {
      let events = try decided([], then: Self.command(verdict, edition: 3, note: "n1"))
      #expect(events == [ScenarioEvent(verdict, .init(
        scenario: Self.scenario, evidence: Self.evidence(3), role: .supervisor, reason: verdict.reasons[0],
        note: "n1"))])
    }
  }

  @Test func aDecisionIsRevisedAndTheHistoryStands() throws {
    let state = try #require(try state([
      Self.command(.refused), Self.command(.accepted, edition: 2, by: Self.actor(.coordinator)),
      Self.command(.accepted, edition: 2, reason: "other", note: "n1"), Self.command(.refused, edition: 2),
    ]))
    #expect(state.decisions.map(\.verdict) == [.refused, .accepted, .accepted, .refused])
    #expect(state.decisions.map(\.body.evidence.edition) == [1, 2, 2, 2])
    #expect(state.decisions[1].actor == "account:coordinator" && state.decisions[1].body.role == .coordinator)
    #expect(state.standing.verdict == .refused && state.standing.at == Instant(milliseconds: 3 * 86_400_000))
  }

  @Test func whatIsDecidedAlreadyBringsNothing() throws {
    let accepted = Self.command(.accepted, note: "n1")
    #expect(try decided([accepted], then: accepted) == [])
    #expect(try decided([accepted], then: Self.command(.accepted)) == [], "without a word more")
    #expect(try decided([accepted], then: Self.command(.accepted, note: "n2")).count == 1, "more was said")
    #expect(try decided([accepted], then: Self.command(.accepted, edition: 2)).count == 1, "by newer evidence")
  }

  @Test func rejections() {
    let elsewhere = Scenario(kind: "noise", place: "gone", from: 21, to: 1)
    let rows: [(history: [ScenarioCommand], command: ScenarioCommand, rejection: ScenarioRejection)] = [
      ([], Self.command(.accepted, by: Self.actor(.analyst)), .notByRole(.analyst)),
      ([], Self.command(.accepted, by: Self.actor(.administrator)), .notByRole(.administrator)),
      ([], Self.command(.accepted, by: Self.actor(.supervisor, "902")), .elsewhere),
      ([], Self.command(.accepted, of: elsewhere, by: Self.actor(.supervisor, "901")), .elsewhere),
      ([], Self.command(.refused, reason: ""), .reasonMissing),
      ([], Self.command(.refused, reason: "clear-evidence"), .reasonUnknown),
      ([], Self.command(.refused, reason: "other"), .wordsMissing),
      ([Self.command(.accepted, edition: 2)], Self.command(.refused, edition: 1), .olderEvidence(standing: 2)),
    ]
    for row in rows {
      #expect(throws: row.rejection) { try decided(row.history, then: row.command) }
    }
  }

  @Test func hoursThatMovedAreAkin() {
    func hours(_ from: Int, _ to: Int, kind: String = "noise") -> Scenario {
      Scenario(kind: kind, place: "estate", from: from, to: to)
    }
    let night = hours(21, 1)
    #expect(night.isAkin(to: hours(22, 2)) && night.isAkin(to: hours(0, 4)) && night.isAkin(to: hours(18, 22)))
    #expect(!night.isAkin(to: night), "that is the same, not akin")
    #expect(!night.isAkin(to: hours(1, 5)) && !night.isAkin(to: hours(22, 2, kind: "theft")))
  }

  @Test func oneTownDecidesAboutItsOwnPlaces() throws {
    #expect(try decided([], then: Self.command(.accepted, by: Self.actor(.supervisor, "901"))).count == 1)
  }
}
