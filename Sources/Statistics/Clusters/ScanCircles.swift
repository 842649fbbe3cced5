/// The circles around each place: its nearest places, as far as radius and events allow.
struct ScanCircles {
  struct Candidate {
    let centre: Int
    /// How many of the nearest places.
    let size: Int
    let circleEvents: Int
    let days: Int
    let observed: Int
    let logRatio: Double
  }

  private struct Ring {
    let place: Int32
    /// Events within, this one included.
    let events: Int32
    let distance: Double
    /// The next place is farther, so that a circle may end here.
    let ends: Bool
  }

  private let rings: [[Ring]]

  init(x: [Double], y: [Double], places: [Int], radiusMost: Double?, eventsMost: Double) {
    var events = [Int](repeating: 0, count: x.count)
    for place in places { events[place] += 1 }
    let used = events.indices.filter { events[$0] > 0 }
    rings = x.indices.map { centre in
      guard events[centre] > 0 else { return [] }
      let near = used.map { place in
        let (dx, dy) = (x[place] - x[centre], y[place] - y[centre])
        return (distance: (dx * dx + dy * dy).squareRoot(), place: place)
      }.filter { $0.distance <= radiusMost ?? .infinity }.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }
      var sum = 0
      var found: [Ring] = []
      for (index, next) in near.enumerated() {
        sum += events[next.place]
        guard Double(sum) <= eventsMost else { break }
        let ends = index + 1 == near.count || near[index + 1].distance > next.distance
        found.append(Ring(place: Int32(next.place), events: Int32(sum), distance: next.distance, ends: ends))
      }
      return found
    }
  }

  func places(of candidate: Candidate) -> [Int] { rings[candidate.centre].prefix(candidate.size).map { Int($0.place) } }

  func radius(of candidate: Candidate) -> Double { rings[candidate.centre][candidate.size - 1].distance }

  /// The highest ratio of all cylinders.
  func highest(_ counts: [ScanTable.Lanes], _ table: ScanTable) -> Double {
    var highest = 0.0
    for centre in rings.indices {
      if let found = best(around: centre, counts, table, above: highest) { highest = found.logRatio }
    }
    return highest
  }

  /// The best cylinder of each centre.
  func best(_ counts: [ScanTable.Lanes], _ table: ScanTable) -> [Candidate] {
    rings.indices.compactMap { best(around: $0, counts, table, above: 0) }
  }

  private func best(
    around centre: Int, _ counts: [ScanTable.Lanes], _ table: ScanTable, above floor: Double
  ) -> Candidate? {
    var best: Candidate?
    var highest = floor
    let chunks = table.chunks
    withUnsafeTemporaryAllocation(of: ScanTable.Lanes.self, capacity: chunks) { inside in
      inside.initialize(repeating: .zero)
      for (index, ring) in rings[centre].enumerated() {
        let start = Int(ring.place) * chunks
        for chunk in 0..<chunks { inside[chunk] += counts[start + chunk] }
        guard ring.ends else { continue }
        let found = table.best(inside, circle: Int(ring.events), above: highest)
        guard found.days > 0 else { continue }
        highest = found.logRatio
        let lanes = ScanTable.Lanes.scalarCount
        best = Candidate(
          centre: centre, size: index + 1, circleEvents: Int(ring.events), days: found.days,
          observed: Int(inside[(found.days - 1) / lanes][(found.days - 1) % lanes]), logRatio: found.logRatio)
      }
    }
    return best
  }
}
