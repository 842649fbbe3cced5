/// A local statistic of each place, and how seldom chance gives as much.
public struct LocalAssociation: Sendable, Hashable {
  public let values: [Double]
  /// Pseudo p-values for high values: (draws at least as high as what was observed + 1) / (draws + 1).
  public let chanceAbove: [Double]
  /// The same for low values.
  public let chanceBelow: [Double]

  init(values: [Double], tails: [(above: Int, below: Int)], draws: Int) {
    self.values = values
    chanceAbove = tails.map { Double($0.above + 1) / Double(draws + 1) }
    chanceBelow = tails.map { Double($0.below + 1) / Double(draws + 1) }
  }
}
