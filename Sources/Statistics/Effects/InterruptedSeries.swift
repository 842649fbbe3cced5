import RealModule

/// What changed in one series when something began, against its own trend and season.
///
/// Quasi-Poisson: log μₜ = b₀ + b₁·t + level·[t ≥ T] + slope·(t − T)₊ + Σ over pairs of sine and cosine of the year.
/// Errors allow for neighbouring periods that resemble each other, and for more variance than Poisson's: Newey and
/// West's, with Bartlett weights over some lags, times n/(n − k).
/// Source: J. Lopez Bernal, S. Cummins, A. Gasparrini, "Interrupted time series regression for the evaluation of public
/// health interventions", International Journal of Epidemiology 46 (2017) 348–355; W. K. Newey, K. D. West,
/// Econometrica 55 (1987) 703–708.
public struct InterruptedSeries: Sendable, Hashable {
  /// The logarithm of the ratio by which the level jumped.
  public let level: EffectEstimate
  /// The change of the trend's slope, for each period.
  public let slope: EffectEstimate
  /// Variance over mean.
  public let dispersion: Double
  /// μ in each period.
  public let fitted: [Double]
  /// What the model lets expect had nothing begun.
  public let counterfactual: [Double]

  /// - Parameters:
  ///   - counts: one for each period.
  ///   - start: the first period in which it was at work.
  ///   - periodsOfYear: such as 52 or 12; nil for no season.
  ///   - harmonics: pairs of sine and cosine.
  ///   - lags: how many periods back errors may resemble each other.
  /// - Returns: nil where there are too few periods on either side to tell, or the fit does not converge.
  public init?(counts: [Int], start: Int, periodsOfYear: Double? = 52, harmonics: Int = 2, lags: Int = 4) {
    precondition(lags >= 0 && harmonics >= 0, "not less than none")
    let rows = counts.indices.map { period in
      Self.row(Double(period), start: Double(start), year: periodsOfYear, harmonics: harmonics)
    }
    let width = rows.first?.count ?? 0
    guard start > 2, counts.count - start > 2, counts.count > width else { return nil }
    guard let fit = PoissonRegression(rows, counts.map(Double.init)) else { return nil }
    let errors = fit.neweyWestErrors(lags: lags)
    level = EffectEstimate(value: fit.coefficients[2], standardError: errors[2])
    slope = EffectEstimate(value: fit.coefficients[3], standardError: errors[3])
    fitted = fit.fitted
    dispersion = zip(counts, fit.fitted).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) / $1.1 }
      / Double(counts.count - width)
    let (jump, turn) = (fit.coefficients[2], fit.coefficients[3])
    counterfactual = fit.fitted.enumerated().map { period, mean in
      period < start ? mean : mean * .exp(-jump - turn * Double(period - start))
    }
  }

  private static func row(_ period: Double, start: Double, year: Double?, harmonics: Int) -> [Double] {
    var row = [1, period, period >= start ? 1 : 0, max(0, period - start)]
    guard let year else { return row }
    for harmonic in 1..<harmonics + 1 {
      let angle = 2 * Double.pi * Double(harmonic) * period / year
      row += [.sin(angle), .cos(angle)]
    }
    return row
  }
}
