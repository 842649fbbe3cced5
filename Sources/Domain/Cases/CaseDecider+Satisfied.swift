extension CaseDecider {
  /// Whether what the command asks for stands already, so that repeating it changes nothing.
  ///
  /// - A step of custody or work is satisfied once the case is where the step leads, or further on the same way, by
  ///   the same body: signing twice, or telling of the departure after the arrival.
  /// - A decision (judgement, assignment, order, squad) is satisfied while one with equal contents stands.
  /// - A reason or words that are not kept yet are never swallowed: with new ones it is a new command, which the table
  ///   allows or not. A repetition without words is satisfied.
  /// - A wish that nothing should stand (resume, unmerge, part) is satisfied when nothing does.
  func isSatisfied(_ command: CaseCommand, _ state: CaseState) -> Bool {
    switch command.action {
    case .sign: state.phase != .assigned && state.assignment?.signedAt != nil
    case .refuse(let reason, let note): isRefused(reason, note, state)
    case .squadSign, .setOut, .arrive: isOnTheWay(command.action.step, state)
    case .dispatch(let squad, _): state.squad == squad
    case .conclude(let outcome, let note, let loss):
      state.phase == .resolved && state.outcome == outcome && isKept(note, state.conclusion?.note)
        && (loss == nil || loss.flatMap(Loss.rounded) == state.conclusion?.loss)
    case .answer(let channel, let note):
      state.round.answer?.channel == channel && isKept(note, state.round.answer?.note)
    case .confirm: state.phase == .closed && state.round.confirmedAt != nil
    case .rate(let stars): state.round.stars == stars
    case .complain(let note): state.round.complaints.contains { isKept(note, $0.note) }
    case .close: state.phase == .closed
    case .reopen(let reason, let note): isReopened(reason, note, state)
    case .handBack(let reason, let note): isHandedBack(reason, note, state)
    case .rectify(let note): isRectified(note, state)
    case .addNote(let note): note.map(state.notes.contains) ?? false
    default: isDecided(command.action, state)
    }
  }

  private func isDecided(_ action: CaseCommand.Action, _ state: CaseState) -> Bool {
    switch action {
    case .judge(let wish): isJudged(wish, state)
    case .assign(let wish): isAssigned(wish, state, isBinding: false)
    case .orderJointly(let wish): isAssigned(wish, state, isBinding: true)
    case .markReturned(let mark): state.returnedBy.contains(mark.report)
    case .join(let report): state.reports.contains { $0.facts.id == report.id }
    case .part(let report): state.partedReports.contains(report)
    case .merge(let target): state.mergedInto == target
    case .unmerge: state.unmergedAt != nil && state.phase == .desk
    case .pause(let reason, let note): state.pause?.reason == reason && isKept(note, state.pause?.note)
    case .resume: state.pausedAt == nil && state.wasPaused
    case .notice(let step, let rung): isNoticed(step, rung, state)
    default: false
    }
  }

  private func isKept(_ note: String?, _ kept: String?) -> Bool { note == nil || note == kept }

  private func isJudged(_ wish: CaseCommand.Judgement, _ state: CaseState) -> Bool {
    guard let stands = state.judgement, let kind = pack.kind(wish.kind) else { return false }
    return stands.kind == kind.code && stands.severity == wish.severity ?? kind.severity && stands.basis == wish.basis
      && stands.certainty == wish.certainty && stands.repeats == wish.repeats
  }

  private func isAssigned(_ wish: CaseCommand.Assignment, _ state: CaseState, isBinding: Bool) -> Bool {
    guard state.phase == .assigned, let stands = state.assignment else { return false }
    return stands.agency == wish.agency && stands.supporting == wish.supporting && stands.isBinding == isBinding
  }

  private func isRefused(_ reason: String, _ note: String?, _ state: CaseState) -> Bool {
    guard let refusal = state.assignments.last?.refusal else { return false }
    return refusal.reason == reason && isKept(note, refusal.note)
  }

  private func isOnTheWay(_ step: Step, _ state: CaseState) -> Bool {
    let way: [Phase] = [.accepted, .underway, .onSite]
    guard let to = Transitions.of(step).to.first, let goal = way.firstIndex(of: to),
      let place = way.firstIndex(of: state.phase)
    else { return false }
    return place >= goal
  }

  private func isReopened(_ reason: String, _ note: String?, _ state: CaseState) -> Bool {
    guard let reopening = state.round.reopening, state.round.answeredAt == nil else { return false }
    return reopening.reason == reason && isKept(note, reopening.note)
  }

  private func isHandedBack(_ reason: String, _ note: String?, _ state: CaseState) -> Bool {
    guard let back = state.assignments.last?.handBack else { return false }
    return back.reason == reason && isKept(note, back.note)
  }

  private func isRectified(_ note: String?, _ state: CaseState) -> Bool {
    guard let done = state.rectification, let at = state.rectifiedAt else { return false }
    return isKept(note, done.note) && !state.notices.contains { $0.at > at }
  }

  private func isNoticed(_ step: DeadlineStep, _ rung: Int, _ state: CaseState) -> Bool {
    guard let due = state.openDues.first(where: { $0.step == step }) else { return false }
    return state.notices.contains { $0.event.step == step && $0.event.rung == rung && $0.event.from == due.from }
  }
}
