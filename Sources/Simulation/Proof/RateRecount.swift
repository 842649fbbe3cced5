import Domain
import Features

/// The rates counted again, one case after the other, from states folded from the journal.
struct RateRecount {
  struct Count: Hashable {
    var denominator = 0
    var numerator = 0
    var notYetDue = 0
    var text: String { "\(numerator)/\(denominator), \(notYetDue) not yet due" }
  }

  struct Cell: Hashable {
    let rate: Rate
    let group: String
  }

  let histories: [Ledger.History]

  func counts(_ query: ReadRates.Query) -> [Cell: Count] {
    var counts: [Cell: Count] = [:]
    for history in histories {
      guard let state = history.state(asOf: query.asOf) else { continue }
      for fact in RateFact.facts(of: state) { count(fact, query, &counts) }
    }
    return counts
  }

  private func count(_ fact: RateFact, _ query: ReadRates.Query, _ counts: inout [Cell: Count]) {
    let isKnown = fact.knownAt.map { $0 <= query.asOf } ?? false
    let counted = isKnown ? fact.countedAt : fact.startedAt
    guard counted >= query.from, counted < query.to else { return }
    let cell = Cell(rate: fact.rate, group: group(fact, query.by))
    if isKnown {
      counts[cell, default: Count()].denominator += 1
      if fact.isHit { counts[cell, default: Count()].numerator += 1 }
    } else {
      counts[cell, default: Count()].notYetDue += 1
    }
  }

  private func group(_ fact: RateFact, _ dimension: ReadRates.Dimension?) -> String {
    switch dimension {
    case nil: ""
    case .agency: fact.agency
    case .division: fact.division
    case .kind: fact.kind
    case .door: fact.door
    }
  }

  /// Where the program counts otherwise.
  func violations(_ query: ReadRates.Query, against lines: [ReadRates.Line]) -> [Violation] {
    var expected = counts(query)
    var found: [Violation] = []
    for line in lines {
      let count = Count(denominator: line.denominator, numerator: line.numerator, notYetDue: line.notYetDue)
      let recounted = expected.removeValue(forKey: Cell(rate: line.rate, group: line.group)) ?? Count()
      if count != recounted {
        found.append(.rate(line.rate, group: line.group, asOf: query.asOf, counted: count.text,
                           recounted: recounted.text))
      }
    }
    for (cell, count) in expected {
      found.append(.rate(cell.rate, group: cell.group, asOf: query.asOf, counted: "none", recounted: count.text))
    }
    return found
  }
}
