extension CaseState {
  /// The state that a first event founds; nil if it is not an opening.
  public init?(id: String, founding event: CaseEvent, at: Instant) {
    guard case .opened(let opened) = event else { return nil }
    self.id = id
    pack = opened.pack
    lastAt = at
    phaseSince = at
    desk = opened.desk
    holder = Holder(.desk, opened.desk)
    reports = [Report(facts: opened.report, joinedAt: at)]
    rounds = [Round(from: opened.report.receivedAt)]
    opened.dues.forEach { replace($0) }
    if let history = opened.history { end(history, at: at) }
  }

  private mutating func end(_ history: CaseEvent.History, at: Instant) {
    recordedAt = at
    phase = .closed
    judgement = history.judgement.map {
      Judgement(kind: $0.kind, jurisdiction: $0.jurisdiction, severity: $0.severity, at: at, since: at, repeats: [:],
                basis: "history", certainty: nil)
    }
  }

  /// Folds one event. Total: what the journal holds was decided by the rules of its day and is not judged again.
  public mutating func evolve(_ event: CaseEvent, at: Instant) {
    version += 1
    lastAt = at
    let before = phase
    apply(event, at: at)
    if let to = Self.destination(event, refusals: refusals) { phase = to }
    if phase != before { phaseSince = at }
    if let document = event.document, let sort = event.documentSort, let agency = event.addressee {
      documents.append(Issued(document: document, sort: sort, version: version, at: at, agency: agency))
    }
    for index in notices.indices where notices[index].settledAt == nil && !owes(notices[index].event) {
      notices[index].settledAt = at
    }
  }

  private static func destination(_ event: CaseEvent, refusals: Int) -> Phase? {
    if case .refused(let refused) = event { return refused.coordinator == nil ? .desk : .coordination }
    return Transitions.of(event.step).to.first
  }

  private mutating func apply(_ event: CaseEvent, at: Instant) {
    switch event {
    case .opened, .setOut: break
    case .rectified(let rectified):
      rectifiedAt = at
      rectification = rectified
      for index in notices.indices where notices[index].rectifiedAt == nil { notices[index].rectifiedAt = at }
    case .judged(let judged): judge(judged, at: at)
    case .assigned(let assigned): assign(assigned, isBinding: false, at: at)
    case .jointlyOrdered(let assigned): assign(assigned, isBinding: true, at: at)
    case .signed: sign(at: at)
    case .refused(let refused): refuse(refused, at: at)
    case .dispatched(let dispatched):
      squad = dispatched.squad
      arrive = dispatched.due
      arrivedAt = nil
    case .squadSigned: if let squad { holder = Holder(.squad, squad) }
    case .arrived: arrivedAt = at
    case .concluded(let concluded):
      conclusion = concluded
      returnToAgency()
    case .answered(let answered):
      rounds[last].answeredAt = at
      rounds[last].answer = answered
      rounds[last].silenceAgreesAt = answered.silenceAgreesAt
    case .confirmed: rounds[last].confirmedAt = at
    case .rated(let rated): rounds[last].stars = rated.stars
    case .complained(let complaint):
      rounds[last].complainedAt = rounds[last].complainedAt ?? at
      rounds[last].complaints.insert(complaint)
    case .closed(let closed):
      rounds[last].closedAt = at
      rounds[last].agency = agency
      rounds[last].returnWindowEnd = isDiverted ? closed.returnWindowEnd : nil
    case .reopened(let reopened): reopen(reopened, at: at)
    case .handedBack(let back): handBack(back, at: at)
    case .returned(let returned):
      returnedBy.insert(returned.report)
      rounds[last].takenBackAt = rounds[last].takenBackAt ?? at
      if returned.isPoliceDoor { rounds[last].returnedAt = rounds[last].returnedAt ?? at }
    case .joined(let report):
      reports.append(Report(facts: report, joinedAt: at))
      partedReports.remove(report.id)
    case .parted(let parted):
      reports.removeAll { $0.facts.id == parted.report }
      partedReports.insert(parted.report)
    case .merged(let merged):
      mergedInto = merged.into
      voidAssignment(at: at)
    case .unmerged:
      mergedInto = nil
      unmergedAt = at
      // The coordinator of an order that was merged away holds it no longer.
      holder = Holder(.desk, desk)
    case .paused(let reason):
      pausedAt = at
      pause = reason
      wasPaused = true
    case .resumed(let resumed): resume(resumed, at: at)
    case .noticed(let noticed): notices.append(Notice(event: noticed, at: at))
    case .noted(let noted): if let note = noted.note { notes.insert(note) }
    }
  }

