import Domain
import Testing

/// The worked example of `docs/six-rates.md`: four cases in one week of June.
struct RateExample {
  typealias Line = (action: CaseCommand.Action, actor: Actor, at: Instant)

  let cases: [[(event: CaseEvent, at: Instant)]]

  static let from = on(3, 0)
  static let to = on(10, 0)
  static let asOf = [on(4, 0), on(5, 20, 10), on(8, 0), on(11, 0)]

  static func on(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    CaseCity.at("2024-06-" + (day < 10 ? "0" : "") + String(day), hour, minute)
  }

  init() throws {
    cases = [
      try Self.journal("A", "110", Self.on(3, 9), Self.noiseThatCameBack),
      try Self.journal("B", "12345", Self.on(3, 10), Self.wagesRefusedOnce),
      try Self.journal("C", "110", Self.on(4, 9), Self.theftNobodyAnswered),
      try Self.journal("D", "110", Self.on(5, 20), Self.noiseAgain),
    ]
  }

  private static let noiseThatCameBack: [Line] = [
    (.judge(.init(kind: "dispute.noise")), .desk, on(3, 9, 5)),
    (.assign(.init(agency: "property")), .desk, on(3, 9, 5)), (.sign, .property, on(3, 9, 20)),
    (.conclude(.handled, note: nil), .property, on(3, 11)),
    (.answer(channel: "phone", note: nil), .property, on(3, 11, 30)), (.confirm, .reporter, on(3, 12)),
    (.markReturned(.init(report: "D", case: "D", isPoliceDoor: true)), .clock, on(5, 20, 5)),
  ]

  private static let wagesRefusedOnce: [Line] = [
    (.judge(.init(kind: "dispute.wages")), .desk, on(3, 10, 5)),
    (.assign(.init(agency: "market")), .desk, on(3, 10, 5)),
    (.refuse(reason: "not-ours", note: nil), .market, on(3, 10, 30)),
    (.assign(.init(agency: "property")), .desk, on(3, 10, 40)), (.sign, .property, on(3, 14, 40)),
    (.conclude(.mediated, note: nil), .property, on(5, 9)),
    (.answer(channel: "visit", note: nil), .property, on(5, 10)), (.confirm, .reporter, on(6, 9)),
    (.complain(note: nil), .reporter, on(7, 9)),
  ]

  private static let theftNobodyAnswered: [Line] = [
    (.judge(.init(kind: "theft.bicycle")), .desk, on(4, 9, 10)),
    (.assign(.init(agency: "police")), .desk, on(4, 9, 10)), (.sign, .police, on(4, 9, 15)),
  ]

  private static let noiseAgain: [Line] = [
    (.judge(.init(kind: "dispute.noise", repeats: ["D": "A"])), .desk, on(5, 20, 5)),
    (.assign(.init(agency: "property")), .desk, on(5, 20, 5)),
  ]

  private static func journal(_ id: String, _ door: String, _ at: Instant, _ lines: [Line]) throws
    -> [(event: CaseEvent, at: Instant)]
  {
    let opened = try CaseCity.decider.open(CaseCity.report(id, door: door, at: at), by: .desk, at: at)
    var state = try #require(CaseState(id: id, founding: opened, at: at))
    var journal = [(event: opened, at: at)]
    for line in lines {
      for event in try CaseCity.decider.decide(CaseCommand(line.action, by: line.actor, at: line.at), state) {
        state.evolve(event, at: line.at)
        journal.append((event, line.at))
      }
    }
    return journal
  }

  /// The cases as the events up to an instant have left them.
  func states(asOf instant: Instant) -> [CaseState] {
    zip(["A", "B", "C", "D"], cases).compactMap { id, journal in
      guard let first = journal.first, first.at <= instant,
        let founded = CaseState(id: id, founding: first.event, at: first.at)
      else { return nil }
      return journal.dropFirst().filter { $0.at <= instant }.reduce(into: founded) { $0.evolve($1.event, at: $1.at) }
    }
  }

  /// From scratch, by replay.
  func tallies(asOf instant: Instant, by dimension: RateDimension? = nil) -> [RateTally.Group: RateTally] {
    let facts = states(asOf: instant).flatMap { RateFact.facts(of: $0) }
    return RateTally.count(facts, from: Self.from, to: Self.to, asOf: instant, by: dimension)
  }

  /// From ledgers that took in everything, later events too.
  func ledgerTallies(asOf instant: Instant) -> [RateTally.Group: RateTally] {
    let rows = cases.flatMap { journal -> [RateLedger.Row] in
      var ledger = RateLedger()
      guard let first = journal.first, var state = CaseState(id: "x", founding: first.event, at: first.at) else {
        return []
      }
      ledger.update(RateFact.facts(of: state), at: first.at)
      for (event, at) in journal.dropFirst() {
        state.evolve(event, at: at)
        ledger.update(RateFact.facts(of: state), at: at)
      }
      return ledger.rows
    }
    return RateTally.count(rows, from: Self.from, to: Self.to, asOf: instant)
  }
}
