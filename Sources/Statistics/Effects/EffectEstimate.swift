import RealModule

/// A change, how sure it is, and the probability of one as large or larger by chance.
public struct EffectEstimate: Sendable, Hashable {
  /// A difference, or the logarithm of a ratio.
  public let value: Double
  public let standardError: Double

  public init(value: Double, standardError: Double) {
    precondition(standardError >= 0, "an error is not negative")
    self.value = value
    self.standardError = standardError
  }

  public var z: Double { value == 0 ? 0 : value / standardError }

  /// Two-sided, normal.
  public var chance: Double { 2 * NormalDistribution.above(abs(z)) }

  public func interval(_ confidence: Double = 0.95) -> ClosedRange<Double> {
    let reach = -NormalDistribution.quantile((1 - confidence) / 2) * standardError
    return value - reach...value + reach
  }

  /// e^value: the ratio where `value` is its logarithm.
  public var ratio: Double { .exp(value) }

  public func ratioInterval(_ confidence: Double = 0.95) -> ClosedRange<Double> {
    let logs = interval(confidence)
    return Double.exp(logs.lowerBound)...Double.exp(logs.upperBound)
  }
}
