import Domain
import Features
import Testing

@Suite struct TrendTests {
  /// One reading of all spans says what a reading of each span says.
  @Test(arguments: Engine.allCases)
  func aTrendIsWhatEachSpanIsByItself(engine: Engine) async throws {
    try await withSite(engine) { test in
      let begun = test.clock.now
      for day in 0..<6 {
        _ = try await test.closedCase(door: "110")
        let receipt = try await test.report("装修噪音", kind: "noise.renovation", door: "110", at: SmallCity.inWest)
        if day.isMultiple(of: 2) {
          try await test.handle(.sign, receipt.case, by: TestSite.actor(.agency, agency: "town-west"))
        }
        test.clock.advance(.days(1))
      }
      let spans = (0..<7).map { day in
        let from = begun + .days(day)
        return ReadRates.Span(from: from, to: from + .days(1), asOf: min(from + .days(1), test.clock.now))
      }
      let read = ReadRates(test.site)
      for (actor, division) in [(TestSite.actor(.supervisor), nil), (TestSite.actor(.supervisor), SmallCity.west),
                                (TestSite.actor(.agency, agency: "town-east"), nil)] {
        let query = ReadRates.Query(from: begun, to: begun, asOf: begun, division: division)
        for rate in Rate.allCases {
          let trend = try await read.trend(of: rate, over: spans, query, for: actor)
          for (span, tally) in zip(spans, trend) {
            var one = query
            (one.from, one.to, one.asOf) = (span.from, span.to, span.asOf)
            let line = try await read(one, for: actor).first { $0.rate == rate }
            let alone = line.map {
              RateTally(denominator: $0.denominator, numerator: $0.numerator, notYetDue: $0.notYetDue)
            }
            #expect(tally == alone ?? RateTally(), "\(rate)")
          }
        }
      }
      #expect(try await read.trend(of: .completion, over: spans, .init(from: begun, to: begun, asOf: begun),
                                   for: TestSite.actor(.supervisor)).contains { $0.denominator > 0 })
    }
  }
}
