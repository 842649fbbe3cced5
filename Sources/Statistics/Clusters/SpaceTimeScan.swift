import RealModule

/// Where events have lately begun to crowd: the space-time permutation scan.
///
/// Cylinders stand on circles around each place and reach from the last day back over 1, 2 … days. If places and days
/// had nothing to do with each other, a cylinder would hold μ = (events in the circle) · (events in the days)/C of the
/// C events; with c in it, its ratio of likelihoods is (c/μ)ᶜ((C − c)/(C − μ))^(C − c) where c > μ. The days are dealt
/// out anew to the events; the chance of a cylinder is that of a highest ratio as high as its own. It needs no
/// population, and neither places nor days that always have more raise an alarm.
/// Source: M. Kulldorff et al., "A space-time permutation scan statistic for disease outbreak detection", PLoS Medicine
/// 2 (2005) e59.
public struct SpaceTimeScan: Sendable, Hashable {
  /// The longest cylinder, in days.
  public var daysMost = 28
  /// The widest circle, in metres; nil for any.
  public var radiusMost: Double?
  /// The largest share of all events that a circle may hold.
  public var shareMost = 0.5
  /// The fewest events that make a cluster.
  public var eventsLeast = 3
  public var permutations = 999

  public init() {}

  public struct Cluster: Sendable, Hashable {
    /// The place in the middle, and all places of the circle.
    public let centre: Int
    public let places: [Int]
    /// Metres, to the farthest of them.
    public let radius: Double
    public let firstDay: Int
    public let lastDay: Int
    public let observed: Int
    public let expected: Double
    /// The logarithm of the ratio of likelihoods.
    public let logRatio: Double
    /// (permutations whose highest ratio is as high + 1)/(permutations + 1).
    public let chance: Double
  }

  /// - Parameters:
  ///   - x: of each place, in metres; as many as `y`.
  ///   - places: of each event, an index of a place.
  ///   - days: of each event, as many; those after `lastDay` are not looked at.
  /// - Returns: clusters that share no place, the likeliest first; at most ten.
  public func clusters(
    x: [Double], y: [Double], places: [Int], days: [Int], lastDay: Int, seed: UInt64
  ) -> [Cluster] {
    precondition(x.count == y.count && places.count == days.count, "places have coordinates, events a place and a day")
    let kept = days.indices.filter { days[$0] <= lastDay }
    let places = kept.map { places[$0] }
    // How many days ago; what is older than the longest cylinder is all the same.
    let ages = kept.map { min(daysMost, lastDay - days[$0]) }
    guard kept.count > 1 else { return [] }
    let circles = ScanCircles(
      x: x, y: y, places: places, radiusMost: radiusMost, eventsMost: shareMost * Double(kept.count))
    let table = ScanTable(ages: ages, days: daysMost, eventsLeast: eventsLeast)
    let highest = (0..<permutations).map { permutation in
      var random = StreamRandom(seed: seed, stream: UInt64(permutation))
      let dealt = table.countsByPlace(x.count, places: places, ages: random.shuffled(ages))
      return circles.highest(dealt, table)
    }
    let found = circles.best(table.countsByPlace(x.count, places: places, ages: ages), table)
    var clusters: [Cluster] = []
    var isTaken = [Bool](repeating: false, count: x.count)
    for candidate in found.sorted(by: { ($1.logRatio, $0.centre) < ($0.logRatio, $1.centre) }) {
      let inside = circles.places(of: candidate)
      guard clusters.count < 10, !inside.contains(where: { isTaken[$0] }) else { continue }
      for place in inside { isTaken[place] = true }
      // Sums in another order must not miss their equal.
      let asHigh = highest.count { $0 >= candidate.logRatio * (1 - 1e-12) }
      clusters.append(Cluster(
        centre: candidate.centre, places: inside.sorted(), radius: circles.radius(of: candidate),
        firstDay: lastDay - candidate.days + 1, lastDay: lastDay, observed: candidate.observed,
        expected: table.expected(circle: candidate.circleEvents, days: candidate.days), logRatio: candidate.logRatio,
        chance: Double(asHigh + 1) / Double(permutations + 1)))
    }
    return clusters
  }
}
