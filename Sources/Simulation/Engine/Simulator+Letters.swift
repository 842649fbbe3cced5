import Domain
import Features
import SQL

/// Requests on their way: lost, repeated and overtaken where the plan says so. Senders are honest: they keep their
/// idempotency key and try again until they are answered.
extension Simulator {
  func send(_ content: Letter.Content, _ intent: Intent, file: Int, by actor: Actor) async throws {
    let letter = Letter(content: content, actor: actor, file: file, caseID: files[file].id, intent: intent)
    let id = sent
    sent += 1
    guard plan.faults != nil else {
      let answer = try await Self.carryOut(letter, key: nil, service)
      return try await take(answer, to: letter)
    }
    letters[id] = letter
    post(id)
  }

  private func post(_ id: Int) {
    guard let faults = plan.faults, let letter = letters[id] else { return }
    let attempt = letter.attempts + 1
    letters[id]?.attempts = attempt
    var random = root.split("way of \(id) \(attempt)")
    if attempt > 1 { tally.faults += 1 }
    if !areFaultsOn || !random.chance(faults.dropped) {
      agenda.add(.deliver(letter: id), at: clock.now + way(faults, &random))
      if areFaultsOn, random.chance(faults.repeated) {
        agenda.add(.deliver(letter: id), at: clock.now + way(faults, &random))
      }
    }
    let patience = Span.seconds(min(30 * attempt, 300))
    agenda.add(.retry(letter: id, attempt: attempt), at: clock.now + patience)
  }

  private func way(_ faults: FaultPlan, _ random: inout SeededRandom) -> Span {
    guard areFaultsOn, random.chance(faults.delayed) else { return Span(milliseconds: 20 + Int64(random.below(400))) }
    return Span(milliseconds: random.delay(Delay(4, spread: 1)))
  }

  func retry(_ id: Int, attempt: Int) {
    guard let letter = letters[id], !letter.isAnswered, letter.attempts == attempt else { return }
    post(id)
  }

  /// The program gets the letter; its answer sets out, unless it dies over it.
  func deliver(_ id: Int) async throws {
    guard let faults = plan.faults, let letter = letters[id] else { return }
    var random = root.split("answer to \(id) \(letter.attempts) \(clock.now.milliseconds)")
    let key = RequestKey(scope: letter.actor.id, key: "letter-\(id)", bodyHash: [])
    let answer = areFaultsOn && random.chance(faults.overtaken)
      ? try await carryOutLate(letter, key: key) : try await Self.carryOut(letter, key: key, service)
    if random.chance(0.2) { try await observer.moment() }
    if case .unavailable = answer {
      tally.faults += 1
      if random.chance(0.5) { return crash() }
    }
    if areFaultsOn, random.chance(faults.dropped) { return }
    agenda.add(.reply(letter: id, answer), at: clock.now + way(faults, &random))
  }

  func hear(_ answer: Letter.Answer, to id: Int) async throws {
    guard let letter = letters[id] else { return }
    if case .unavailable = answer { return }
    if case .receipt(let receipt) = answer {
      if let first = letter.receipt, first != receipt {
        tally.contradictions.append(.answeredTwice(report: first.report, other: receipt.report))
      }
      letters[id]?.receipt = receipt
    }
    guard !letter.isAnswered else { return }
    letters[id]?.isAnswered = true
    try await take(answer, to: letter)
  }

  /// The program dies and is started again: whatever it held in memory is gone.
  func crash() {
    tally.crashes += 1
    service = restart()
  }

  func isFault(_ error: any Error) -> Bool { plan.faults != nil && Self.isUnavailable(error) }

  private static func isUnavailable(_ error: any Error) -> Bool {
    switch error as? DatabaseError {
    case .unavailable, .conflict: true
    case .constraint, .failed, nil: false
    }
  }

  /// The next letter overtakes this one between its last statement and its commit.
  private func carryOutLate(_ letter: Letter, key: RequestKey) async throws -> Letter.Answer {
    let gate = CommitGate()
    let late = Task { [service] in try await Simulator.carryOut(letter, key: key, service, stoppingAt: gate) }
    await gate.reached()
    defer { gate.open() }
    // Until some other request has been carried out.
    let steps = tally.steps
    while tally.steps == steps, let next = agenda.nextAt, next < plan.end, let (at, errand) = agenda.next() {
      clock.advance(to: at)
      try await perform(errand)
    }
    if tally.steps > steps { tally.overtaken += 1 }
    try await observer.moment()
    gate.open()
    return try await late.value
  }

  private static func carryOut(
    _ letter: Letter, key: RequestKey, _ service: any CityService, stoppingAt gate: CommitGate
  ) async throws -> Letter.Answer {
    defer { gate.reach() }
    return try await LateDatabase.$gate.withValue(gate) { try await carryOut(letter, key: key, service) }
  }

  private static func carryOut(_ letter: Letter, key: RequestKey?, _ service: any CityService) async throws
    -> Letter.Answer
  {
    do {
      switch letter.content {
      case .report(let report):
        return .receipt(try await service.receive(report, by: letter.actor, key: key))
      case .step(let request):
        return .summary(try await service.handle(request, case: letter.caseID, by: letter.actor, key: key))
      case .merge(let target):
        return .summary(try await service.merge(letter.caseID, into: target, by: letter.actor, key: key))
      case .unmerge: return .summary(try await service.unmerge(letter.caseID, by: letter.actor, key: key))
      case .look: return .summary(try await service.show(letter.caseID, for: letter.actor))
      }
    } catch is Rejection {
      return .refused
    } catch is ReportFault {
      return .refused
    } catch let refusal as RemoteRefusal {
      return refusal.status == 403 ? .othersDo : .refused
    } catch let error where key != nil && isUnavailable(error) {
      return .unavailable
    }
  }

  func jumpClock() {
    var random = root.split("clock \(clock.now.milliseconds)")
    // Back by up to a quarter of an hour, forwards by up to an hour, and right again now and then.
    let minutes = random.chance(0.3) ? 0 : random.below(76) - 15
    clock.setSkew(.minutes(minutes))
    agenda.add(.clockJump, at: clock.now + .minutes(20 + random.below(240)))
  }
}
