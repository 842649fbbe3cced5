import RealModule

/// What a measure changed, against what changed meanwhile where there was none: each place has its own level, each
/// period its own, and the measure one effect on top. Errors allow for places whose periods resemble each other
/// (clusters).
///
/// Source: J. D. Angrist, J.-S. Pischke, Mostly Harmless Econometrics (2009), 5.2 and 8.2; for counts, J. M. C. Santos
/// Silva, S. Tenreyro, Review of Economics and Statistics 88 (2006) 641–658, fitted as in S. Correia, P. Guimarães, T.
/// Zylkin, Stata Journal 20 (2020) 95–115.
public enum DifferenceInDifferences {
  public struct Result: Sendable, Hashable {
    /// With standard errors clustered by place: Σ over places of squared sums of scores, times n/(n − k), k all that
    /// was fitted.
    public let effect: EffectEstimate
    /// With the standard error that the model itself implies: even variance, or Poisson's.
    public let modelEffect: EffectEstimate
  }

  /// Events more or fewer in each place and period, by least squares: y = place + period + effect.
  /// - Returns: nil where places and periods alone tell who was treated when.
  public static func linear(_ panel: Panel) -> Result? {
    let even = [Double](repeating: 1, count: panel.counts.count)
    let treated = TwoWayResiduals.of(panel.isTreated.map { $0 ? 1 : 0 }, panel, weights: even)
    let counts = TwoWayResiduals.of(panel.counts, panel, weights: even)
    guard let square = squareSum(treated, even) else { return nil }
    let value = zip(treated, counts).reduce(0) { $0 + $1.0 * $1.1 } / square
    let errors = zip(counts, treated).map { $0 - value * $1 }
    let degrees = Double(panel.counts.count - panel.places - panel.periods)
    let variance = errors.reduce(0) { $0 + $1 * $1 } / degrees
    return Result(
      effect: EffectEstimate(
        value: value, standardError: clusteredError(panel, scores: zip(treated, errors).map { $0 * $1 }, square)),
      modelEffect: EffectEstimate(value: value, standardError: (variance / square).squareRoot()))
  }

  /// The logarithm of the incidence-rate ratio, by Poisson regression: log μ = place + period + effect. Places and
  /// periods without any event tell nothing and drop out.
  /// - Returns: nil where the effect cannot be told, or is without bound since no event was ever seen under the
  ///   measure.
  public static func poisson(_ panel: Panel) -> Result? {
    let rows = (0..<panel.places).map { place in
      panel.counts[place * panel.periods..<(place + 1) * panel.periods].reduce(0, +)
    }
    let columns = (0..<panel.periods).map { period in
      stride(from: period, to: panel.counts.count, by: panel.periods).reduce(0.0) { $0 + panel.counts[$1] }
    }
    let mask = panel.counts.indices.map { index in
      rows[index / panel.periods] > 0 && columns[index % panel.periods] > 0 ? 1.0 : 0
    }
    let treated = panel.isTreated.map { $0 ? 1.0 : 0 }
    guard zip(treated, panel.counts).contains(where: { $0 > 0 && $1 > 0 }) else { return nil }
    let mean = zip(panel.counts, mask).reduce(0) { $0 + $1.0 * $1.1 } / max(1, mask.reduce(0, +))
    var fitted = zip(panel.counts, mask).map { ($0 + mean) / 2 * $1 }
    var value = 0.0
    for _ in 0..<100 {
      let targets = fitted.indices.map { index in
        mask[index] > 0 ? Double.log(fitted[index]) + panel.counts[index] / fitted[index] - 1 : 0
      }
      let regressor = TwoWayResiduals.of(treated, panel, weights: fitted)
      let target = TwoWayResiduals.of(targets, panel, weights: fitted)
      guard let square = squareSum(regressor, fitted) else { return nil }
      let next = fitted.indices.reduce(0.0) { $0 + fitted[$1] * regressor[$1] * target[$1] } / square
      let isDone = abs(next - value) < 1e-12
      value = next
      if isDone {
        let scores = fitted.indices.map { regressor[$0] * (panel.counts[$0] * mask[$0] - fitted[$0]) }
        return Result(
          effect: EffectEstimate(value: value, standardError: clusteredError(panel, scores: scores, square)),
          modelEffect: EffectEstimate(value: value, standardError: (1 / square).squareRoot()))
      }
      // What the regression leaves of the target is not explained: the fit is the rest.
      for index in fitted.indices where mask[index] > 0 {
        fitted[index] = .exp(targets[index] - (target[index] - value * regressor[index]))
      }
    }
    return nil
  }

  /// Nil where nothing of the regressor is left.
  private static func squareSum(_ values: [Double], _ weights: [Double]) -> Double? {
    let square = zip(values, weights).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    return square > 1e-10 * weights.reduce(0, +) / Double(max(1, weights.count)) ? square : nil
  }

  private static func clusteredError(_ panel: Panel, scores: [Double], _ square: Double) -> Double {
    let sum = (0..<panel.places).reduce(0.0) { sum, place in
      let cluster = scores[place * panel.periods..<(place + 1) * panel.periods].reduce(0, +)
      return sum + cluster * cluster
    }
    let count = Double(panel.counts.count)
    return (sum * count / (count - Double(panel.places + panel.periods))).squareRoot() / square
  }
}
