import Domain
import Testing

/// What each command brings about where it is accepted.
@Suite struct CaseDeciderTests {
  private func due(_ step: DeadlineStep, from: Instant, at: Instant, _ clock: Allowance.Clock, _ rungs: [Instant])
    -> Due
  {
    Due(step: step, from: from, at: at, clock: clock, rungs: rungs)
  }

  /// Feedback within a working day, closure within three, from Monday at nine.
  private func wholeDues() -> [Due] {
    let feedback = CaseCity.at("2024-06-04", 9)
    let closure = CaseCity.at("2024-06-06", 9)
    func climbed(_ end: Instant, _ day: String, _ next: String) -> [Instant] {
      [end - .minutes(15), end, CaseCity.at(day, 10), CaseCity.at(next, 9)]
    }
    return [
      due(.feedback, from: CaseCity.start, at: feedback, .business, climbed(feedback, "2024-06-04", "2024-06-05")),
      due(.closure, from: CaseCity.start, at: closure, .business, climbed(closure, "2024-06-06", "2024-06-07")),
    ]
  }

  @Test func aReportIsACaseAtOnceWithItsClocksRunning() throws {
    let report = CaseCity.report()
    let event = try CaseCity.decider.open(report, by: .reporter, at: CaseCity.start)
    #expect(event == .opened(.init(report: report, desk: "police", pack: "v1", dues: wholeDues())))
  }

