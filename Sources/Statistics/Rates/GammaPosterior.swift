/// What is believed of a rate: a gamma distribution.
public struct GammaPosterior: Sendable, Hashable {
  public let shape: Double
  public let rate: Double

  public init(shape: Double, rate: Double) {
    precondition(shape > 0 && rate > 0, "a gamma distribution has a shape and a rate")
    self.shape = shape
    self.rate = rate
  }

  public var mean: Double { shape / rate }

  /// The central interval that holds the rate with a probability of `confidence`.
  public func interval(_ confidence: Double = 0.95) -> ClosedRange<Double> {
    let tail = (1 - confidence) / 2
    return GammaDistribution.quantile(tail, shape: shape, rate: rate)
      ... GammaDistribution.quantile(1 - tail, shape: shape, rate: rate)
  }
}
