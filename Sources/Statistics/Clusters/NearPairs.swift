/// All pairs of events that are near each other in space, found once in a grid of cells.
///
/// Events are put in the order of their cells first, so that the partners of an event lie near it in memory.
struct NearPairs {
  enum Metric { case euclidean, manhattan }

  /// Position in the order → index of the event as it was given.
  private(set) var order: [Int] = []
  /// Partners of the event at a position stand in `starts[position]..<starts[position + 1]`, all at later positions.
  private(set) var starts: [Int] = [0]
  private(set) var partners: [Int32] = []
  /// Of each pair, in metres.
  private(set) var distances: [Double] = []

  /// - Parameter distance: the farthest, included.
  init(x: [Double], y: [Double], within distance: Double, _ metric: Metric) {
    precondition(x.count == y.count && distance > 0, "a point has two coordinates, and near is not nothing")
    guard let west = x.min(), let east = x.max(), let south = y.min() else { return }
    // Cells as wide as the distance, unless that made far more cells than events.
    let cell = max(distance, (east - west) / 4_096)
    let columns = Int((east - west) / cell) + 3
    let keys = x.indices.map { (Int((y[$0] - south) / cell) + 1) * columns + Int((x[$0] - west) / cell) + 1 }
    order = x.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    let sortedKeys = order.map { keys[$0] }
    let sortedX = order.map { x[$0] }
    let sortedY = order.map { y[$0] }
    // Where the cell to the east and the row to the north begin and end moves on with the position.
    var north = 0
    var northEnd = 0
    for position in order.indices {
      let key = sortedKeys[position]
      var own = position + 1
      while own < order.count, sortedKeys[own] <= key + 1 { own += 1 }
      while north < order.count, sortedKeys[north] < key + columns - 1 { north += 1 }
      northEnd = max(northEnd, north)
      while northEnd < order.count, sortedKeys[northEnd] <= key + columns + 1 { northEnd += 1 }
      for range in [position + 1..<own, north..<northEnd] {
        for other in range {
          let dx = abs(sortedX[other] - sortedX[position])
          let dy = abs(sortedY[other] - sortedY[position])
          let apart = metric == .euclidean ? (dx * dx + dy * dy).squareRoot() : dx + dy
          if apart <= distance {
            partners.append(Int32(other))
            distances.append(apart)
          }
        }
      }
      starts.append(partners.count)
    }
  }

  /// The pairs sorted into classes by their distance; nil drops a pair.
  func classes(_ count: Int, by band: (Double) -> Int?) -> [DealtTimes.PairClass] {
    var classes = [DealtTimes.PairClass](repeating: .init(), count: count)
    for position in order.indices {
      for index in starts[position]..<starts[position + 1] {
        if let band = band(distances[index]) { classes[band].partners.append(partners[index]) }
      }
      for band in 0..<count { classes[band].starts.append(classes[band].partners.count) }
    }
    return classes
  }
}
