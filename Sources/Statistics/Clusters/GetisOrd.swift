/// Hot and cold spots: Gi*, how far the sum over a place and its neighbours lies above what an even spread would give.
///
/// With binary weights and the place itself among its W = k + 1: Z = (Σx − x̄·W) / (s·√((n·W − W²)/(n − 1))),
/// s² = Σx²/n − x̄².
/// Source: J. K. Ord, A. Getis, "Local spatial autocorrelation statistics", Geographical Analysis 27 (1995) 286–306.
public enum GetisOrd {
  /// - Parameters:
  ///   - values: one for each place, such as counts.
  ///   - draws: conditional permutations behind the pseudo p-values; a fixed seed gives fixed results.
  /// - Returns: Z of each place; all 0 where the values do not differ.
  public static func star(
    _ values: [Double], _ adjacency: Adjacency, draws: Int = 9_999, seed: UInt64
  ) -> LocalAssociation {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    let chance = ConditionalDraws(of: values, for: adjacency, count: draws, seed: seed)
    var found: [Double] = []
    var tails: [(above: Int, below: Int)] = []
    for place in values.indices {
      let around = adjacency[place].reduce(0.0) { $0 + values[$1] }
      let weight = Double(adjacency[place].count + 1)
      let spread = deviation * ((n * weight - weight * weight) / (n - 1)).squareRoot()
      found.append(spread > 0 ? (around + values[place] - mean * weight) / spread : 0)
      tails.append(chance.tails(of: place, neighbours: adjacency[place].count, sum: around))
    }
    return LocalAssociation(values: found, tails: tails, draws: draws)
  }
}
