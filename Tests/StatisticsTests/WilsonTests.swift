import Statistics
import Testing

@Suite struct WilsonTests {
  /// R. G. Newcombe (1998), table I, method 3, to four places.
  @Test(arguments: [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)])
  func asPublished(_ row: (hits: Int, count: Int, low: Double, high: Double)) {
    let interval = Wilson.interval(hits: row.hits, of: row.count)
    #expect(abs(interval.lowerBound - row.low) < 0.00005 && abs(interval.upperBound - row.high) < 0.00005)
  }

  @Test func theEnds() {
    #expect(Wilson.interval(hits: 0, of: 0) == 0...1)
    #expect(Wilson.interval(hits: 0, of: 7).lowerBound == 0)
    #expect(Wilson.interval(hits: 7, of: 7).upperBound == 1)
    #expect(Wilson.interval(hits: 1, of: 1).lowerBound > 0.2)
  }

  @Test func itHoldsTheProportionAndIsTheSameFromBothSides() {
    for count in 1...60 {
      for hits in 0...count {
        let interval = Wilson.interval(hits: hits, of: count)
        let other = Wilson.interval(hits: count - hits, of: count)
        #expect(interval.contains(Double(hits) / Double(count)))
        #expect(abs(interval.lowerBound - (1 - other.upperBound)) < 1e-12)
      }
    }
  }

  @Test func moreCasesAreSurer() {
    let few = Wilson.interval(hits: 3, of: 10)
    let many = Wilson.interval(hits: 300, of: 1_000)
    #expect(many.upperBound - many.lowerBound < (few.upperBound - few.lowerBound) / 5)
  }
}
