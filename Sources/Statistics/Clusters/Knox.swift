/// Whether events that are near in space are also near in time more often than chance would have it.
///
/// Counted are pairs with distance ≤ δ and |Δt| ≤ τ. Chance: the times are dealt out anew to the places.
/// Source: E. G. Knox, "The detection of space-time interactions", Applied Statistics 13 (1964) 25–29; N. Mantel,
/// Cancer Research 27 (1967) 209–220.
public enum Knox {
  public struct Result: Sendable, Hashable {
    /// Pairs near in space, near in time, near in both.
    public let spacePairs: Int
    public let timePairs: Int
    public let bothPairs: Int
    /// Pairs near in both if the two had nothing to do with each other: spacePairs · timePairs / all pairs.
    public let expected: Double
    /// Of the permutations.
    public let simulatedMean: Double
    public let simulatedDeviation: Double
    /// (permutations with at least as many + 1) / (permutations + 1).
    public let chance: Double
  }

  /// - Parameters:
  ///   - x: metres, as many as `y` and `days`.
  ///   - days: the instant of each event, fractions allowed.
  ///   - distance: δ in metres.
  ///   - time: τ in days.
  public static func test(
    x: [Double], y: [Double], days: [Double], distance: Double, time: Double, permutations: Int = 999, seed: UInt64
  ) -> Result {
    precondition(days.count == x.count && permutations > 0, "an event has a place and a time")
    let pairs = NearPairs(x: x, y: y, within: distance, .euclidean)
    let dealt = DealtTimes(times: pairs.order.map { days[$0] }, classes: pairs.classes(1) { _ in 0 }, bounds: [time])
    let observed = dealt.observed()[0]
    let simulated = dealt.simulated(permutations, seed: seed).map { $0[0] }
    let timePairs = pairsWithin(time, days.sorted())
    let mean = Double(simulated.reduce(0, +)) / Double(permutations)
    let squares = simulated.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let all = Double(x.count) * Double(x.count - 1) / 2
    return Result(
      spacePairs: pairs.partners.count, timePairs: timePairs, bothPairs: observed,
      expected: all > 0 ? Double(pairs.partners.count) * Double(timePairs) / all : 0, simulatedMean: mean,
      simulatedDeviation: permutations > 1 ? (squares / Double(permutations - 1)).squareRoot() : 0,
      chance: Double(simulated.count { $0 >= observed } + 1) / Double(permutations + 1))
  }

  private static func pairsWithin(_ time: Double, _ sorted: [Double]) -> Int {
    var first = 0
    var total = 0
    for last in sorted.indices {
      while sorted[last] - sorted[first] > time { first += 1 }
      total += last - first
    }
    return total
  }
}
