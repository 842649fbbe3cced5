/// What a treated place would have been like without its measure: the mixture of untreated places that was most like it
/// before.
///
/// Shares w ≥ 0, Σw = 1 minimise Σ over periods before of (y − Σwⱼ·yⱼ)² + ε·Σw², ε = 10⁻⁶ of the mean square, so that
/// among mixtures equally near the most even one is taken. As in the original, how seldom such a gap is follows from
/// treating each untreated place as if it were the treated one.
/// Source: A. Abadie, A. Diamond, J. Hainmueller, "Synthetic control methods for comparative case studies", Journal of
/// the American Statistical Association 105 (2010) 493–505.
public struct SyntheticControl: Sendable, Hashable {
  /// The share of each untreated place in the mixture.
  public let shares: [Double]
  /// What the mixture has in each period, before and after.
  public let mixture: [Double]
  /// Treated minus mixture, in the mean of the periods after.
  public let effect: Double
  /// Root mean square of the gap before, and after.
  public let errorBefore: Double
  public let errorAfter: Double
  /// The share of places, this one among them, whose gap grew by as great a factor; 1 where placebos were not asked
  /// for.
  public let chance: Double

  /// - Parameters:
  ///   - treated: a value for each period, such as counts or rates.
  ///   - controls: the same of each untreated place.
  ///   - periodsBefore: how many of the periods lie before the measure.
  ///   - placebos: treat each control in turn too, for `chance`.
  public init(treated: [Double], controls: [[Double]], periodsBefore: Int, placebos: Bool = true) {
    precondition(controls.count > 1, "a mixture of places")
    precondition(controls.allSatisfy { $0.count == treated.count }, "places over the same periods")
    precondition(periodsBefore > 0 && periodsBefore < treated.count, "periods before and after")
    shares = Self.shares(treated, controls, periodsBefore)
    mixture = Self.mixed(controls, shares)
    let gaps = zip(treated, mixture).map { $0 - $1 }
    effect = gaps[periodsBefore...].reduce(0, +) / Double(treated.count - periodsBefore)
    errorBefore = Self.rootMeanSquare(gaps[..<periodsBefore])
    errorAfter = Self.rootMeanSquare(gaps[periodsBefore...])
    guard placebos else {
      chance = 1
      return
    }
    let growth = errorAfter / max(errorBefore, .leastNormalMagnitude)
    let asGreat = controls.indices.count { place in
      let others = controls.indices.filter { $0 != place }.map { controls[$0] }
      guard others.count > 1 else { return false }
      let placebo = SyntheticControl(
        treated: controls[place], controls: others, periodsBefore: periodsBefore, placebos: false)
      return placebo.errorAfter / max(placebo.errorBefore, .leastNormalMagnitude) >= growth
    }
    chance = Double(asGreat + 1) / Double(controls.count + 1)
  }

  private static func mixed(_ controls: [[Double]], _ shares: [Double]) -> [Double] {
    var mixture = [Double](repeating: 0, count: controls[0].count)
    for (control, share) in zip(controls, shares) where share > 0 {
      for period in mixture.indices { mixture[period] += share * control[period] }
    }
    return mixture
  }

  private static func rootMeanSquare(_ gaps: ArraySlice<Double>) -> Double {
    (gaps.reduce(0) { $0 + $1 * $1 } / Double(gaps.count)).squareRoot()
  }

  private static func shares(_ treated: [Double], _ controls: [[Double]], _ periods: Int) -> [Double] {
    let gaps = controls.map { control in (0..<periods).map { control[$0] - treated[$0] } }
    let mean = gaps.joined().reduce(0) { $0 + $1 * $1 } / Double(gaps.count)
    return NearestMixture(of: gaps, ridge: 1e-6 * mean).shares
  }
}
