/// How much more often than by chance another event follows near by and soon: a table of bands of distance and time.
///
/// Distance is Manhattan's, bands are closed on the left: [b₀, b₁), [b₁, b₂) … Chance: the days are dealt out anew.
/// Source: J. H. Ratcliffe, G. F. Rengert, "Near-repeat patterns in Philadelphia shootings", Security Journal 21 (2008)
/// 58–76; the definitions are those of W. Steenbeek's R package NearRepeat.
public enum NearRepeat {
  public struct Table: Sendable, Hashable {
    /// Pairs, a row for each band of distance, a column for each band of time.
    public let observed: [[Int]]
    /// Observed over the mean of the permutations; infinite where only the first
    /// has pairs, not a number where neither has.
    public let ratio: [[Double]]
    /// (permutations with at least as many + 1) / (permutations + 1).
    public let chance: [[Double]]
    /// Pairs within the outermost distance, at any time.
    public let spacePairs: Int
  }

  /// - Parameters:
  ///   - x: metres, as many as `y` and `days`.
  ///   - distances: the bounds of the bands in metres, rising.
  ///   - times: the bounds of the bands in days, rising.
  public static func table(
    x: [Double], y: [Double], days: [Int], distances: [Double], times: [Int], permutations: Int = 999, seed: UInt64
  ) -> Table {
    precondition(days.count == x.count && permutations > 0, "an event has a place and a day")
    precondition(distances.count > 1 && times.count > 1, "a band has two bounds")
    let pairs = NearPairs(x: x, y: y, within: distances[distances.count - 1], .manhattan)
    let classes = pairs.classes(distances.count - 1) { apart in
      apart >= distances[0] && apart < distances[distances.count - 1] ? distances.lastIndex { $0 <= apart } : nil
    }
    // Days are whole: less than a bound is at most the day before it.
    let dealt = DealtTimes(
      times: pairs.order.map { Double(days[$0]) }, classes: classes, bounds: times.map { Double($0 - 1) })
    let observed = bands(dealt.observed(), times.count)
    var atLeast = observed.map { row in row.map { _ in 0 } }
    var total = atLeast
    for counts in dealt.simulated(permutations, seed: seed) {
      for (row, line) in bands(counts, times.count).enumerated() {
        for (column, pairs) in line.enumerated() {
          total[row][column] += pairs
          if pairs >= observed[row][column] { atLeast[row][column] += 1 }
        }
      }
    }
    return Table(
      observed: observed,
      ratio: zip(observed, total).map { zip($0, $1).map { Double($0 * permutations) / Double($1) } },
      chance: atLeast.map { $0.map { Double($0 + 1) / Double(permutations + 1) } },
      spacePairs: classes.reduce(0) { $0 + $1.partners.count })
  }

  /// From pairs below each bound to pairs between two.
  private static func bands(_ counts: [Int], _ bounds: Int) -> [[Int]] {
    stride(from: 0, to: counts.count, by: bounds).map { row in
      (1..<bounds).map { counts[row + $0] - counts[row + $0 - 1] }
    }
  }
}
