/// Whether places that were chosen because they were worst became better than they would have anyway.
///
/// Of the worst of last year part was bad luck, which does not return. What each place's own level is follows from all
/// places' counts before (`EmpiricalBayes`); the treated are to be expected at their levels times the trend of the
/// controls, who are set against theirs likewise. How far that expectation itself is off, in the mean and by chance,
/// comes from made-up cities whose levels are drawn from the mixture that explains the counts best (`LevelMixture`): in
/// each, the places that hold the same ranks are set against the same prior made anew. With E the expected count so
/// corrected, V its variance and O the observed one over all treated: effect θ = (O/E)/(1 + V/E²), and O beside a
/// negative binomial of mean E and variance E + V tells the chance.
/// Source: E. Hauer, Observational Before–After Studies in Road Safety (1997), 11 and 12; N. M. Laird, T. A. Louis,
/// Journal of the American Statistical Association 82 (1987) 739–750, for the bootstrap of empirical-Bayes intervals.
public struct BeforeAfter: Sendable, Hashable {
  public struct Place: Sendable, Hashable {
    public let before: Int
    public let after: Int
    /// What the counts are over, such as flats: positive, and the same before and after.
    public let exposure: Double

    public init(before: Int, after: Int, exposure: Double = 1) {
      self.before = before
      self.after = after
      self.exposure = exposure
    }
  }

  /// Observed after, over all treated places.
  public let observed: Int
  /// What was to be expected of them without a measure.
  public let expected: Double
  /// The variance of `expected`.
  public let variance: Double
  /// θ: 0.7 is a fall by 30 %.
  public let ratio: Double
  /// Of θ.
  public let interval: ClosedRange<Double>
  /// The probability of so few or fewer without an effect.
  public let chanceOfFewer: Double
  /// What one would have claimed without all this: Σafter/Σbefore of the treated, over that of the controls.
  public let naiveRatio: Double

  /// - Parameters:
  ///   - places: all from which the treated were chosen.
  ///   - treated: indices of those, chosen by their counts before.
  ///   - controls: indices of those whose trend is taken; by default all others.
  ///   - cities: how many are made up; a fixed seed gives fixed results.
  /// - Returns: nil where nothing happened anywhere before, or nothing to the controls after.
  public init?(
    _ places: [Place], treated: [Int], controls: [Int]? = nil, confidence: Double = 0.95, cities: Int = 200,
    seed: UInt64
  ) {
    let isTreated = Set(treated)
    let controls = controls ?? places.indices.filter { !isTreated.contains($0) }
    precondition(!treated.isEmpty && !controls.isEmpty, "places with and without a measure")
    let after = controls.reduce(0) { $0 + places[$1].after }
    guard after > 0, places.contains(where: { $0.before > 0 }) else { return nil }
    let share = LevelShare(places.map(\.before), places.map(\.exposure), treated: treated, controls: controls)
    let error = share.error(cities: cities, seed: seed)
    observed = treated.reduce(0) { $0 + places[$1].after }
    expected = Double(after) * share.value * error.mean
    let relative = error.variance / (error.mean * error.mean) + 1 / Double(after)
    variance = expected * expected * relative
    ratio = Double(observed) / expected / (1 + relative)
    let spread = 1 + max(variance / expected, 1e-9)
    chanceOfFewer = BetaDistribution.negativeBinomialAtMost(observed, mean: expected, dispersion: spread)
    interval = Self.bounds(observed, expected, variance, (1 - confidence) / 2)
    let before = Double(treated.reduce(0) { $0 + places[$1].before })
    let beforeOfControls = Double(max(1, controls.reduce(0) { $0 + places[$1].before }))
    naiveRatio = Double(observed) / Double(after) / (before / beforeOfControls)
  }

  /// The effects at which so few, and so many, have the probability of the tail.
  private static func bounds(
    _ observed: Int, _ expected: Double, _ variance: Double, _ tail: Double
  ) -> ClosedRange<Double> {
    func atMost(_ count: Int, _ effect: Double) -> Double {
      let mean = effect * expected
      return BetaDistribution.negativeBinomialAtMost(
        count, mean: mean, dispersion: 1 + max(effect * variance / expected, 1e-9))
    }
    func root(_ isBelow: (Double) -> Bool) -> Double {
      var low = 1e-9
      var high = 1.0
      while isBelow(high) { high *= 2 }
      for _ in 0..<100 where high - low > 1e-12 * high {
        let middle = (low + high) / 2
        if isBelow(middle) { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
    let low = observed == 0 ? 0 : root { 1 - atMost(observed - 1, $0) < tail }
    return low...root { atMost(observed, $0) > tail }
  }
}