  private var last: Int { rounds.count - 1 }

  private mutating func judge(_ judged: CaseEvent.Judged, at: Instant) {
    let isSame = judgement?.jurisdiction == judged.jurisdiction
    judgement = Judgement(
      kind: judged.kind, jurisdiction: judged.jurisdiction, severity: judged.severity, at: at,
      since: isSame ? judgement?.since ?? at : at, repeats: judged.repeats, basis: judged.basis,
      certainty: judged.certainty)
    judged.dues.forEach { replace($0) }
  }

  private mutating func assign(_ assigned: CaseEvent.Assigned, isBinding: Bool, at: Instant) {
    voidAssignment(at: at)
    assignments.append(
      Assignment(agency: assigned.agency, isPolice: assigned.isPolice, supporting: assigned.supporting,
                 isBinding: isBinding, at: at, due: assigned.due))
  }

  private mutating func voidAssignment(at: Instant) {
    guard let index = assignments.indices.last, assignments[index].signedAt == nil else { return }
    assignments[index].voidAt = assignments[index].voidAt ?? at
  }

  private mutating func sign(at: Instant) {
    guard let index = assignments.indices.last else { return }
    assignments[index].signedAt = at
    lastSquad = nil
    holder = Holder(.agency, assignments[index].agency)
    if !assignments[index].isPolice { signedByOtherThanPoliceAt = signedByOtherThanPoliceAt ?? at }
  }

  private mutating func refuse(_ refused: CaseEvent.Refused, at: Instant) {
    voidAssignment(at: at)
    if let index = assignments.indices.last { assignments[index].refusal = refused }
    refusals += 1
    if let coordinator = refused.coordinator { holder = Holder(.coordinator, coordinator) }
  }

  private mutating func returnToAgency() {
    lastSquad = squad ?? lastSquad
    squad = nil
    if let agency { holder = Holder(.agency, agency) }
  }

  private mutating func reopen(_ reopened: CaseEvent.Reasoned, at: Instant) {
    rounds[last].takenBackAt = rounds[last].takenBackAt ?? at
    rounds[last].agency = rounds[last].agency ?? agency
    rounds.append(Round(from: at, reopening: reopened))
    conclusion = nil
    returnToAgency()
    lastSquad = nil
    reopened.dues.forEach { replace($0) }
  }

  private mutating func handBack(_ back: CaseEvent.HandedBack, at: Instant) {
    if back.isToPolice, isDiverted, rounds[last].handedBack == nil, let agency {
      rounds[last].handedBack = HandBack(at: at, windowEnd: back.returnWindowEnd, agency: agency)
    }
    if let index = assignments.indices.last {
      assignments[index].endedAt = at
      assignments[index].handBack = back
    }
    desk = back.desk
    holder = Holder(.desk, back.desk)
    conclusion = nil
    squad = nil
    lastSquad = nil
  }

  private mutating func resume(_ resumed: CaseEvent.Reasoned, at: Instant) {
    if let pausedAt { rounds[last].pauses.append(Pause(from: pausedAt, to: at)) }
    pausedAt = nil
    pause = nil
    resumed.dues.forEach { replace($0) }
  }

  private mutating func replace(_ due: Due) {
    switch due.step {
    case .sign: if let index = assignments.indices.last { assignments[index].due = due }
    case .arrive: arrive = due
    case .feedback: rounds[last].feedback = due
    case .closure: rounds[last].closure = due
    }
  }
}
