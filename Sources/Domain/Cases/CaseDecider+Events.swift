extension CaseDecider {
  func events(_ command: CaseCommand, _ state: CaseState) throws(Rejection) -> [CaseEvent] {
    let at = command.at
    switch command.action {
    case .judge(let wish): return [try judge(wish, state, at: at)]
    case .assign(let wish):
      guard state.assignment?.isBinding != true else { throw .jointOrderBinds }
      return [.assigned(try assign(wish, state, at: at))]
    case .orderJointly(let wish): return [.jointlyOrdered(try assign(wish, state, at: at))]
    case .sign: return [.signed]
    case .refuse(let reason, let note): return [try refuse(reason, note, state)]
    case .dispatch(let squad, let reasons): return [try dispatch(squad, reasons, state, at: at)]
    case .squadSign: return [.squadSigned(.init(own: command.own))]
    case .setOut: return [.setOut(.init(own: command.own))]
    case .arrive: return [.arrived(.init(own: command.own))]
    case .conclude(let outcome, let note, let loss):
      return [.concluded(.init(outcome: outcome, note: note, own: command.own, loss: try kept(loss, state)))]
    case .answer(let channel, let note):
      let silence = at + pack.windows.confirmation
      return [.answered(.init(channel: channel, note: note, silenceAgreesAt: silence, own: command.own))]
    case .confirm: return state.phase == .closed ? [.confirmed] : [.confirmed, close(at: at)]
    case .rate(let stars):
      guard (1...5).contains(stars) else { throw .starsOutOfRange }
      return [.rated(.init(stars: stars))]
    case .complain(let note): return [.complained(.init(note: note))]
    case .close: return [try close(command, state)]
    case .reopen(let reason, let note): return [.reopened(try reopen(reason, note, state, at: at))]
    case .handBack(let reason, let note): return [try handBack(reason, note, state, at: at)]
    case .markReturned(let mark): return [.returned(mark)]
    case .join(let report): return [try join(report, state)]
    case .part(let report): return [try part(report, state)]
    case .merge(let target):
      guard target != state.id else { throw .mergeIntoItself }
      return [.merged(.init(into: target))]
    case .unmerge: return [.unmerged]
    case .pause(let reason, let note):
      guard state.pausedAt == nil else { throw .alreadyPaused }
      return [.paused(.init(reason: try given(reason), note: note, dues: []))]
    case .resume(let reason): return [try resume(reason, state, at: at)]
    case .notice(let step, let rung): return [try notice(step, rung, state, at: at)]
    case .rectify(let note): return [.rectified(.init(note: note))]
    case .addNote(let note): return [.noted(.init(note: try given(note ?? ""), own: command.own))]
    }
  }

  func leaf(_ code: String) throws(Rejection) -> Kind {
    guard let kind = pack.kind(code) else { throw .unknownKind(code) }
    guard pack.isLeaf(kind: code) else { throw .kindNotLeaf(code) }
    return kind
  }

  private func given(_ reason: String) throws(Rejection) -> String {
    guard !reason.isEmpty else { throw .reasonMissing }
    return reason
  }

  private func judge(_ wish: CaseCommand.Judgement, _ state: CaseState, at: Instant) throws(Rejection) -> CaseEvent {
    let kind = try leaf(wish.kind)
    let severity = wish.severity ?? kind.severity
    let clocks = CaseClocks(pack: pack)
    // A deadline that has passed was missed, whatever the case turns out to be.
    let running = [state.round.feedback, state.round.closure].compactMap { $0 }
      .filter { $0.at > at && ($0.step != .feedback || state.round.answeredAt == nil) }
    let dues = running.compactMap {
      clocks.due($0.step, kind: kind.code, severity: severity, from: state.round.from, pauses: state.round.pauses,
                 at: at)
    }
    return .judged(.init(kind: kind.code, jurisdiction: kind.jurisdiction, severity: severity, basis: wish.basis,
                         certainty: wish.certainty, repeats: wish.repeats, dues: dues))
  }

  private func assign(_ wish: CaseCommand.Assignment, _ state: CaseState, at: Instant)
    throws(Rejection) -> CaseEvent.Assigned
  {
    guard let judgement = state.judgement else { throw .notJudged }
    guard let agency = pack.agency(wish.agency) else { throw .unknownAgency(wish.agency) }
    for code in wish.supporting where pack.agency(code) == nil { throw .unknownAgency(code) }
    try mayGo(to: agency, dangers: state.dangers)
    let due = runningSignDue(agency, state, at: at) ?? CaseClocks(pack: pack).due(
      .sign, kind: judgement.kind, severity: judgement.severity, from: at, at: at)
    return .init(agency: agency.code, isPolice: agency.isPolice, supporting: wish.supporting, basis: wish.basis,
                 due: due)
  }

  /// Asking the same agency again gives it no more time.
  private func runningSignDue(_ agency: Agency, _ state: CaseState, at: Instant) -> Due? {
    guard let stands = state.assignment, stands.agency == agency.code else { return nil }
    return stands.due.flatMap { $0.at > at ? $0 : nil }
  }

  private func mayGo(to agency: Agency, dangers: Set<String>) throws(Rejection) {
    guard dangers.isEmpty || agency.isPolice || agency.isRescue else {
      throw .dangerForbidsDiversion(cues: dangers.sorted())
    }
  }

  private func refuse(_ reason: String, _ note: String?, _ state: CaseState) throws(Rejection) -> CaseEvent {
    guard let assignment = state.assignment else { throw .notYourCase }
    guard !assignment.isBinding else { throw .jointOrderBinds }
    return .refused(.init(agency: assignment.agency, reason: try given(reason), note: note,
                          coordinator: state.refusals >= 1 ? pack.coordinator : nil))
  }

  private func kept(_ loss: Int?, _ state: CaseState) throws(Rejection) -> Int? {
    guard let loss else { return nil }
    let kind = state.judgement?.kind ?? ""
    guard pack.kind(kind)?.hasLosses == true else { throw .kindWithoutLosses(kind) }
    guard let rounded = Loss.rounded(loss) else { throw .lossOutOfRange }
    return rounded
  }

  private func dispatch(_ squad: String, _ reasons: [String], _ state: CaseState, at: Instant)
    throws(Rejection) -> CaseEvent
  {
    guard pack.squad(squad) != nil else { throw .unknownSquad(squad) }
    let due = state.judgement.flatMap {
      CaseClocks(pack: pack).due(.arrive, kind: $0.kind, severity: $0.severity, from: at, at: at)
    }
    return .dispatched(.init(squad: squad, reasons: reasons, due: due))
  }

  private func close(_ command: CaseCommand, _ state: CaseState) throws(Rejection) -> CaseEvent {
    // The desk may close once it has asked the reporter; the agency itself, and the clock, only when the reporter
    // has agreed or has been silent for the pack's time.
    let mayDecide = command.actor.role == .operator || command.actor.role == .dispatcher
    let agreed = state.round.confirmedAt != nil || state.round.silenceAgreesAt.map { $0 <= command.at } ?? false
    guard mayDecide || agreed || command.actor.role == .reporter else { throw .noAnswerYet }
    return close(at: command.at)
  }

  private func close(at: Instant) -> CaseEvent { .closed(.init(returnWindowEnd: at + pack.windows.returnFlow)) }

  private func reopen(_ reason: String, _ note: String?, _ state: CaseState, at: Instant)
    throws(Rejection) -> CaseEvent.Reasoned
  {
    let clocks = CaseClocks(pack: pack)
    let dues = [DeadlineStep.feedback, .closure].compactMap { step in
      clocks.due(step, kind: state.judgement?.kind, severity: state.judgement?.severity ?? .ordinary, from: at, at: at)
    }
    return .init(reason: try given(reason), note: note, dues: dues)
  }

  private func handBack(_ reason: String, _ note: String?, _ state: CaseState, at: Instant)
    throws(Rejection) -> CaseEvent
  {
    .handedBack(.init(reason: try given(reason), note: note, desk: state.desk,
                      isToPolice: pack.agency(state.desk)?.isPolice ?? false,
                      returnWindowEnd: at + pack.windows.returnFlow))
  }

  private func join(_ report: ReportFacts, _ state: CaseState) throws(Rejection) -> CaseEvent {
    // A second report that speaks of danger must not vanish into a case that lies elsewhere: with an agency, or at
    // a desk that is not the police's where there is one that is.
    let body = state.assignment?.agency ?? (pack.policeDesk == nil ? nil : state.holder.body)
    if let agency = body.flatMap(pack.agency) { try mayGo(to: agency, dangers: Set(report.dangers)) }
    return .joined(report)
  }

  private func part(_ report: String, _ state: CaseState) throws(Rejection) -> CaseEvent {
    guard state.reports.contains(where: { $0.facts.id == report }) else { throw .reportNotInCase }
    guard state.reports.count > 1 else { throw .lastReport }
    return .parted(.init(report: report))
  }

  func resume(_ reason: String, _ state: CaseState, at: Instant) throws(Rejection) -> CaseEvent {
    guard let paused = state.pausedAt else { throw .notPaused }
    let dues = CaseClocks(pack: pack).moved(state.openDues, pausedAt: paused, resumedAt: at)
    return .resumed(.init(reason: try given(reason), note: nil, dues: dues))
  }

  private func notice(_ step: DeadlineStep, _ rung: Int, _ state: CaseState, at: Instant)
    throws(Rejection) -> CaseEvent
  {
    guard state.pausedAt == nil else { throw .paused }
    guard let due = state.openDues.first(where: { $0.step == step }), state.nextRung(due) == rung,
      due.rungs.indices.contains(rung), due.rungs[rung] <= at, pack.deadlines.ladder.indices.contains(rung)
    else { throw .nothingDue }
    let plan = pack.deadlines.ladder[rung]
    let answerable = state.assignment?.agency ?? state.holder.body
    let inbox = switch plan.addressee {
    case "overseer": pack.agency(answerable)?.overseer ?? answerable
    case "coordinator": pack.coordinator
    default: answerable
    }
    return .noticed(.init(notice: plan.notice, step: step, from: due.from, due: due.at, rung: rung,
                          addressee: plan.addressee, agency: inbox))
  }
}
