/// How unevenly events are spread over places.
///
/// With places in rising order of their shares yᵢ, n of them and c events: Gini G = (2Σi·yᵢ − n − 1)/n. Where there are
/// fewer events than places most places must have none however even the spread, and G is high for nothing; the
/// generalised G′ = max(1/c, 1/n)·(2Σi·yᵢ − n − 1) − max(n/c, 1) + 1 measures from the evenest spread that whole events
/// allow.
/// Source: W. Bernasco, W. Steenbeek, "More places than crimes: implications for evaluating the law of crime
/// concentration at place", Journal of Quantitative Criminology 33 (2017) 451–467; M. O. Lorenz, Publications of the
/// American Statistical Association 9 (1905) 209–219.
public struct Concentration: Sendable, Hashable {
  public let gini: Double
  public let generalisedGini: Double
  /// The curve: the share of events of the first 0, 1 … n places, fewest first.
  public let lorenz: [Double]

  /// - Returns: nil where there is no place or no event.
  public init?(counts: [Int]) {
    precondition(counts.allSatisfy { $0 >= 0 }, "a count is not negative")
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    let (n, c) = (Double(counts.count), Double(total))
    var sum = 0
    var weighted = 0.0
    var curve = [0.0]
    for (index, count) in counts.sorted().enumerated() {
      sum += count
      weighted += Double(index + 1) * Double(count)
      curve.append(Double(sum) / c)
    }
    let away = 2 * weighted / c - n - 1
    gini = away / n
    generalisedGini = max(1 / c, 1 / n) * away - max(n / c, 1) + 1
    lorenz = curve
  }

  /// How few places hold a share of the events, as a share of all places: 0.05 for "half of it in five places of a
  /// hundred" with `share` 0.5.
  public func placesHolding(_ share: Double) -> Double {
    let places = lorenz.count - 1
    // Rounding in the curve must not ask for one place more.
    let few = (0...places).first { 1 - lorenz[places - $0] >= share - 1e-12 } ?? places
    return Double(few) / Double(places)
  }
}
