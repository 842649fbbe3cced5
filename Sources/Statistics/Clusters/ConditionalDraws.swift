/// What a place's neighbours would sum to if the values of all other places were dealt out anew, the place's own value
/// held where it is.
///
/// One list of places is drawn for each permutation and serves all places: the first k of them that are not the place
/// itself are a simple random sample of its k neighbours. So a place's pseudo p-value is distributed just as with draws
/// of its own, the sums of all places of k neighbours are sorted once, and a look into them replaces a simulation. (The
/// errors of simulation of different places are not independent, as in all packages that deal once for all.)
///
/// Source: L. Anselin, Geographical Analysis 27 (1995) 93–115, for the conditional permutation.
struct ConditionalDraws {
  let count: Int
  private let values: [Double]
  /// By number of neighbours: the sums over the first so many, in the order of the draws, and sorted.
  private var sums: [[Double]]
  private var sorted: [[Double]]
  /// By place: in which draws it appears, and where.
  private var appearances: [Int: [(draw: Int, position: Int)]] = [:]
  /// Sums of other order but the same values count as equal.
  private let tolerance: Double

  init(of values: [Double], for adjacency: Adjacency, count: Int, seed: UInt64) {
    precondition(count > 0 && values.count == adjacency.count, "a value for each place, and draws")
    let most = (0..<adjacency.count).map { adjacency[$0].count }.max() ?? 0
    self.count = count
    self.values = values
    sums = [[Double]](repeating: [], count: most + 2)
    sums[0] = [Double](repeating: 0, count: count)
    tolerance = 1e-13 * Double(most + 1) * (values.lazy.map { abs($0) }.max() ?? 0)
    var places = Array(values.indices)
    // One more than neighbours, for a place that appears in its own draw.
    let width = min(most + 1, places.count)
    for draw in 0..<count {
      var random = StreamRandom(seed: seed, stream: UInt64(draw))
      var total = 0.0
      var undo: [Int] = []
      for position in 0..<width {
        let other = position + random.below(UInt32(places.count - position))
        places.swapAt(position, other)
        undo.append(other)
        total += values[places[position]]
        sums[position + 1].append(total)
        appearances[places[position], default: []].append((draw, position))
      }
      for position in (0..<width).reversed() { places.swapAt(position, undo[position]) }
    }
    sorted = sums.map { $0.sorted() }
  }

  /// How many draws give the place's neighbours at least, and at most, what they sum to.
  func tails(of place: Int, neighbours: Int, sum: Double) -> (above: Int, below: Int) {
    let high = sum - tolerance
    let low = sum + tolerance
    let all = sorted[neighbours]
    var above = count - Self.partition(all) { $0 < high }
    var below = Self.partition(all) { $0 <= low }
    for (draw, position) in appearances[place] ?? [] where position < neighbours {
      let with = sums[neighbours][draw]
      let without = sums[neighbours + 1][draw] - values[place]
      above += (without >= high ? 1 : 0) - (with >= high ? 1 : 0)
      below += (without <= low ? 1 : 0) - (with <= low ? 1 : 0)
    }
    return (above, below)
  }

  /// The first index at which `isBefore` no longer holds.
  private static func partition(_ sorted: [Double], _ isBefore: (Double) -> Bool) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
