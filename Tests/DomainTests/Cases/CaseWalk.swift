import Domain
import Foundation
import Testing

/// The seeds of random tests: from `HEADWATER_SEED`, else new ones. A failure names the one that repeats it.
enum Seeds {
  static let first: UInt64 = {
    let given = ProcessInfo.processInfo.environment["HEADWATER_SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 0..<1_000_000_000)
    print("HEADWATER_SEED=\(seed)")
    return seed
  }()

  static func from(_ count: Int) -> [UInt64] { (0..<count).map { first &+ UInt64($0) } }
}

/// A case and what a random sequence of commands, likely and unlikely ones, made of it.
struct CaseWalk {
  struct Accepted {
    let command: CaseCommand
    let events: [CaseEvent]
    let before: CaseState
    let after: CaseState
  }

  private(set) var opened: CaseState
  private(set) var accepted: [Accepted] = []
  private(set) var journal: [(event: CaseEvent, at: Instant)]
  private(set) var rejections = Set<Rejection>()
  private var numbers: SeededNumbers
  private var counter = 1

  var state: CaseState { accepted.last?.after ?? opened }

  init(seed: UInt64, commands: Int) throws {
    var numbers = SeededNumbers(seed: seed)
    let report = CaseCity.report(
      door: ["110", "12345"].randomElement(using: &numbers) ?? "110",
      dangers: Int.random(in: 0..<8, using: &numbers) == 0 ? ["weapon"] : [])
    let event = try CaseCity.decider.open(report, by: .desk, at: CaseCity.start)
    opened = try #require(CaseState(id: "c1", founding: event, at: CaseCity.start))
    journal = [(event, CaseCity.start)]
    self.numbers = numbers
    for _ in 0..<commands { step() }
  }

  private mutating func step() {
    let before = state
    let at = nextInstant(before)
    let (action, actor) = nextCommand(before)
    let command = CaseCommand(action, by: actor, at: at)
    do {
      let events = try CaseCity.decider.decide(command, before)
      guard !events.isEmpty else { return }
      let after = events.reduce(into: before) { $0.evolve($1, at: at) }
      accepted.append(Accepted(command: command, events: events, before: before, after: after))
      journal += events.map { ($0, at) }
    } catch { rejections.insert(error) }
  }

  /// At once, soon, days later, or right around an instant at which something falls due.
  private mutating func nextInstant(_ state: CaseState) -> Instant {
    let now = state.lastAt
    switch pick(10) {
    case 0...2: return now
    case 3...5: return now + .minutes(1 + pick(40))
    case 6: return now + .hours(1 + pick(30))
    case 7: return now + .days(pick(5))
    default:
      let ahead = state.openDues.flatMap { [$0.at] + $0.rungs } + [state.round.silenceAgreesAt].compactMap { $0 }
      guard let instant = ahead.filter({ $0 >= now }).randomElement(using: &numbers) else { return now }
      return max(now, instant + Span(milliseconds: Int64(pick(3) - 1)))
    }
  }

  /// Mostly what the table allows here; sometimes anything at all.
  private mutating func nextCommand(_ state: CaseState) -> (CaseCommand.Action, Actor) {
    let rows = Transitions.table.filter { $0.step != .opened }
    let likely = rows.filter { $0.from.contains(state.phase) }
    // Waiting for the next accident makes short cases: the steps that lead on are drawn more often.
    let onward = likely.filter { !$0.to.isEmpty && $0.step != .merged }
    let pool = pick(8) == 0 ? rows : pick(2) == 0 && !onward.isEmpty ? onward : likely
    guard let row = (pool.isEmpty ? rows : pool).randomElement(using: &numbers) else { return (.sign, .desk) }
    return (action(row.step, state), actor(row, state))
  }

  private mutating func actor(_ row: Transition, _ state: CaseState) -> Actor {
    let roles = Role.allCases.filter { pick(20) == 0 || row.by.contains($0) }
    let role = roles.randomElement(using: &numbers) ?? .operator
    let isLikely = pick(6) > 0
    switch role {
    case .agency: return .agency(isLikely ? state.assignments.last?.agency ?? "police" : one(Self.agencies))
    case .squadMember: return .squad(isLikely ? state.squad ?? state.lastSquad ?? "north" : one(["north", "south"]))
    default: return .of(role)
    }
  }

  private static let agencies = ["police", "property", "market", "rescue", "hotline"]

  private mutating func action(_ step: Step, _ state: CaseState) -> CaseCommand.Action {
    let reason = one(["not-ours", "wrong-area"])
    let note = pick(3) == 0 ? one(["v1", "v2"]) : nil
    switch step {
    case .opened, .judged: return .judge(judgement(state))
    case .assigned: return .assign(.init(agency: one(Self.agencies), supporting: pick(3) == 0 ? ["market"] : []))
    case .jointlyOrdered: return .orderJointly(.init(agency: one(Self.agencies)))
    case .signed: return .sign
    case .refused: return .refuse(reason: reason, note: note)
    case .dispatched: return .dispatch(squad: one(["north", "south"]), reasons: [])
    case .squadSigned: return .squadSign
    case .setOut: return .setOut
    case .arrived: return .arrive
    case .concluded: return .conclude(one(Outcome.allCases), note: note, loss: one([nil, nil, 0, 1_234, -5]))
    case .answered: return .answer(channel: one(["phone", "message"]), note: note)
    case .confirmed: return .confirm
    case .rated: return .rate(stars: pick(7))
    case .complained: return .complain(note: note)
    case .closed: return .close
    case .reopened: return .reopen(reason: reason, note: note)
    case .handedBack: return .handBack(reason: reason, note: note)
    case .returned: return .markReturned(.init(report: next("x"), case: "c9", isPoliceDoor: pick(2) == 0))
    case .joined: return .join(joining(state))
    case .parted: return .part(report: one(state.reports.map(\.facts.id)))
    case .merged: return .merge(into: one(["c1", "c2"]))
    case .unmerged: return .unmerge
    case .paused: return .pause(reason: reason, note: note)
    case .resumed: return .resume(reason: reason)
    case .noticed: return notice(state)
    case .rectified: return .rectify(note: note)
    case .noted: return .addNote(note: note)
    }
  }

  private mutating func judgement(_ state: CaseState) -> CaseCommand.Judgement {
    let earlier = pick(4) == 0 ? [state.firstReport.id: "r0"] : [:]
    return .init(kind: one(["dispute.noise", "dispute.wages", "theft.bicycle", "fire", "dispute", "none"]),
                 severity: pick(4) == 0 ? .urgent : nil, repeats: earlier)
  }

  private mutating func joining(_ state: CaseState) -> ReportFacts {
    if pick(4) == 0 { return state.firstReport }
    return CaseCity.report(next("r"), door: one(["110", "12345"]), at: state.lastAt,
                           dangers: pick(6) == 0 ? ["weapon"] : [])
  }

  private mutating func notice(_ state: CaseState) -> CaseCommand.Action {
    guard pick(6) > 0, let due = state.openDues.randomElement(using: &numbers) else {
      return .notice(one(DeadlineStep.allCases), rung: pick(4))
    }
    return .notice(due.step, rung: state.nextRung(due))
  }

  private mutating func next(_ prefix: String) -> String {
    counter += 1
    return prefix + String(counter)
  }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &numbers) }

  private mutating func one<Item>(_ items: [Item]) -> Item { items[pick(items.count)] }
}
