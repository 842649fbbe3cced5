/// Decides what a command does to a case: events, or a rejection. Pure: the same input, the same answer.
///
/// A command that is already satisfied yields no events, so that a client may repeat it until it is answered.
public struct CaseDecider: Sendable {
  /// The pack that judged the case; for a new one, the pack in force.
  public let pack: CityPack

  public init(pack: CityPack) { self.pack = pack }

  /// Founds the case of a report that is to be handled.
  public func open(_ report: ReportFacts, by actor: Actor, at: Instant) throws(Rejection) -> CaseEvent {
    let desk = try self.desk(for: report, by: actor)
    let clocks = CaseClocks(pack: pack)
    let severity = report.kind.flatMap { pack.kind($0)?.severity } ?? .ordinary
    let dues = [DeadlineStep.feedback, .closure].compactMap {
      clocks.due($0, kind: report.kind, severity: severity, from: report.receivedAt, at: at)
    }
    return .opened(.init(report: report, desk: desk, pack: pack.version, dues: dues))
  }

  /// Takes over a record of the past, judged by `kind` if there is one and ended at once: nobody is asked to work on
  /// it, no clock starts, and no rate counts it.
  public func record(_ report: ReportFacts, kind: String?, by actor: Actor) throws(Rejection) -> CaseEvent {
    let desk = try self.desk(for: report, by: actor)
    var judgement: CaseEvent.History.Judgement?
    if let code = kind {
      let kind = try leaf(code)
      judgement = .init(kind: kind.code, jurisdiction: kind.jurisdiction, severity: kind.severity)
    }
    return .opened(.init(report: report, desk: desk, pack: pack.version, dues: [],
                         history: .init(judgement: judgement)))
  }

  /// The desk of the report's door, or the police's where a danger cue stands.
  private func desk(for report: ReportFacts, by actor: Actor) throws(Rejection) -> String {
    try mayAct(.opened, as: actor.role)
    guard let door = pack.desk(door: report.door) else { throw .unknownDoor(report.door) }
    guard pack.division(report.division) != nil else { throw .unknownDivision(report.division) }
    if let kind = report.kind { _ = try leaf(kind) }
    let isSafe = report.dangers.isEmpty || pack.agency(door)?.isPolice == true
    return isSafe ? door : pack.policeDesk ?? door
  }

  public func decide(_ command: CaseCommand, _ state: CaseState) throws(Rejection) -> [CaseEvent] {
    let step = command.action.step
    try mayAct(step, as: command.actor.role)
    let fault = ownershipFault(command, state)
    if fault == nil, isSatisfied(command, state) { return [] }
    // Nothing happens to a record of the past.
    guard Transitions.of(step).from.contains(state.phase), state.recordedAt == nil else {
      throw .notNow(step: step, phase: state.phase)
    }
    if let fault { throw fault }
    guard state.pausedAt != nil, Transitions.of(step).endsPause else { return try events(command, state) }
    return try eventsAfterPause(command, state)
  }

  /// Work that goes on ends the pause, so that nobody is late by an hour in which the clocks stood still.
  private func eventsAfterPause(_ command: CaseCommand, _ state: CaseState) throws(Rejection) -> [CaseEvent] {
    let resumed = try resume(CaseEvent.Reasoned.workWentOn, state, at: command.at)
    var running = state
    running.evolve(resumed, at: command.at)
    return [resumed] + (try events(command, running))
  }

  private func mayAct(_ step: Step, as role: Role) throws(Rejection) {
    guard Transitions.of(step).by.contains(role) else { throw .notByRole(step: step, role: role) }
  }

  /// An agency acts on what it was assigned or has signed, a squad on what it was sent to.
  private func ownershipFault(_ command: CaseCommand, _ state: CaseState) -> Rejection? {
    switch command.actor.role {
    case .agency:
      guard let agency = command.actor.agency, owns(command.action.step, state, agency) else { return .notYourCase }
    case .squadMember:
      guard let squad = state.squad ?? state.lastSquad, command.actor.squad == squad else { return .notYourSquad }
    default: break
    }
    return nil
  }

  private func owns(_ step: Step, _ state: CaseState, _ agency: String) -> Bool {
    switch step {
    // What was ordered is owed even after the case has gone elsewhere.
    case .rectified:
      state.assignments.contains { $0.agency == agency } || state.notices.contains { $0.event.agency == agency }
    case .paused, .resumed: state.agency == agency
    default: state.assignments.last?.agency == agency
    }
  }
}

extension CityPack {
  /// The desk that a report with a danger cue goes to, whatever door it came by.
  public var policeDesk: String? {
    desks.values.filter { agency($0)?.isPolice == true }.min()
  }
}
