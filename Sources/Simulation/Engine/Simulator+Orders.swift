import Domain
import Features

/// Intentions become requests.
extension Simulator {
  /// The time has come for `intent`; if the case has moved on meanwhile, whoever moved it has set the next one.
  func act(_ intent: Intent, on index: Int) async throws {
    guard !files[index].id.isEmpty, intent.phases.contains(files[index].phase) else { return }
    guard let (content, actor) = order(intent, index) else { return }
    try await send(content, intent, file: index, by: actor)
  }

  private func order(_ intent: Intent, _ index: Int) -> (Letter.Content, Actor)? {
    let file = files[index]
    switch intent {
    case .report, .meddle: return nil
    case .look: return (.look, Actor(id: "system:simulation", role: .system, division: pack.district))
    case .judge, .assign, .merge, .mergeWrongly, .unmerge, .closeAfterCall:
      let desk = with("desk") { 1 + $0.below(max(1, plan.staffing.operators)) }
      return deskOrder(intent, index).map { ($0, deskActor(desk)) }
    case .orderJointly:
      guard let agency = rightAgencyInDanger(index) else { return nil }
      let order = CaseCommand.Assignment(agency: agency, basis: "joint-order")
      let coordinator = Actor(id: "account:coordinator", role: .coordinator, division: pack.district,
                              agency: pack.coordinator)
      return (.step(.init(.orderJointly(order))), coordinator)
    case .sign, .refuse, .handBack, .pause, .resume, .dispatch, .concludeInOffice, .rectify, .answer:
      guard let agency = file.agency else { return nil }
      return agencyOrder(intent, index).map { (.step($0), agencyActor(agency)) }
    case .squadSign, .setOut, .arrive, .note, .conclude:
      guard let squad = file.squad else { return nil }
      return squadOrder(intent, index).map { (.step($0), squadActor(squad)) }
    case .confirm, .rate, .complain, .reopen:
      let reporter = Actor(id: "reporter:" + file.report, role: .reporter, division: pack.district)
      return reporterOrder(intent, index).map { (.step($0), reporter) }
    }
  }

  private func rightAgencyInDanger(_ index: Int) -> String? {
    if files[index].isDangerous { return assignment(index)?.agency }
    return rightAgency(index)
  }

  private func deskOrder(_ intent: Intent, _ index: Int) -> Letter.Content? {
    let truth = population.lives[files[index].truth].kind.code
    switch intent {
    case .judge:
      let kind = with("desk") { random in
        random.chance(plan.habits.operatorMistake) ? population.mistaken(for: truth, &random) : truth
      }
      files[index].wasRejudged = files[index].kind != nil
      return .step(.init(.judge(.init(kind: kind))))
    case .assign: return assignment(index).map { .step(.init(.assign($0))) }
    case .merge: return files[index].sameAs.map { .merge(into: files[$0].id) }
    case .mergeWrongly: return neighbour(of: index).map { .merge(into: files[$0].id) }
    case .unmerge: return .unmerge
    default: return .step(.init(.close))
    }
  }

  private func agencyOrder(_ intent: Intent, _ index: Int) -> HandleCase.Request? {
    let agency = agencyName(index)
    switch intent {
    case .sign: return .init(.sign)
    case .refuse: return request(.refuse(reason: "not-ours", note: nil), "not-ours", by: agency)
    case .handBack: return request(.handBack(reason: "needs-police", note: nil), "handed-back", by: agency)
    case .pause:
      files[index].wasPaused = true
      return request(.pause(reason: "waiting", note: nil), "paused", by: agency)
    case .resume: return .init(.resume(reason: "arrived"))
    case .dispatch:
      guard let squad = nearestSquad(index) else { return nil }
      let isFree = squadFreeAt[squad.code].map { $0 <= clock.now } ?? true
      squadFreeAt[squad.code] = max(squadFreeAt[squad.code] ?? clock.now, clock.now) + .minutes(50)
      return .init(.dispatch(squad: squad.code, reasons: isFree ? ["on-shift", "free", "nearest"] : ["on-shift"]))
    case .concludeInOffice: return conclusion(index, by: agency)
    case .rectify:
      files[index].isRectified = true
      return request(.rectify(note: nil), "rectified", by: agency)
    default:
      let channel = with(agency) { $0.pick(["phone", "phone", "message", "visit"]) }
      return request(.answer(channel: channel, note: nil), "answered", by: agency)
    }
  }

