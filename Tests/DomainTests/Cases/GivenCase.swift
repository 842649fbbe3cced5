import Domain
import Testing

/// `given(…).when(…).then(…)`: a case brought to where it is by commands, a command, and what comes of it.
struct GivenCase {
  let state: CaseState
  /// What happened, with its instants: the journal of the case.
  let journal: [(event: CaseEvent, at: Instant)]

  /// - Parameter history: commands, each a minute after the one before; all must be accepted.
  init(_ report: ReportFacts = CaseCity.report(), _ history: [(CaseCommand.Action, Actor)] = [],
       decider: CaseDecider = CaseCity.decider) throws
  {
    let opened = try decider.open(report, by: .desk, at: report.receivedAt)
    var journal = [(event: opened, at: report.receivedAt)]
    var state = try #require(CaseState(id: "c1", founding: opened, at: report.receivedAt))
    for (index, (action, actor)) in history.enumerated() {
      let at = report.receivedAt + .minutes(index + 1)
      let events = try decider.decide(CaseCommand(action, by: actor, at: at), state)
      for event in events {
        state.evolve(event, at: at)
        journal.append((event, at))
      }
    }
    self.state = state
    self.journal = journal
  }

  /// A minute after the last event, unless said otherwise.
  func when(_ action: CaseCommand.Action, by actor: Actor, at: Instant? = nil) -> WhenCase {
    let at = at ?? state.lastAt + .minutes(1)
    do {
      let events = try CaseCity.decider.decide(CaseCommand(action, by: actor, at: at), state)
      return WhenCase(before: state, at: at, result: .success(events))
    } catch { return WhenCase(before: state, at: at, result: .failure(error)) }
  }
}

struct WhenCase {
  let before: CaseState
  let at: Instant
  let result: Result<[CaseEvent], Rejection>

  func then(_ events: [CaseEvent], at location: SourceLocation = #_sourceLocation) {
    #expect(result == .success(events), sourceLocation: location)
  }

  func thenRejected(_ rejection: Rejection, at location: SourceLocation = #_sourceLocation) {
    #expect(result == .failure(rejection), sourceLocation: location)
  }

  /// The state after what came of it.
  func after(at location: SourceLocation = #_sourceLocation) throws -> CaseState {
    let events = try #require(try? result.get(), "rejected: \(result)", sourceLocation: location)
    return events.reduce(into: before) { $0.evolve($1, at: at) }
  }
}

/// Cases named for where they are.
extension GivenCase {
  typealias History = [(CaseCommand.Action, Actor)]

  static func judge(_ kind: String = "dispute.noise") -> (CaseCommand.Action, Actor) {
    (.judge(.init(kind: kind)), .desk)
  }
  static func assign(_ agency: String = "property") -> (CaseCommand.Action, Actor) {
    (.assign(.init(agency: agency)), .desk)
  }

  static let judged: History = [judge()]
  static let assigned: History = judged + [assign()]
  static let refusedTwice: History =
    assigned + [(.refuse(reason: "not-ours", note: nil), .property), assign("market"),
                (.refuse(reason: "not-ours", note: nil), .market)]
  static let ordered: History = refusedTwice + [(.orderJointly(.init(agency: "property")), .coordinator)]
  static let signed: History = assigned + [(.sign, .property)]
  /// Of a kind that has losses.
  static let theft: History = [judge("theft.bicycle"), assign("police"), (.sign, .police)]
  static let dispatched: History = signed + [(.dispatch(squad: "north", reasons: ["nearest"]), .dispatcher)]
  static let accepted: History = dispatched + [(.squadSign, .north)]
  static let underway: History = accepted + [(.setOut, .north)]
  static let onSite: History = underway + [(.arrive, .north)]
  static let resolved: History = onSite + [(.conclude(.mediated, note: nil), .north)]
  static let answered: History = resolved + [(.answer(channel: "phone", note: nil), .desk)]
  static let closed: History = answered + [(.confirm, .reporter)]
  static let merged: History = judged + [(.merge(into: "c2"), .desk)]

  static func history(_ phase: Phase) -> History {
    switch phase {
    case .desk: judged
    case .assigned: assigned
    case .coordination: refusedTwice
    case .handling: signed
    case .dispatched: dispatched
    case .accepted: accepted
    case .underway: underway
    case .onSite: onSite
    case .resolved: resolved
    case .answered: answered
    case .closed: closed
    case .merged: merged
    }
  }
}
