/// Which of many places stand out, when some of so many would by chance: p-values made so large that of all places
/// below 0.05 no more than 5 % are there for nothing, in expectation.
///
/// With p₍₁₎ ≤ … ≤ p₍ₙ₎: the adjusted p₍ᵢ₎ is the least of n·p₍ⱼ₎/j over j ≥ i. It holds for neighbours that resemble
/// each other.
/// Source: Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289–300; for local
/// statistics, M. Caldas de Castro, B. H. Singer, Geographical Analysis 38 (2006) 180–208.
public enum FalseDiscovery {
  /// - Returns: adjusted p-values, in the order of those given.
  public static func adjusted(_ chances: [Double]) -> [Double] {
    var adjusted = chances
    var least = 1.0
    for (rank, place) in chances.indices.sorted(by: { chances[$0] < chances[$1] }).enumerated().reversed() {
      least = min(least, chances[place] * Double(chances.count) / Double(rank + 1))
      adjusted[place] = least
    }
    return adjusted
  }
}
