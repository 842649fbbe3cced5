/// Sample quantiles of type 7: with the values sorted x₀ … xₙ₋₁ and h = (n − 1)·p, the value
/// x⌊h⌋ + (h − ⌊h⌋)·(x⌊h⌋₊₁ − x⌊h⌋).
///
/// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996)
/// 361–365; the default of R and NumPy.
public enum Quantiles {
  /// - Parameters:
  ///   - values: in any order, finite.
  ///   - probabilities: each 0 … 1.
  /// - Returns: one value for each probability; empty where there are no values.
  public static func of(_ values: [Double], at probabilities: [Double]) -> [Double] {
    guard !values.isEmpty else { return [] }
    precondition(values.allSatisfy(\.isFinite), "a quantile of what is no number")
    let sorted = values.sorted()
    return probabilities.map { quantile($0, sorted) }
  }

  /// - Returns: nil where there are no values.
  public static func of(_ values: [Double], at probability: Double) -> Double? {
    of(values, at: [probability]).first
  }

  private static func quantile(_ probability: Double, _ sorted: [Double]) -> Double {
    precondition((0...1).contains(probability), "a probability lies between 0 and 1")
    let position = Double(sorted.count - 1) * probability
    let below = Int(position)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
