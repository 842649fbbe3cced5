/// How far a place's count may lie from what is expected of it by chance alone.
///
/// Exact Poisson limits, made smooth between whole counts: with k the least count of P(X ≤ k) ≥ p,
/// limit(p) = k − (P(X ≤ k) − p)/P(X = k).
/// Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
/// (2005) 1185–1202, A.1.1.
public enum Funnel {
  /// The two funnels that are drawn: 95 % and 99.8 %.
  public static let warning = 0.95
  public static let alarm = 0.998

  public enum Standing: String, Sendable, Hashable {
    case low, within, high
  }

  /// - Parameters:
  ///   - expected: the target rate times the place's exposure, positive.
  ///   - confidence: 0.95 or 0.998.
  /// - Returns: counts, in general not whole; divide by the exposure for rates. The lower one is not below 0.
  public static func limits(expected: Double, confidence: Double) -> ClosedRange<Double> {
    let tail = (1 - confidence) / 2
    return max(0, limit(tail, expected))...max(0, limit(1 - tail, expected))
  }

  public static func standing(count: Int, expected: Double, confidence: Double) -> Standing {
    let limits = limits(expected: expected, confidence: confidence)
    return Double(count) < limits.lowerBound ? .low : Double(count) > limits.upperBound ? .high : .within
  }

  private static func limit(_ probability: Double, _ mean: Double) -> Double {
    precondition(mean > 0, "something is expected")
    var low = -1
    var high = Int(mean + 6 * mean.squareRoot()) + 6
    while high - low > 1 {
      let middle = (low + high) / 2
      if GammaDistribution.poissonAtMost(middle, mean: mean) < probability { low = middle } else { high = middle }
    }
    let atMost = GammaDistribution.poissonAtMost(high, mean: mean)
    let exactly = atMost - GammaDistribution.poissonAtMost(high - 1, mean: mean)
    return Double(high) - (atMost - probability) / exactly
  }
}
