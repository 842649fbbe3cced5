import Domain
import Testing

/// `docs/six-rates.md` against the code.
@Suite struct SixRatesPageTests {
  @Test func theExampleComesOutAsWritten() throws {
    let example = try RateExample()
    let days = ["4 June 00:00", "5 June 20:10", "8 June 00:00", "11 June 00:00"]
    let head = "| rate | " + days.map { "as of " + $0 }.joined(separator: " | ") + " |\n|---|---|---|---|---|\n"
    let rows = Rate.allCases.map { rate in
      "| \(rate.rawValue) | " + RateExample.asOf.map { text(example.tallies(asOf: $0)[.init(rate)]) }
        .joined(separator: " | ") + " |\n"
    }
    try DocsPage("six-rates.md").check(section: "example", head + rows.joined())
  }

  @Test func theVersionIsTheCodes() throws {
    let version = Rate.formulaVersion
    try DocsPage("six-rates.md").check(section: "version", "**Version \(version) 第 \(version) 版**\n")
  }

  @Test(arguments: RateExample.asOf) func laterEventsDoNotChangeAnEarlierAnswer(_ instant: Instant) throws {
    let example = try RateExample()
    #expect(example.ledgerTallies(asOf: instant) == example.tallies(asOf: instant))
    #expect(!example.tallies(asOf: instant).isEmpty)
  }

  private func text(_ tally: RateTally?) -> String {
    let tally = tally ?? RateTally()
    return "\(tally.numerator) / \(tally.denominator)" + (tally.notYetDue > 0 ? " (+\(tally.notYetDue))" : "")
  }
}
