import RealModule

/// Early warning against the same weeks of past years: the flexible Farrington method.
///
/// A quasi-Poisson regression with a ten-level season and a trend where it is significant, fitted twice: past
/// outbreaks, seen by their Anscombe residuals, weigh less the second time. The bound is a quantile of what the fit
/// lets expect now.
/// Source: A. Noufaily et al., "An improved algorithm for outbreak detection in multiple surveillance systems",
/// Statistics in Medicine 32 (2013) 1206–1222; C. P. Farrington et al., Journal of the Royal Statistical Society A 159
/// (1996) 547–563; the choices left open there are those of R's surveillance (M. Salmon et al., Journal of Statistical
/// Software 70 (2016) 10).
public struct Farrington: Sendable, Hashable {
  public enum Threshold: Sendable, Hashable {
    /// Normal on the scale of μ^⅔, with the error of the fit: (μ^⅔ + z·√(4/9·μ^⅓·(φ + se²/μ)))^(3/2).
    case twoThirds
    /// The quantile of a negative binomial of mean μ and variance φμ.
    case negativeBinomial
    /// The same, μ itself at its upper confidence bound (Noufaily's own).
    case negativeBinomialAtUpperMean
  }

  /// Whose dispersion scales the standard errors of the fit.
  public enum Errors: Sendable, Hashable {
    /// φ, that of the fit.
    case dispersion
    /// Σω((y − μ)/μ)²/df, which R's surveillance 1.20 arrives at when it reweights, since it puts the outbreaks'
    /// weights where `glm` keeps its working weights. For comparison with it.
    case asSurveillance
  }

  public var years = 5
  /// Weeks on either side of the same week in past years that form one level of the season.
  public var halfWindow = 3
  /// Levels of the season; 1 uses nothing but those windows.
  public var levels = 10
  /// Weeks right before that are left out, lest an outbreak hides itself.
  public var weeksLeftOut = 26
  public var alpha = 0.01
  /// Anscombe residuals beyond this weigh less the second time; nil fits once.
  public var reweightBeyond: Double? = 2.58
  public var trendAlpha = 0.05
  public var threshold = Threshold.negativeBinomialAtUpperMean
  public var errors = Errors.dispersion
  /// No bound where fewer than `casesLeast` events happened in the last `casesWeeks` weeks.
  public var casesLeast = 5
  public var casesWeeks = 4

  public static let weeksOfYear = 52

  public init() {}

  public struct Bound: Sendable, Hashable {
    /// A count above it is an alarm.
    public let upper: Double
    public let expected: Double
    /// φ ≥ 1: the variance over the mean.
    public let dispersion: Double
    public let hasTrend: Bool
    /// The probability of a count at least as high as the one that there is.
    public let chance: Double
    public let isAlarm: Bool
  }

  /// The first week that has enough past.
  public var weekFirst: Int { years * Self.weeksOfYear + halfWindow }

  /// - Parameters:
  ///   - counts: one for each week, in order.
  ///   - weeks: those to be judged, from `weekFirst` on, each by what was before it.
  /// - Returns: nil for a week with too few cases, or where the fit does not converge.
  public func bounds(_ counts: [Int], weeks: Range<Int>) -> [Bound?] {
    precondition(weeks.lowerBound >= weekFirst && weeks.upperBound <= counts.count, "a week without its past")
    return weeks.map { bound(counts, week: $0) }
  }

  private func bound(_ counts: [Int], week: Int) -> Bound? {
    guard counts[week - casesWeeks + 1...week].reduce(0, +) >= casesLeast else { return nil }
    let data = past(of: week, counts)
    guard var fit = fitted(data, trend: true) else { return nil }
    if fit.hasTrend, !keepsTrend(fit, data, week) {
      guard let plain = fitted(data, trend: false) else { return nil }
      fit = plain
    }
    return judged(fit, count: counts[week], week: week)
  }

  private typealias Fit = (season: SeasonFit, weights: [Double], hasTrend: Bool)

  /// Nil where not even the fit without a trend converges.
  private func fitted(_ data: SeasonFit.Data, trend: Bool) -> Fit? {
    let even = [Double](repeating: 1, count: data.counts.count)
    var first = SeasonFit(data, weights: even, trend: trend)
    if !first.isConverged, trend { first = SeasonFit(data, weights: even, trend: false) }
    guard first.isConverged else { return nil }
    guard let limit = reweightBeyond else { return (first, even, first.hasTrend) }
    let weights = outbreakWeights(first, data, beyond: limit)
    return (SeasonFit(data, weights: weights, trend: first.hasTrend), weights, first.hasTrend)
  }

  /// Anscombe's residuals 3/2·(y^⅔·μ^(−1/6) − √μ)/√(φ(1 − h)); those beyond the limit weigh their inverse square.
  private func outbreakWeights(_ fit: SeasonFit, _ data: SeasonFit.Data, beyond limit: Double) -> [Double] {
    let dispersion = max(fit.dispersion, 1)
    let leverages = fit.leverages
    let raw = data.counts.indices.map { index in
      let mean = fit.fitted[index]
      let root = Double.pow(data.counts[index], 2.0 / 3) * Double.pow(mean, -1.0 / 6)
      let residual = 1.5 * (root - mean.squareRoot()) / (dispersion * (1 - leverages[index])).squareRoot()
      return residual > limit ? 1 / (residual * residual) : 1
    }
    let scale = Double(raw.count) / raw.reduce(0, +)
    return raw.map { $0 * scale }
  }

  /// A trend stays where it is significant, three years stand behind it and it does not lead beyond all that was seen.
  private func keepsTrend(_ fit: Fit, _ data: SeasonFit.Data, _ week: Int) -> Bool {
    let error = (fit.season.slopeVariance * errorDispersion(fit)).squareRoot()
    let chance = BetaDistribution.studentBeyond(fit.season.slope / error, degrees: fit.season.degrees)
    let ahead = Double.exp(fit.season.logMean(at: Double(week), group: levels - 1))
    return years >= 3 && chance < trendAlpha && ahead <= data.counts.max() ?? 0
  }

  private func errorDispersion(_ fit: Fit) -> Double {
    guard errors == .asSurveillance else { return max(fit.season.dispersion, 1) }
    guard reweightBeyond != nil else { return fit.season.dispersion }
    return zip(fit.weights, fit.season.relativeResiduals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / fit.season.degrees
  }

  private func judged(_ fit: Fit, count: Int, week: Int) -> Bound {
    let logMean = fit.season.logMean(at: Double(week), group: levels - 1)
    let error = (fit.season.variance(at: Double(week), group: levels - 1) * errorDispersion(fit)).squareRoot()
    let mean = Double.exp(logMean)
    let dispersion = max(fit.season.dispersion, 1)
    let limit = ExpectedCount(mean: mean, error: error, dispersion: dispersion, threshold: threshold, alpha: alpha)
    return Bound(
      upper: limit.upper, expected: mean, dispersion: dispersion, hasTrend: fit.hasTrend,
      chance: limit.chance(of: count), isAlarm: count > 0 && Double(count) > limit.upper)
  }
}
