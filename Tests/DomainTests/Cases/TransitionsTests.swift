import Domain
import Testing

/// The table of transitions against the decider: every phase × step × role.
@Suite struct TransitionsTests {
  @Test func theTableHasARowForEveryStep() {
    #expect(Transitions.table.map(\.step) == Transitions.table.map(\.step).uniqued)
    #expect(Set(Transitions.table.map(\.step)) == Set(Step.allCases))
  }

  @Test(arguments: Phase.allCases) func theDeciderAcceptsWhatTheTableAllowsAndNothingElse(_ phase: Phase) throws {
    for step in Step.allCases where step != .opened {
      let given = try prepared(step, phase)
      #expect(given.state.phase == phase)
      for role in Role.allCases { try check(step, role, given) }
    }
  }

  private func check(_ step: Step, _ role: Role, _ given: GivenCase) throws {
    let row = Transitions.of(step)
    let at = given.state.lastAt + .days(30)
    let result = given.when(action(step, given.state), by: .of(role), at: at).result
    let place = Comment("\(step) by \(role) in \(given.state.phase): \(result)")
    switch result {
    case .success(let events) where !events.isEmpty:
      #expect(row.from.contains(given.state.phase) && row.by.contains(role), place)
      followsTheTable(events, given.state, at: at, place)
    case .success: #expect(!row.from.contains(given.state.phase) && row.by.contains(role), place)
    case .failure(.notByRole): #expect(!row.by.contains(role), place)
    case .failure(.notNow): #expect(!row.from.contains(given.state.phase) && row.by.contains(role), place)
    // Neither the body that was asked, nor the one that holds it.
    case .failure(.notYourCase): #expect(role == .agency && given.state.agency == nil, place)
    case .failure(.notYourSquad): #expect(role == .squadMember && given.state.squad == nil, place)
    case .failure: Issue.record(place)
    }
  }

  private func followsTheTable(_ events: [CaseEvent], _ before: CaseState, at: Instant, _ place: Comment) {
    var state = before
    for event in events {
      let row = Transitions.of(event.step)
      let from = state.phase
      state.evolve(event, at: at)
      #expect(row.from.contains(from), place)
      #expect(row.to.isEmpty ? state.phase == from : row.to.contains(state.phase), place)
      #expect(state.phaseSince == (state.phase == from ? before.phaseSince : at), place)
    }
  }

  /// A case in the phase in which the step, where the table allows it, has something to do.
  private func prepared(_ step: Step, _ phase: Phase) throws -> GivenCase {
    let history = GivenCase.history(phase)
    if step == .confirmed, phase == .closed {
      return try GivenCase(CaseCity.report(), GivenCase.answered + [(.close, .desk)])
    }
    guard !phase.isEnded else { return try GivenCase(CaseCity.report(), history) }
    switch step {
    case .resumed:
      return try GivenCase(CaseCity.report(), history + [(.pause(reason: "material", note: nil), .supervisor)])
    case .parted: return try GivenCase(CaseCity.report(), history + [(.join(CaseCity.report("r2")), .desk)])
    default: return try GivenCase(CaseCity.report(), history)
    }
  }

  private func action(_ step: Step, _ state: CaseState) -> CaseCommand.Action {
    switch step {
    case .opened, .judged: .judge(.init(kind: "dispute.wages"))
    case .assigned: .assign(.init(agency: "market"))
    case .jointlyOrdered: .orderJointly(.init(agency: "property"))
    case .signed: .sign
    case .refused: .refuse(reason: "wrong-area", note: nil)
    case .dispatched: .dispatch(squad: "south", reasons: [])
    case .squadSigned: .squadSign
    case .setOut: .setOut
    case .arrived: .arrive
    case .concluded: .conclude(.handled, note: nil)
    case .answered: .answer(channel: "visit", note: nil)
    case .confirmed: .confirm
    case .rated: .rate(stars: 4)
    case .complained: .complain(note: nil)
    case .closed: .close
    case .reopened: .reopen(reason: "not-solved", note: nil)
    case .handedBack: .handBack(reason: "not-ours", note: nil)
    case .returned: .markReturned(.init(report: "r9", case: "c9", isPoliceDoor: true))
    case .joined: .join(CaseCity.report("r3"))
    case .parted: .part(report: "r1")
    case .merged: .merge(into: "c3")
    case .unmerged: .unmerge
    case .paused: .pause(reason: "material", note: nil)
    case .resumed: .resume(reason: "done")
    case .noticed: .notice(.closure, rung: 0)
    case .rectified: .rectify(note: nil)
    case .noted: .addNote(note: "v1")
    }
  }
}

extension Array where Element: Hashable {
  fileprivate var uniqued: [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}
