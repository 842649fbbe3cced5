import Domain
import Features

/// What happens next with a case, by where it stands: who decides, what they mean to do, and how long they take.
extension Simulator {
  /// An answer has come to whoever sent `letter`.
  func take(_ answer: Letter.Answer, to letter: Letter) async throws {
    let index = letter.file
    switch answer {
    case .unavailable: return
    case .othersDo: tally.refused += 1
    case .receipt(let receipt):
      tally.steps += 1
      opened(receipt, file: index)
    case .summary(let summary):
      tally.steps += 1
      files[index].looks = letter.intent == .look ? files[index].looks : 0
      taken(summary, letter, index)
    case .refused:
      tally.refused += 1
      let isChain = letter.intent != .report && letter.intent != .look && letter.intent != .meddle
      guard isChain, !isDraining, files[index].looks < 3 else { return }
      // Something has happened to the case meanwhile: look, then think again.
      files[index].looks += 1
      schedule(.look, on: index, by: "desk", after: Delay(1, spread: 0.3))
    }
  }

  private func taken(_ summary: CaseAnswer, _ letter: Letter, _ index: Int) {
    let before = files[index].phase
    let intent = letter.intent
    // The answer to a merger is the case that this one became part of.
    guard summary.id == letter.caseID || intent == .merge || intent == .mergeWrongly else {
      files[index].phase = .merged
      return
    }
    switch intent {
    case .merge, .mergeWrongly:
      files[index].phase = .merged
      files[index].mergedInto = summary.id
    default: files[index].take(summary)
    }
    switch intent {
    case .rate, .complain, .rectify, .meddle:
      if files[index].phase != before { next(index) }
    case .pause:
      schedule(.resume, on: index, by: agencyName(index), after: Delay(2 * 1_440, spread: 0.5))
    default: next(index)
    }
  }

  func next(_ index: Int) {
    guard !isDraining else { return }
    let file = files[index]
    switch file.phase {
    case .desk: atDesk(index)
    case .assigned: atInbox(index)
    case .coordination: schedule(.orderJointly, on: index, by: "coordinator", after: plan.staffing.coordinating)
    case .handling: atAgency(index)
    case .dispatched: schedule(.squadSign, on: index, by: squadName(index), after: plan.staffing.signingUrgent)
    case .accepted:
      let isNear = with(squadName(index)) { $0.chance(0.12) }
      schedule(isNear ? .arrive : .setOut, on: index, by: squadName(index), after: plan.staffing.settingOut)
    case .underway: agenda.add(.act(file: index, .arrive), at: clock.now + travel(index))
    case .onSite:
      let notes = with(squadName(index)) { $0.chance(0.15) }
      schedule(notes ? .note : .conclude, on: index, by: squadName(index), after: plan.staffing.onSite)
    case .resolved:
      schedule(.answer, on: index, by: agencyName(index), after: plan.staffing.answering, inOffice: isOffice(index))
    case .answered: answered(index)
    case .closed: closed(index)
    case .merged:
      if file.sameAs == nil { schedule(.unmerge, on: index, by: "desk", after: Delay(25, spread: 0.5)) }
    }
  }

  private func atDesk(_ index: Int) {
    let file = files[index]
    let isWrong = file.kind.map { $0 != population.lives[file.truth].kind.code } ?? true
    let judges = file.kind == nil || isWrong && !file.wasRejudged && with("desk") { $0.chance(0.8) }
    if judges { return schedule(.judge, on: index, by: "desk", after: plan.staffing.judging) }
    if let other = neighbour(of: index), with("desk", { $0.chance(plan.habits.wrongMerge * 4) }), other != index {
      return schedule(.mergeWrongly, on: index, by: "desk", after: plan.staffing.judging)
    }
    schedule(.assign, on: index, by: "desk", after: plan.staffing.assigning)
  }

  private func atInbox(_ index: Int) {
    let agency = agencyName(index)
    let isWrong = files[index].agency != rightAgency(index)
    let refuses = with(agency) {
      $0.chance(isWrong && !files[index].isDangerous ? plan.habits.refusalWhenWrong : plan.habits.refusal)
    }
    let isUrgent = files[index].severity == .critical || files[index].severity == .urgent
    schedule(
      refuses ? .refuse : .sign, on: index, by: agency,
      after: isUrgent ? plan.staffing.signingUrgent : plan.staffing.signing, inOffice: isOffice(index))
  }

