/// Which ranks places may truly have, and which of them cannot be told apart.
///
/// Rates are drawn from what is believed of each place; each draw ranks them, the highest first. The interval of a
/// place holds its rank in 95 % of the draws. Down the list of mean rates, places share the position of the first among
/// them until one is reached whose rate is below the first's in 95 % of the draws.
/// Source: H. Goldstein, D. J. Spiegelhalter, "League tables and their limitations", Journal of the Royal Statistical
/// Society A 159 (1996) 385–443; L. Shen, T. A. Louis, JRSS B 60 (1998) 455–471.
public struct RankIntervals: Sendable, Hashable {
  public struct Place: Sendable, Hashable {
    /// Its position in the list: 1, 1, 1, 4 … where the first three cannot be told apart.
    public let position: Int
    public let isTied: Bool
    /// Ranks from 1.
    public let interval: ClosedRange<Int>
    /// The share of the draws in which it is first.
    public let chanceFirst: Double
  }

  /// In the order of the posteriors.
  public let places: [Place]
  /// Indices of the places, highest mean rate first; equal ones as they were given.
  public let order: [Int]

  /// - Parameters:
  ///   - draws: at least 100; a fixed seed gives fixed results.
  public init(_ posteriors: [GammaPosterior], confidence: Double = 0.95, draws: Int = 4_000, seed: UInt64) {
    precondition(draws >= 100 && confidence > 0 && confidence < 1, "an interval from enough draws")
    var ranks = [[Int32]](repeating: [], count: posteriors.count)
    var rates = [[Double]](repeating: [], count: posteriors.count)
    for draw in 0..<draws {
      var random = StreamRandom(seed: seed, stream: UInt64(draw))
      let drawn = posteriors.map { random.gamma(shape: $0.shape) / $0.rate }
      for (rank, place) in drawn.indices.sorted(by: { drawn[$0] > drawn[$1] }).enumerated() {
        ranks[place].append(Int32(rank + 1))
      }
      for (place, rate) in drawn.enumerated() { rates[place].append(rate) }
    }
    order = posteriors.indices.sorted { (-posteriors[$0].mean, $0) < (-posteriors[$1].mean, $1) }
    let positions = Self.positions(order, rates, confidence)
    let sizes = Dictionary(positions.map { ($0, 1) }, uniquingKeysWith: +)
    places = posteriors.indices.map { place in
      let sorted = ranks[place].sorted()
      let cut = Int((1 - confidence) / 2 * Double(draws))
      return Place(
        position: positions[place], isTied: sizes[positions[place], default: 1] > 1,
        interval: Int(sorted[cut])...Int(sorted[draws - 1 - cut]),
        chanceFirst: Double(sorted.prefix { $0 == 1 }.count) / Double(draws))
    }
  }

  private static func positions(_ order: [Int], _ rates: [[Double]], _ confidence: Double) -> [Int] {
    var positions = [Int](repeating: 1, count: order.count)
    var leader = 0
    for rank in order.indices {
      let above = zip(rates[order[leader]], rates[order[rank]]).count { $0 > $1 }
      if Double(above) >= confidence * Double(rates[order[rank]].count) { leader = rank }
      positions[order[rank]] = leader + 1
    }
    return positions
  }
}
