/// Decides what a command does to a case: events, or a rejection. Pure: the same input, the same answer.
///
/// A command that is already satisfied yields no events, so that a client may repeat it until it is answered.
public struct CaseDecider: Sendable {
  /// The pack that judged the case; for a new one, the pack in force.
  public let pack: CityPack

  public init(pack: CityPack) { self.pack = pack }

  /// - Parameter desk: the desk of the report's door, or the police's where a danger cue stands.
  public func open(_ report: ReportFacts, by actor: Actor, at: Instant, isHistory: Bool = false)
    throws(Rejection) -> CaseEvent
  {
    try mayAct(.opened, as: actor.role)
    guard let door = pack.desk(door: report.door) else { throw .unknownDoor(report.door) }
    guard pack.division(report.division) != nil else { throw .unknownDivision(report.division) }
    if let kind = report.kind { _ = try leaf(kind) }
    let clocks = CaseClocks(pack: pack)
    let severity = report.kind.flatMap { pack.kind($0)?.severity } ?? .ordinary
    let dues = isHistory ? [] : [DeadlineStep.feedback, .closure].compactMap {
      clocks.due($0, kind: report.kind, severity: severity, from: report.receivedAt, at: at)
    }
    let desk = report.dangers.isEmpty ? door : pack.policeDesk ?? door
    return .opened(.init(report: report, desk: desk, pack: pack.version, dues: dues))
  }

  public func decide(_ command: CaseCommand, _ state: CaseState) throws(Rejection) -> [CaseEvent] {
    if isSatisfied(command, state) { return [] }
    try mayAct(command.action.step, as: command.actor.role)
    guard Transitions.of(command.action.step).from.contains(state.phase) else {
      throw .notNow(step: command.action.step, phase: state.phase)
    }
    try ownership(command, state)
    return try events(command, state)
  }

  private func mayAct(_ step: Step, as role: Role) throws(Rejection) {
    guard Transitions.of(step).by.contains(role) else { throw .notByRole(step: step, role: role) }
  }

  /// An agency acts on what it was assigned or has signed, a squad on what it was sent to.
  private func ownership(_ command: CaseCommand, _ state: CaseState) throws(Rejection) {
    switch command.actor.role {
    case .agency:
      let isAsked = command.action.step == .signed || command.action.step == .refused
      let answerable = isAsked ? state.assignment?.agency : state.agency ?? state.round.agency
      guard let answerable, command.actor.agency == answerable else { throw .notYourCase }
    case .squadMember:
      guard let squad = state.squad ?? state.lastSquad, command.actor.squad == squad else { throw .notYourSquad }
    default: break
    }
  }

  private func isSatisfied(_ command: CaseCommand, _ state: CaseState) -> Bool {
    switch command.action {
    case .sign: state.phase != .assigned && state.agency != nil && state.agency == command.actor.agency
    case .dispatch(let squad, _): state.phase == .dispatched && state.squad == squad
    case .squadSign: state.phase == .accepted && state.squad == command.actor.squad
    case .setOut: state.phase == .underway && state.squad == command.actor.squad
    case .arrive: state.phase == .onSite && state.squad == command.actor.squad
    case .conclude(let outcome, _): state.phase == .resolved && state.outcome == outcome
    case .answer: state.phase == .answered
    case .confirm: state.phase == .closed && state.round.confirmedAt != nil
    case .rate(let stars): state.round.stars == stars
    case .close: state.phase == .closed
    case .pause: state.pausedAt != nil
    case .resume: state.pausedAt == nil && state.wasPaused
    case .assign(let wish): state.phase == .assigned && state.assignment?.agency == wish.agency
    case .join(let report): state.reports.contains { $0.facts.id == report.id }
    case .merge(let target): state.mergedInto == target
    case .notice(let step, let rung): state.notices.contains { $0.event.step == step && $0.event.rung == rung
        && $0.event.from == state.openDues.first { $0.step == step }?.from }
    case .markReturned(let mark): state.returnedBy.contains(mark.report)
    default: false
    }
  }
}

extension CityPack {
  /// The desk that a report with a danger cue goes to, whatever door it came by.
  public var policeDesk: String? {
    desks.values.filter { agency($0)?.isPolice == true }.min()
  }
}
