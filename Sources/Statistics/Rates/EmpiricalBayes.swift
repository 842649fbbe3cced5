/// Rates of places of unequal size, drawn towards the common rate by as much as their own counts leave open.
///
/// With counts n, exposures x, p = n/x: m = Σn/Σx, s² = Σx(p − m)²/Σx, A = max(0, s² − m/x̄), estimate m + A(p − m)/(A
/// + m/x). That is the posterior mean of a gamma prior of shape m²/A and rate m/A, whose posterior, of shape n + m²/A
/// and rate x + m/A, gives the interval. Where A = 0 the counts do not differ by more than chance: all places have the
/// common rate, which is known as Σn events tell it (Jeffreys' prior).
/// Source: R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes estimators", Applied Statistics
/// 40 (1991) 283–294; D. Clayton, J. Kaldor, Biometrics 43 (1987) 671–681.
public struct EmpiricalBayes: Sendable, Hashable {
  /// Σn/Σx.
  public let commonRate: Double
  /// A: the variance between the places' true rates.
  public let variance: Double
  /// What is believed of each place.
  public let posteriors: [GammaPosterior]

  /// - Parameters:
  ///   - counts: events of each place.
  ///   - exposures: what they are counted over, such as flats, residents or metres of street; 0 where there is none,
  ///     and then the count has to be 0.
  public init(counts: [Int], exposures: [Double]) {
    precondition(counts.count == exposures.count && exposures.allSatisfy { $0 >= 0 }, "an exposure for each count")
    precondition(zip(counts, exposures).allSatisfy { $0 == 0 || $1 > 0 }, "an event without exposure")
    let total = exposures.reduce(0, +)
    precondition(total > 0, "rates of nothing")
    let events = Double(counts.reduce(0, +))
    let mean = events / total
    let between = zip(counts, exposures).reduce(0.0) { sum, place in
      guard place.1 > 0 else { return sum }
      let away = Double(place.0) / place.1 - mean
      return sum + place.1 * away * away
    } / total
    commonRate = mean
    variance = max(0, between - mean * Double(counts.count) / total)
    let spread = variance
    posteriors = zip(counts, exposures).map { count, exposure in
      spread > 0
        ? GammaPosterior(shape: Double(count) + mean * mean / spread, rate: exposure + mean / spread)
        : GammaPosterior(shape: events + 0.5, rate: total)
    }
  }

  /// The estimate of each place's rate.
  public var estimates: [Double] {
    variance > 0 ? posteriors.map(\.mean) : posteriors.map { _ in commonRate }
  }
}
