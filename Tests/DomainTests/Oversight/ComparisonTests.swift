import Domain
import Testing

@Suite struct ComparisonTests {
  /// Ten points to both sides.
  private func compare(_ rate: Rate, _ tallies: [String: RateTally]) -> Comparison {
    Comparison(rate, whole: tallies.values.reduce(RateTally(), +), tallies) { hits, count in
      max(0, Double(hits) / Double(count) - 0.1)...min(1, Double(hits) / Double(count) + 0.1)
    }
  }

  @Test func theBestStandsFirstAndFewAreNotRanked() {
    let comparison = compare(.completion, [
      "a": .init(denominator: 100, numerator: 50), "b": .init(denominator: 100, numerator: 90),
      "c": .init(denominator: 100, numerator: 90), "d": .init(denominator: 9, numerator: 9),
      "e": .init(denominator: 0, numerator: 0, notYetDue: 3), "f": .init(),
      "g": .init(denominator: 50, numerator: 38),
    ])
    #expect(comparison.lines.map(\.code) == ["b", "c", "g", "a", "d", "e"])
    #expect(comparison.lines.map(\.place) == [1, 1, 3, 4, nil, nil])
    #expect(comparison.lines.map(\.standing) == [.better, .better, .alike, .worse, .few, .few])
    #expect(comparison.lines[5].interval == nil)
  }

  @Test func ofComplaintsLittleIsBetter() {
    let comparison = compare(.complaint, [
      "many": .init(denominator: 100, numerator: 60), "few": .init(denominator: 100, numerator: 1),
    ])
    #expect(comparison.lines.map(\.code) == ["few", "many"])
    #expect(comparison.lines.map(\.standing) == [.better, .worse])
    #expect(Rate.allCases.filter { !$0.isHighWanted } == [.returnFlow, .complaint, .repeatReport])
  }
}
