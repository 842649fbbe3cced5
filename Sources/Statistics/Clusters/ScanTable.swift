import RealModule

/// Likelihood ratios of cylinders by what they hold. Dealing days out anew changes neither the events of a circle nor
/// those of the last days, so all logarithms are taken once; and since a ratio's logarithm is at most (c − μ)²·C/(μ(C −
/// μ)), by ln x ≤ x − 1, most cylinders are seen to stay below the highest so far without one, eight spans of days at a
/// time.
struct ScanTable {
  typealias Lanes = SIMD8<Float>

  let days: Int
  /// Vectors for each place and circle.
  let chunks: Int
  private let eventsLeast: Int
  private let total: Int
  /// Events in the last 1, 2 … days.
  private let recent: [Int]
  /// c·ln c.
  private let selfLogs: [Double]
  /// By events of the circle, then days: ln μ and ln(C − μ).
  private let logs: [SIMD2<Double>]
  /// By events of the circle, then days: μ, and √(μ(C − μ)/C).
  private let means: [Lanes]
  private let roots: [Lanes]

  init(ages: [Int], days: Int, eventsLeast: Int) {
    precondition(days > 0, "a cylinder reaches over a day at least")
    self.days = days
    self.eventsLeast = eventsLeast
    let total = ages.count
    let chunks = (days + Lanes.scalarCount - 1) / Lanes.scalarCount
    self.total = total
    self.chunks = chunks
    var recent = [Int](repeating: 0, count: days)
    for age in ages where age < days { recent[age] += 1 }
    for day in 1..<max(1, days) { recent[day] += recent[day - 1] }
    self.recent = recent
    selfLogs = (0...total).map { $0 > 0 ? Double($0) * .log(Double($0)) : 0 }
    // Spans beyond the last are never reached.
    var means = [Lanes](repeating: Lanes(repeating: .infinity), count: (total + 1) * chunks)
    var roots = [Lanes](repeating: .zero, count: means.count)
    var logs: [SIMD2<Double>] = []
    let all = Double(total)
    for circle in 0...total {
      for day in 0..<days {
        let mean = Double(circle) * Double(recent[day]) / all
        let (chunk, lane) = day.quotientAndRemainder(dividingBy: Lanes.scalarCount)
        // A little less, lest rounding hides one that counts.
        means[circle * chunks + chunk][lane] = Float(mean * (1 - 1e-5) - 1e-4)
        roots[circle * chunks + chunk][lane] = Float((mean * (all - mean) / all).squareRoot() * (1 - 1e-5))
        logs.append(SIMD2(mean > 0 ? .log(mean) : 0, mean < all ? .log(all - mean) : 0))
      }
    }
    (self.means, self.roots, self.logs) = (means, roots, logs)
  }

  func expected(circle: Int, days: Int) -> Double { Double(circle) * Double(recent[days - 1]) / Double(total) }

  /// For each place, its events in the last 1, 2 … days, place by place.
  func countsByPlace(_ count: Int, places: [Int], ages: [Int]) -> [Lanes] {
    var counts = [Lanes](repeating: .zero, count: count * chunks)
    for (place, age) in zip(places, ages) where age < days {
      counts[place * chunks + age / Lanes.scalarCount][age % Lanes.scalarCount] += 1
    }
    for place in 0..<count {
      var sum: Float = 0
      for chunk in place * chunks..<(place + 1) * chunks {
        for lane in 0..<Lanes.scalarCount {
          sum += counts[chunk][lane]
          counts[chunk][lane] = sum
        }
      }
    }
    return counts
  }

  /// The highest ratio of a circle's cylinders, if it is above `floor`; 0 days where none is.
  @inline(__always)
  func best(
    _ inside: UnsafeMutableBufferPointer<Lanes>, circle: Int, above floor: Double
  ) -> (logRatio: Double, days: Int) {
    var best = (logRatio: floor, days: 0)
    let reach = Float(floor.squareRoot())
    for chunk in 0..<chunks {
      let bound = means[circle * chunks + chunk] + roots[circle * chunks + chunk] * reach
      guard any(inside[chunk] .> bound .& inside[chunk] .>= Float(eventsLeast)) else { continue }
      for lane in 0..<min(Lanes.scalarCount, days - chunk * Lanes.scalarCount) {
        let day = chunk * Lanes.scalarCount + lane
        let count = Int(inside[chunk][lane])
        guard count >= eventsLeast, count * total > circle * recent[day] else { continue }
        let log = logs[circle * days + day]
        let ratio = selfLogs[count] + selfLogs[total - count] - Double(count) * log.x - Double(total - count) * log.y
        if ratio > best.logRatio { best = (ratio, day + 1) }
      }
    }
    return best
  }
}
