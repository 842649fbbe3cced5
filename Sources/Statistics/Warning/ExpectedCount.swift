import RealModule

/// What count to expect, and which would be too high, from a fitted mean, its error and the dispersion.
struct ExpectedCount {
  let mean: Double
  /// Of log mean.
  let error: Double
  let dispersion: Double
  let threshold: Farrington.Threshold
  let alpha: Double

  /// The upper bound at `alpha`.
  var upper: Double {
    let z = -NormalDistribution.quantile(alpha)
    return switch threshold {
    case .twoThirds: Double.pow(max(0, root(mean) + z * rootError), 1.5)
    case .negativeBinomial: Double(quantile(mean))
    case .negativeBinomialAtUpperMean: Double(quantile(mean * .exp(z * error)))
    }
  }

  /// The probability of at least so many.
  func chance(of count: Int) -> Double {
    switch threshold {
    case .twoThirds: NormalDistribution.above((root(Double(count)) - root(mean)) / rootError)
    case .negativeBinomial: 1 - atMost(count - 1, mean)
    case .negativeBinomialAtUpperMean: 1 - atMost(count - 1, mean * .exp(-NormalDistribution.quantile(alpha) * error))
    }
  }

  private func root(_ value: Double) -> Double { .pow(value, 2.0 / 3) }

  private var rootError: Double {
    // The error of the mean itself is mean · error.
    (4.0 / 9 * Double.pow(mean, 1.0 / 3) * (dispersion + mean * error * error)).squareRoot()
  }

  private func atMost(_ count: Int, _ mean: Double) -> Double {
    guard mean > 0 else { return count < 0 ? 0 : 1 }
    return dispersion > 1
      ? BetaDistribution.negativeBinomialAtMost(count, mean: mean, dispersion: dispersion)
      : GammaDistribution.poissonAtMost(count, mean: mean)
  }

  /// The least count that at most `alpha` of the distribution lies above.
  private func quantile(_ mean: Double) -> Int {
    var low = -1
    var high = Int(mean + 4 * (mean * dispersion).squareRoot()) + 4
    while atMost(high, mean) < 1 - alpha { (low, high) = (high, 2 * high) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if atMost(middle, mean) < 1 - alpha { low = middle } else { high = middle }
    }
    return high
  }
}
