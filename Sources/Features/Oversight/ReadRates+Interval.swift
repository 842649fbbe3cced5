import Domain
import Statistics

extension ReadRates.Line {
  /// How sure the rate is: Wilson's interval at 95 %; nil where nothing counts yet.
  public var interval: ClosedRange<Double>? {
    RateTally(denominator: denominator, numerator: numerator).interval
  }
}

extension RateTally {
  /// See ``ReadRates/Line/interval``.
  public var interval: ClosedRange<Double>? {
    denominator == 0 ? nil : Wilson.interval(hits: min(numerator, denominator), of: denominator)
  }
}
