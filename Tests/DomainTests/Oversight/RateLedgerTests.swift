import Domain
import Testing

/// The ledger's rows answer for every past instant what the events up to it would have answered then.
@Suite struct RateLedgerTests {
  /// What one fact amounts to as of an instant.
  struct Entry: Hashable {
    let rate: Rate
    let key: String
    let dimensions: [String]
    /// Counted at while known, else started at.
    let at: Instant
    /// Nil while not yet due.
    let isHit: Bool?
  }

  struct Moment {
    let at: Instant
    let facts: [RateFact]
  }

  @Test func everyInstantEqualsAReplayUpToIt() throws {
    for seed in Seeds.from(200) {
      let (moments, ledger) = try history(CaseWalk(seed: seed, commands: 45))
      for instant in instants(moments, ledger) {
        let facts = moments.last { $0.at <= instant }?.facts ?? []
        let plain = facts.map { entry($0, asOf: instant) }
        let rows = ledger.rows.filter { $0.seenAt <= instant && instant < $0.voidAt }.map { entry($0, asOf: instant) }
        #expect(Set(plain).count == plain.count && Set(rows) == Set(plain) && rows.count == plain.count,
                "HEADWATER_SEED=\(seed) as of \(instant.milliseconds)")
      }
    }
  }

  @Test func talliesOfRowsEqualTalliesOfFacts() throws {
    for seed in Seeds.from(60) {
      let (moments, ledger) = try history(CaseWalk(seed: seed, commands: 45))
      let all = instants(moments, ledger)
      var numbers = SeededNumbers(seed: seed)
      for _ in 0..<40 {
        let asOf = all.randomElement(using: &numbers) ?? CaseCity.start
        let ends = [all.randomElement(using: &numbers) ?? asOf, all.randomElement(using: &numbers) ?? asOf].sorted()
        let facts = moments.last { $0.at <= asOf }?.facts ?? []
        for dimension in [nil] + RateDimension.allCases.map(Optional.some) {
          let plain = RateTally.count(facts, from: ends[0], to: ends[1], asOf: asOf, by: dimension)
          let rows = RateTally.count(ledger.rows, from: ends[0], to: ends[1], asOf: asOf, by: dimension)
          #expect(rows == plain, "HEADWATER_SEED=\(seed)")
        }
      }
    }
  }

  /// The facts after each instant at which anything happened, and the ledger that took in every event that moves rates.
  private func history(_ walk: CaseWalk) throws -> ([Moment], RateLedger) {
    var state = walk.opened
    var ledger = RateLedger()
    ledger.update(RateFact.facts(of: state), at: CaseCity.start)
    var moments = [Moment(at: CaseCity.start, facts: RateFact.facts(of: state))]
    for (event, at) in walk.journal.dropFirst() {
      state.evolve(event, at: at)
      let facts = RateFact.facts(of: state)
      if event.step.movesRates { ledger.update(facts, at: at) }
      if moments.last?.at == at { moments.removeLast() }
      moments.append(Moment(at: at, facts: facts))
    }
    return (moments, ledger)
  }

  /// Every instant at which an answer may change, and those just before and after.
  private func instants(_ moments: [Moment], _ ledger: RateLedger) -> [Instant] {
    let facts = moments.flatMap(\.facts).flatMap { [$0.startedAt, $0.countedAt, $0.knownAt].compactMap { $0 } }
    let rows = ledger.rows.flatMap { [$0.seenAt, $0.knownAt, $0.hitAt, $0.lostAt, $0.voidAt] }.filter { $0 != .never }
    let tick = Span(milliseconds: 1)
    return Set((moments.map(\.at) + facts + rows).flatMap { [$0 - tick, $0, $0 + tick] }).sorted()
  }

  private func entry(_ fact: RateFact, asOf: Instant) -> Entry {
    let isKnown = fact.knownAt.map { $0 <= asOf } ?? false
    return Entry(rate: fact.rate, key: fact.key, dimensions: RateDimension.allCases.map(fact.value),
                 at: isKnown ? fact.countedAt : fact.startedAt, isHit: isKnown ? fact.isHit : nil)
  }

  private func entry(_ row: RateLedger.Row, asOf: Instant) -> Entry {
    let isKnown = row.knownAt <= asOf
    return Entry(rate: row.fact.rate, key: row.fact.key, dimensions: RateDimension.allCases.map(row.fact.value),
                 at: isKnown ? row.fact.countedAt : row.fact.startedAt,
                 isHit: isKnown ? row.hitAt <= asOf && asOf < row.lostAt : nil)
  }
}