  @Test func recordedHistoryStartsNoClocks() throws {
    let report = CaseCity.report()
    let event = try CaseCity.decider.record(report, kind: "dispute.wages", by: .clock)
    let judgement = CaseEvent.History.Judgement(kind: "dispute.wages", jurisdiction: .nonPolice, severity: .urgent)
    #expect(event == .opened(.init(report: report, desk: "police", pack: "v1", dues: [],
                                   history: .init(judgement: judgement))))
  }

  @Test func recordedHistoryIsOverAndStaysSo() throws {
    let event = try CaseCity.decider.record(CaseCity.report(), kind: "dispute.wages", by: .clock)
    let state = try #require(CaseState(id: "c1", founding: event, at: CaseCity.start))
    #expect(state.phase == .closed && state.recordedAt == CaseCity.start && state.closedAt == nil)
    #expect(state.judgement?.kind == "dispute.wages")
    #expect(state.openDues.isEmpty && RateFact.facts(of: state).isEmpty)
    let later = CaseCity.start + .days(1)
    for action in [CaseCommand.Action.reopen(reason: "again", note: nil), .confirm, .complain(note: nil)] {
      #expect(throws: Rejection.notNow(step: action.step, phase: .closed)) {
        try CaseCity.decider.decide(CaseCommand(action, by: .desk, at: later), state)
      }
    }
  }

  @Test func recordedHistoryNeedsNoKindButAKnownOne() throws {
    let event = try CaseCity.decider.record(CaseCity.report(), kind: nil, by: .clock)
    #expect(try #require(CaseState(id: "c1", founding: event, at: CaseCity.start)).judgement == nil)
    #expect(throws: Rejection.kindNotLeaf("dispute")) {
      try CaseCity.decider.record(CaseCity.report(), kind: "dispute", by: .clock)
    }
  }

  @Test func aDangerGoesToThePoliceWhateverTheDoor() throws {
    let given = try GivenCase(CaseCity.report(door: "12345", dangers: ["weapon"]))
    #expect(given.state.holder == Holder(.desk, "police"))
    #expect(try GivenCase(CaseCity.report(door: "12345")).state.holder == Holder(.desk, "hotline"))
  }

  @Test func judgingReckonsTheWholeClocksAgain() throws {
    let asked = CaseCity.start
    let feedback = due(
      .feedback, from: asked, at: asked + .hours(2), .always,
      [asked + .minutes(105), asked + .hours(2), CaseCity.at("2024-06-03", 12), CaseCity.at("2024-06-04", 11)])
    let closed = asked + .days(1)
    let closure = due(
      .closure, from: asked, at: closed, .always,
      [closed - .minutes(15), closed, CaseCity.at("2024-06-04", 10), CaseCity.at("2024-06-05", 9)])
    try GivenCase().when(.judge(.init(kind: "theft.bicycle", basis: "cue:bicycle", certainty: 0.9)), by: .clock)
      .then([.judged(.init(kind: "theft.bicycle", jurisdiction: .police, severity: .ordinary, basis: "cue:bicycle",
                           certainty: 0.9, repeats: [:], dues: [feedback, closure]))])
  }

  @Test func aDeadlineThatWasMissedStaysMissed() throws {
    let given = try GivenCase()
    let events = try given.when(.judge(.init(kind: "theft.bicycle")), by: .desk, at: CaseCity.at("2024-06-05", 9))
      .result.get()
    #expect(events.flatMap(\.dues).map(\.step) == [.closure])
    #expect(events.flatMap(\.dues).map(\.at) == [CaseCity.at("2024-06-05", 9)])
  }

  @Test func assignedIsNotSigned() throws {
    let given = try GivenCase(CaseCity.report(), GivenCase.assigned)
    #expect(given.state.holder == Holder(.desk, "police"))
    let signed = try given.when(.sign, by: .property).after()
    #expect(signed.holder == Holder(.agency, "property") && signed.phase == .handling)
    #expect(signed.openDues.map(\.step) == [.feedback, .closure])
  }

  @Test func askingTheSameAgencyAgainGivesItNoMoreTime() throws {
    let given = try GivenCase(CaseCity.report(), GivenCase.assigned)
    let again = CaseCommand.Action.assign(.init(agency: "property", supporting: ["market"]))
    let after = try given.when(again, by: .desk, at: given.state.lastAt + .minutes(20)).after()
    #expect(after.assignment?.due == given.state.assignment?.due)
    #expect(after.assignment?.supporting == ["market"])
    let at = given.state.lastAt + .minutes(20)
    let other = try given.when(.assign(.init(agency: "market")), by: .desk, at: at).after()
    #expect(other.assignment?.due?.at == at + .minutes(30))
  }

  @Test func twoRefusalsBringItToTheCoordinator() throws {
    try GivenCase(CaseCity.report(), GivenCase.assigned).when(.refuse(reason: "not-ours", note: "v1"), by: .property)
      .then([.refused(.init(agency: "property", reason: "not-ours", note: "v1", coordinator: nil))])
    let twice = try GivenCase(CaseCity.report(), GivenCase.refusedTwice)
    #expect(twice.state.holder == Holder(.coordinator, "coordination"))
    let ordered = try twice.when(.orderJointly(.init(agency: "market")), by: .coordinator).after()
    #expect(ordered.holder == Holder(.coordinator, "coordination") && ordered.assignment?.isBinding == true)
  }

  @Test func theSquadHoldsItUntilTheOutcome() throws {
    #expect(try GivenCase(CaseCity.report(), GivenCase.dispatched).state.holder == Holder(.agency, "property"))
    #expect(try GivenCase(CaseCity.report(), GivenCase.accepted).state.holder == Holder(.squad, "north"))
    let onSite = try GivenCase(CaseCity.report(), GivenCase.onSite)
    let resolved = try onSite.when(.conclude(.mediated, note: "v1"), by: .north).after()
    #expect(resolved.holder == Holder(.agency, "property") && resolved.outcome == .mediated)
    #expect(resolved.lastSquad == "north" && resolved.squad == nil)
  }

  @Test func anOutcomeKeepsALossOfTwoDigits() throws {
    let theft = try GivenCase(CaseCity.report(), GivenCase.theft)
    func concluded(_ loss: Int?) -> [CaseEvent] { [.concluded(.init(outcome: .handled, note: nil, loss: loss))] }
    theft.when(.conclude(.handled, note: nil, loss: 12_345), by: .police).then(concluded(12_000))
    theft.when(.conclude(.handled, note: nil, loss: 0), by: .police).then(concluded(0))
    theft.when(.conclude(.handled, note: nil), by: .police).then(concluded(nil))
  }

  @Test func aLaterOutcomeReplacesTheLoss() throws {
    let told = try GivenCase(CaseCity.report(), GivenCase.theft + [
      (.conclude(.handled, note: nil, loss: 12_345), .police),
    ])
    #expect(told.state.loss == 12_000)
    told.when(.conclude(.handled, note: nil, loss: 12_100), by: .police).then([])
    told.when(.conclude(.handled, note: nil), by: .police).then([])
    told.when(.conclude(.handled, note: nil, loss: 400), by: .police)
      .thenRejected(.notNow(step: .concluded, phase: .resolved))
    let answered: GivenCase.History = [
      (.conclude(.handled, note: nil, loss: 12_345), .police), (.answer(channel: "phone", note: nil), .police),
      (.reopen(reason: "not-solved", note: nil), .reporter),
    ]
    let again = try GivenCase(CaseCity.report(), GivenCase.theft + answered)
    #expect(again.state.loss == nil)
    #expect(try again.when(.conclude(.handled, note: nil, loss: 400), by: .police).after().loss == 400)
  }

  @Test func aSquadAroundTheCornerNeedNotSetOut() throws {
    let accepted = try GivenCase(CaseCity.report(), GivenCase.accepted)
    accepted.when(.arrive, by: .north).then([.arrived(.init())])
    try GivenCase(CaseCity.report(), GivenCase.accepted + [(.arrive, .north)]).when(.setOut, by: .north).then([])
  }

  @Test func aConfirmationCloses() throws {
    let answered = try GivenCase(CaseCity.report(), GivenCase.answered)
    let at = answered.state.lastAt + .minutes(1)
    answered.when(.confirm, by: .reporter).then([.confirmed, .closed(.init(returnWindowEnd: at + .days(7)))])
    try GivenCase(CaseCity.report(), GivenCase.answered + [(.close, .desk)]).when(.confirm, by: .reporter)
      .then([.confirmed])
  }

  @Test func silenceAgreesAfterThePacksTime() throws {
    let answered = try GivenCase(CaseCity.report(), GivenCase.answered)
    let agrees = answered.state.lastAt + .days(3)
    answered.when(.close, by: .clock, at: agrees - .seconds(1)).thenRejected(.noAnswerYet)
    answered.when(.close, by: .clock, at: agrees).then([.closed(.init(returnWindowEnd: agrees + .days(7)))])
  }

  @Test func reopeningBeginsARoundWithNewDeadlines() throws {
    let closed = try GivenCase(CaseCity.report(), GivenCase.closed)
    let after = try closed.when(.reopen(reason: "not-solved", note: nil), by: .reporter).after()
    #expect(after.phase == .handling && after.holder == Holder(.agency, "property"))
    #expect(after.rounds.count == 2 && after.rounds[0].takenBackAt == after.lastAt)
    #expect(after.round.closure?.from == after.lastAt && after.outcome == nil)
  }

  @Test func whatIsHandedBackLiesAtItsDeskAgain() throws {
    let signed = try GivenCase(CaseCity.report(), GivenCase.signed)
    let at = signed.state.lastAt + .minutes(1)
    let when = signed.when(.handBack(reason: "not-ours", note: nil), by: .property)
    when.then([.handedBack(.init(reason: "not-ours", note: nil, desk: "police", isToPolice: true,
                                 returnWindowEnd: at + .days(7)))])
    #expect(try when.after().holder == Holder(.desk, "police"))
    #expect(try when.after().agency == nil)
  }

  @Test func mergedAndBackItLiesAtTheDesk() throws {
    let after = try GivenCase(CaseCity.report(), GivenCase.ordered + [(.merge(into: "c2"), .desk)])
      .when(.unmerge, by: .desk).after()
    #expect(after.phase == .desk && after.holder == Holder(.desk, "police") && after.assignment == nil)
  }

  @Test func theLadderIsClimbedRungByRung() throws {
    let signed = try GivenCase(CaseCity.report(), GivenCase.signed)
    let due = try #require(signed.state.openDues.first { $0.step == .feedback })
    signed.when(.notice(.feedback, rung: 0), by: .clock, at: due.rungs[0] - .seconds(1)).thenRejected(.nothingDue)
    let reminded = signed.when(.notice(.feedback, rung: 0), by: .clock, at: due.rungs[0])
    reminded.then([notice(.reminder, due, 0, "agency", "property")])
    let state = try reminded.after()
    let late = CaseCommand(.notice(.feedback, rung: 1), by: .clock, at: due.rungs[1])
    #expect(try CaseCity.decider.decide(late, state) == [notice(.warning, due, 1, "overseer", "office")])
  }

  private func notice(_ notice: DeadlineTable.Rung.Notice, _ due: Due, _ rung: Int, _ addressee: String,
                      _ agency: String) -> CaseEvent
  {
    .noticed(.init(notice: notice, step: due.step, from: due.from, due: due.at, rung: rung, addressee: addressee,
                   agency: agency))
  }

  @Test func anAgencyThatDoesNotSignIsPursuedToo() throws {
    let assigned = try GivenCase(CaseCity.report(), GivenCase.assigned)
    let due = try #require(assigned.state.openDues.first { $0.step == .sign })
    let after = try assigned.when(.notice(.sign, rung: 0), by: .clock, at: due.at).after()
    #expect(after.notices.map(\.event.agency) == ["property"] && after.nextRung(due) == 1)
  }

  @Test func workEndsAPause() throws {
    let paused = try GivenCase(
      CaseCity.report(), GivenCase.assigned + [(.pause(reason: "material", note: nil), .desk)])
    let due = try #require(paused.state.assignment?.due)
    let late = due.at + .hours(5)
    let when = paused.when(.sign, by: .property, at: late)
    #expect(try when.result.get().map(\.step) == [.resumed, .signed])
    let signed = try #require(try when.after().assignments.last)
    #expect(signed.due?.at == late + (due.at - paused.state.lastAt) && signed.signedAt == late)
  }

  @Test func aJudgementCountsThePausesBefore() throws {
    let start = CaseCity.start
    let history: GivenCase.History = [
      GivenCase.judge("theft.bicycle"), (.pause(reason: "material", note: nil), .desk),
    ]
    let paused = try GivenCase(CaseCity.report(), history)
    var state = try paused.when(.resume(reason: "here"), by: .desk, at: start + .days(3)).after()
    let feedback = start + .hours(2) + .days(3) - .minutes(2)
    #expect(state.round.feedback?.at == feedback)
    let again = CaseCommand(.judge(.init(kind: "theft.bicycle", basis: "second look")), by: .desk,
                            at: state.lastAt + .minutes(1))
    for event in try CaseCity.decider.decide(again, state) { state.evolve(event, at: again.at) }
    #expect(state.round.feedback?.at == feedback)
  }

  @Test func newWordsAreNotSwallowed() throws {
    let resolved = try GivenCase(
      CaseCity.report(), GivenCase.onSite + [(.conclude(.mediated, note: "v1"), .north)])
    resolved.when(.conclude(.mediated, note: "v1"), by: .north).then([])
    resolved.when(.conclude(.mediated, note: nil), by: .north).then([])
    resolved.when(.conclude(.mediated, note: "v2"), by: .north)
      .thenRejected(.notNow(step: .concluded, phase: .resolved))
    let complained = try GivenCase(CaseCity.report(), [(.complain(note: "v1"), .reporter)])
    complained.when(.complain(note: "v1"), by: .reporter).then([])
    complained.when(.complain(note: "v2"), by: .reporter).then([.complained(.init(note: "v2"))])
  }

  @Test func whatWasHandedBackIsNoLongerItsSquads() throws {
    let history = GivenCase.resolved + [
      (.handBack(reason: "not-ours", note: nil), .property), GivenCase.assign("market"), (.sign, .market),
      (.conclude(.handled, note: nil), .market),
    ]
    try GivenCase(CaseCity.report(), history).when(.answer(channel: "phone", note: nil), by: .north)
      .thenRejected(.notYourSquad)
  }
}
