/// Whether a place is like its neighbours: the local Moran statistic, high where both are high or both are low,
/// negative where a place stands out.
///
/// With weights that sum to one for each place and z = x − x̄: I = z/m₂ · mean of the neighbours' z, m₂ = Σz²/(n − 1).
/// Source: L. Anselin, "Local indicators of spatial association – LISA", Geographical Analysis 27 (1995) 93–115.
public enum LocalMoran {
  /// - Parameters:
  ///   - values: one for each place.
  ///   - draws: conditional permutations behind the pseudo p-values; a fixed seed gives fixed results.
  /// - Returns: I of each place; 0 for places without neighbours, and all 0 where the values do not differ.
  public static func of(
    _ values: [Double], _ adjacency: Adjacency, draws: Int = 9_999, seed: UInt64
  ) -> LocalAssociation {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let second = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let chance = ConditionalDraws(of: values, for: adjacency, count: draws, seed: seed)
    var found: [Double] = []
    var tails: [(above: Int, below: Int)] = []
    for place in values.indices {
      let degree = adjacency[place].count
      let around = adjacency[place].reduce(0.0) { $0 + values[$1] }
      let own = values[place] - mean
      found.append(degree > 0 && second > 0 ? own / second * (around / Double(degree) - mean) : 0)
      // I rises with the neighbours' sum where the place lies above the mean, and falls with it below.
      let sums = chance.tails(of: place, neighbours: degree, sum: around)
      tails.append(own > 0 ? sums : own < 0 ? (sums.below, sums.above) : (draws, draws))
    }
    return LocalAssociation(values: found, tails: tails, draws: draws)
  }
}
