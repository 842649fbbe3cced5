/// How good a map of hot spots was at saying where events would happen.
///
/// With n of the N later events in the a of A cells that the map puts first: PAI = (n/N)/(a/A), how many times more
/// events than in cells taken by chance; PEI* = PAI over the best that any map could have had for so many cells.
/// Source: S. Chainey, L. Tompson, S. Uhlig, "The utility of hotspot mapping for predicting spatial patterns of crime",
/// Security Journal 21 (2008) 4–28; J. M. Hunt, Do Crime Hot Spots Move? (2016), for PEI, here by cells of equal size.
public struct HotSpotAccuracy: Sendable, Hashable {
  /// n: events in the chosen cells.
  public let hits: Int
  /// N.
  public let events: Int
  public let pai: Double
  public let peiStar: Double

  /// - Parameters:
  ///   - scores: of each cell of the study area; of equal ones the earlier cell is taken first.
  ///   - events: what happened later in each.
  ///   - outside: events of the same time in no cell of the study area; they count in N, where no map finds them.
  ///   - cells: a, how many the map may choose.
  /// - Returns: nil where nothing happened.
  public init?(scores: [Double], events: [Int], outside: Int = 0, cells: Int) {
    precondition(scores.count == events.count && cells > 0 && cells <= scores.count, "some of the cells are chosen")
    let total = events.reduce(0, +)
    guard total > 0, outside >= 0 else { return nil }
    let chosen = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(cells)
    let best = events.sorted(by: >).prefix(cells).reduce(0, +)
    hits = chosen.reduce(0) { $0 + events[$1] }
    self.events = total + outside
    pai = Double(hits) / Double(total + outside) / (Double(cells) / Double(scores.count))
    peiStar = Double(hits) / Double(best)
  }
}
