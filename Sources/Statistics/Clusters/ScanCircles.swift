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
  func highest(_ counts: [Int32], _ table: ScanTable) -> Double {
    var highest = 0.0
    forEachCircle(counts, table) { _, _, _, _, logRatio, _ in highest = max(highest, logRatio) }
    return highest
  }

  /// The best cylinder of each centre.
  func best(_ counts: [Int32], _ table: ScanTable) -> [Candidate] {
    var best: [Int: Candidate] = [:]
    forEachCircle(counts, table) { centre, size, events, days, logRatio, observed in
      guard logRatio > best[centre]?.logRatio ?? 0 else { return }
      best[centre] = Candidate(
        centre: centre, size: size, circleEvents: events, days: days, observed: observed, logRatio: logRatio)
    }
    return Array(best.values)
  }

  @inline(__always)
  private func forEachCircle(
    _ counts: [Int32], _ table: ScanTable,
    _ body: (_ centre: Int, _ size: Int, _ events: Int, _ days: Int, _ logRatio: Double, _ observed: Int) -> Void
  ) {
    var inside = [Int32](repeating: 0, count: table.days)
    for centre in rings.indices where !rings[centre].isEmpty {
      for day in inside.indices { inside[day] = 0 }
      for (index, ring) in rings[centre].enumerated() {
        let start = Int(ring.place) * table.days
        for day in inside.indices { inside[day] &+= counts[start + day] }
        guard ring.ends else { continue }
        let best = table.best(inside, circle: Int(ring.events))
        if best.days > 0 {
          body(centre, index + 1, Int(ring.events), best.days, best.logRatio, Int(inside[best.days - 1]))
        }
      }
    }
  }
}
