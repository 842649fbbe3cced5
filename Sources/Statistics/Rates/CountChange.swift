/// How one count compares with another, such as this half-year's with last year's, and how sure that is.
///
/// Given their sum, the first of two Poisson counts is binomial: its exact (Clopper–Pearson) interval p₁ … p₂ gives
/// that of the ratio of rates, p/(1 − p) · e₀/e₁. The chance is twice the smaller tail, which agrees with the interval.
/// Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404–413; J. Przyborowski, H. Wilenski, Biometrika 31
/// (1940) 313–323.
public struct CountChange: Sendable, Hashable {
  /// (now/exposure)/(before/exposure before): 0.8 is a fall by a fifth. Nil where there was nothing before.
  public let ratio: Double?
  /// Infinite above where there was nothing before; 0 … ∞ of nothing and nothing.
  public let interval: ClosedRange<Double>
  /// The probability of so unequal a split or more, were the rates equal.
  public let chance: Double

  /// - Parameters:
  ///   - exposure: of the first count, such as its number of days, in the same unit as `exposureBefore`.
  public init(
    now: Int, before: Int, exposure: Double = 1, exposureBefore: Double = 1, confidence: Double = 0.95
  ) {
    precondition(now >= 0 && before >= 0 && exposure > 0 && exposureBefore > 0, "counts over something")
    let scale = exposureBefore / exposure
    let tail = (1 - confidence) / 2
    let (a, b) = (Double(now), Double(before))
    let low = now == 0 ? 0 : BetaDistribution.quantile(tail, a, b + 1)
    // The upper bound by its distance from 1, lest it is lost in rounding.
    let high = before == 0 ? 0 : BetaDistribution.quantile(tail, b, a + 1)
    ratio = before == 0 ? nil : a / b * scale
    interval = low / (1 - low) * scale...(high == 0 ? .infinity : (1 - high) / high * scale)
    let even = 1 / (1 + scale)
    let atMost = before == 0 ? 1 : BetaDistribution.below(1 - even, b, a + 1)
    let atLeast = now == 0 ? 1 : BetaDistribution.below(even, a, b + 1)
    chance = min(1, 2 * min(atMost, atLeast))
  }
}