  private func atAgency(_ index: Int) {
    let agency = agencyName(index)
    let life = population.lives[files[index].truth]
    let (pauses, handsBack, visits) = with(agency) { random in
      (random.chance(plan.habits.pause), random.chance(plan.habits.handBack), random.chance(life.visit))
    }
    if pauses, !files[index].wasPaused {
      return schedule(.pause, on: index, by: agency, after: plan.staffing.answering)
    }
    if handsBack { return schedule(.handBack, on: index, by: agency, after: plan.staffing.answering) }
    if visits, nearestSquad(index) != nil {
      return schedule(.dispatch, on: index, by: agency, after: plan.staffing.dispatching)
    }
    schedule(.concludeInOffice, on: index, by: agency, after: plan.staffing.officeWork, inOffice: isOffice(index))
  }

  private func answered(_ index: Int) {
    let reporter = "reporter \(index)"
    if with(reporter, { $0.chance(complaintShare(index)) }), !files[index].hasComplained {
      schedule(.complain, on: index, by: reporter, after: Delay(60, spread: 0.8))
    }
    let draw = with(reporter) { $0.unit() }
    let habits = plan.habits
    if draw < habits.reopening, !files[index].wasReopened {
      schedule(.reopen, on: index, by: reporter, after: Delay(400, spread: 0.8))
    } else if draw < habits.reopening + habits.confirmation {
      schedule(.confirm, on: index, by: reporter, after: Delay(90, spread: 1))
    } else if draw < habits.reopening + habits.confirmation + habits.deskCloses {
      schedule(.closeAfterCall, on: index, by: "desk", after: Delay(300, spread: 0.7), inOffice: true)
    } else {
      // Silence: the clock closes it, and the people concerned hear of that.
      agenda.add(.act(file: index, .look), at: clock.now + pack.windows.confirmation + .minutes(30))
    }
  }

  private func closed(_ index: Int) {
    let reporter = "reporter \(index)"
    let (rates, complains, reopens) = with(reporter) { random in
      (random.chance(plan.habits.rating), random.chance(complaintShare(index) / 2),
       random.chance(plan.habits.reopening / 3))
    }
    if rates, !files[index].wasRated { schedule(.rate, on: index, by: reporter, after: Delay(120, spread: 1)) }
    if complains, !files[index].hasComplained {
      schedule(.complain, on: index, by: reporter, after: Delay(900, spread: 0.8))
    }
    if isVeryLate(index), !files[index].isRectified {
      schedule(.rectify, on: index, by: agencyName(index), after: plan.staffing.officeWork, inOffice: true)
    }
    if reopens, !files[index].wasReopened {
      return schedule(.reopen, on: index, by: reporter, after: Delay(2_000, spread: 0.6))
    }
    recur(index)
  }

  private func complaintShare(_ index: Int) -> Double {
    isLate(index) ? plan.habits.complaintWhenLate : plan.habits.complaint
  }

  private func isLate(_ index: Int) -> Bool { files[index].dueAt.map { $0 < clock.now } ?? false }
  private func isVeryLate(_ index: Int) -> Bool { files[index].dueAt.map { $0 + .days(2) < clock.now } ?? false }

  // MARK: - When

  func schedule(_ intent: Intent, on index: Int, by actor: String, after delay: Delay, inOffice: Bool = false) {
    guard !isDraining else { return }
    let pace = pace(of: actor)
    let span = Span(milliseconds: Int64(Double(with(actor) { $0.delay(delay) }) * pace))
    let at = inOffice ? pack.calendar.add(span, from: clock.now) : clock.now + span
    agenda.add(.act(file: index, intent), at: max(at, clock.now + Span(milliseconds: 1)))
  }

  /// Every agency has a pace of its own, and a few are slow.
  private func pace(of actor: String) -> Double {
    guard actor.hasPrefix("agency ") else { return 1 }
    var random = root.split("pace of " + actor)
    let isSlow = random.chance(0.12)
    return max(0.4, 1 + 0.25 * random.bell()) * (isSlow ? 3 : 1)
  }

  /// Whether office hours bind the agency in this case.
  private func isOffice(_ index: Int) -> Bool {
    guard let agency = files[index].agency.flatMap(pack.agency), !agency.isPolice, !agency.isRescue
    else { return false }
    let isUrgent = files[index].severity == .critical || files[index].severity == .urgent
    return !isUrgent && population.lives[files[index].truth].visit < 0.6
  }

  private func travel(_ index: Int) -> Span {
    guard let squad = files[index].squad.flatMap(pack.squad), let point = files[index].point else { return .minutes(9) }
    let kilometres = squad.base.distanceMetres(to: point) * 1.3 / 1_000
    let minutes = kilometres / plan.staffing.travelKilometresPerHour * 60
    let luck = with(squadName(index)) { 0.8 + 0.6 * $0.unit() }
    return .seconds(60 + Int(minutes * luck * 60))
  }
}
