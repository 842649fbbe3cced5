import Domain
import Features

/// The rates counted again, one case after the other, from states folded from the journal.
struct RateRecount {
  let histories: [Ledger.History]

  func counts(_ query: ReadRates.Query) -> [RateTally.Group: RateTally] {
    let facts = histories.compactMap { $0.state(asOf: query.asOf) }.flatMap(RateFact.facts(of:))
    return RateTally.count(facts, from: query.from, to: query.to, asOf: query.asOf, by: query.by)
  }

  /// Where the program counts otherwise.
  func violations(_ query: ReadRates.Query, against lines: [ReadRates.Line]) -> [Violation] {
    var expected = counts(query)
    var found: [Violation] = []
    for line in lines {
      let count = RateTally(denominator: line.denominator, numerator: line.numerator, notYetDue: line.notYetDue)
      let recounted = expected.removeValue(forKey: .init(line.rate, line.group)) ?? RateTally()
      if count != recounted {
        found.append(.rate(line.rate, group: line.group, asOf: query.asOf, counted: count.text,
                           recounted: recounted.text))
      }
    }
    for (group, count) in expected {
      found.append(.rate(group.rate, group: group.value, asOf: query.asOf, counted: "none", recounted: count.text))
    }
    return found
  }
}

extension RateTally {
  fileprivate var text: String { "\(numerator)/\(denominator), \(notYetDue) not yet due" }
}