  private func squadOrder(_ intent: Intent, _ index: Int) -> HandleCase.Request? {
    let squad = squadName(index)
    let request: HandleCase.Request = switch intent {
    case .squadSign: .init(.squadSign)
    case .setOut: .init(.setOut)
    case .arrive: .init(.arrive)
    case .note: .init(.addNote(note: nil), words: with(squad) { phrases.words("noted", &$0) } ?? "…")
    default: conclusion(index, by: squad)
    }
    return .init(request.action, note: request.note, phone: with(squad) { phoneClock(&$0) })
  }

  /// Now and then the squad has had no network for a while, with a phone whose clock is somewhat off.
  private func phoneClock(_ random: inout SeededRandom) -> HandleCase.PhoneClock? {
    guard random.chance(0.2) else { return nil }
    let sentAt = clock.now + Span(milliseconds: Int64(random.below(600_000)) - 300_000)
    return .init(doneAt: sentAt - .minutes(random.below(40)), sentAt: sentAt)
  }

  private func conclusion(_ index: Int, by actor: String) -> HandleCase.Request {
    let life = population.lives[files[index].truth]
    let outcome = with(actor) { life.outcomes.pick(&$0) }
    let loss = loss(index, life, outcome, by: actor)
    return request(.conclude(outcome, note: nil, loss: loss), "concluded", by: actor)
  }

  /// Asked where the case was judged to be of a kind that has losses, and there was a victim.
  private func loss(_ index: Int, _ life: Population.Life, _ outcome: Outcome, by actor: String) -> Int? {
    guard files[index].kind.flatMap({ pack.kind($0)?.hasLosses }) == true, let losses = life.losses,
      outcome != .unfounded, outcome != .withdrawn
    else { return nil }
    return with(actor) { $0.loss(losses) }
  }

  private func reporterOrder(_ intent: Intent, _ index: Int) -> HandleCase.Request? {
    let reporter = "reporter \(index)"
    switch intent {
    case .confirm: return .init(.confirm)
    case .rate:
      files[index].wasRated = true
      let likely = files[index].hasComplained ? [1, 1, 2, 3] : [3, 4, 4, 5, 5, 5]
      let stars = with(reporter) { random in random.pick(likely) }
      return .init(.rate(stars: stars))
    case .complain:
      files[index].hasComplained = true
      return request(.complain(note: nil), "complained", by: reporter)
    default:
      files[index].wasReopened = true
      return request(.reopen(reason: "not-solved", note: nil), "reopened", by: reporter)
    }
  }

  private func request(_ action: CaseCommand.Action, _ words: String, by actor: String) -> HandleCase.Request {
    let text = with(actor) { random in
      random.chance(plan.habits.words) ? phrases.words(words, &random) : nil
    }
    return .init(action, words: text)
  }
}

extension Intent {
  /// Where a case stands when this makes sense; elsewhere nobody does it.
  var phases: Set<Phase> {
    switch self {
    case .report, .meddle: []
    case .look: Set(Phase.allCases)
    case .judge: [.desk]
    case .assign: [.desk]
    case .merge, .mergeWrongly: [.desk, .assigned]
    case .unmerge: [.merged]
    case .orderJointly: [.coordination]
    case .sign, .refuse: [.assigned]
    case .handBack, .pause, .resume, .dispatch, .concludeInOffice: [.handling]
    case .rectify: [.closed]
    case .squadSign: [.dispatched]
    case .setOut: [.accepted]
    case .arrive: [.accepted, .underway]
    case .note, .conclude: [.onSite]
    case .answer: [.resolved]
    case .closeAfterCall: [.answered]
    case .confirm: [.answered]
    case .rate, .complain: [.answered, .closed]
    case .reopen: [.answered, .closed]
    }
  }
}
