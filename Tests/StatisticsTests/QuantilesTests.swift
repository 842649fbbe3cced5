import Statistics
import Testing

@Suite struct QuantilesTests {
  /// As R's `quantile(c(…))` gives them.
  @Test func asInR() {
    let values: [Double] = [9, 1, 4, 16, 25, 36]
    let expected = [1, 5.25, 12.5, 22.75, 36]
    let found = Quantiles.of(values, at: [0, 0.25, 0.5, 0.75, 1])
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 } && found.count == 5)
    #expect(Quantiles.of((1...10).map(Double.init), at: 0.9).map { abs($0 - 9.1) < 1e-12 } == true)
  }

  @Test func ofNothingAndOfOne() {
    #expect(Quantiles.of([], at: 0.5) == nil)
    #expect(Quantiles.of([], at: [0.1, 0.5]).isEmpty)
    #expect(Quantiles.of([3], at: [0, 0.5, 1]) == [3, 3, 3])
  }

  @Test func itLiesBetweenItsNeighbours() {
    let values = (0..<101).map { Double(($0 * 37) % 101) }
    for percent in 0...100 {
      #expect(Quantiles.of(values, at: Double(percent) / 100).map { abs($0 - Double(percent)) < 1e-9 } == true)
    }
  }
}
