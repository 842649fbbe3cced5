import RealModule

/// Likelihood ratios of cylinders by what they hold. Dealing days out anew changes neither the events of a circle nor
/// those of the last days, so all logarithms are taken once.
struct ScanTable {
  let days: Int
  private let eventsLeast: Int
  private let total: Int
  /// Events in the last 1, 2 … days.
  private let recent: [Int]
  /// c·ln c.
  private let selfLogs: [Double]
  /// By events of the circle, then days: ln μ and ln(C − μ).
  private let logs: [SIMD2<Double>]

  init(ages: [Int], days: Int, eventsLeast: Int) {
    precondition(days > 0, "a cylinder reaches over a day at least")
    self.days = days
    self.eventsLeast = eventsLeast
    let total = ages.count
    self.total = total
    var recent = [Int](repeating: 0, count: days)
    for age in ages where age < days { recent[age] += 1 }
    for day in 1..<max(1, days) { recent[day] += recent[day - 1] }
    self.recent = recent
    selfLogs = (0...total).map { $0 > 0 ? Double($0) * .log(Double($0)) : 0 }
    logs = (0...total).flatMap { circle in
      recent.map { recent in
        let mean = Double(circle) * Double(recent) / Double(total)
        return SIMD2(mean > 0 ? .log(mean) : 0, mean < Double(total) ? .log(Double(total) - mean) : 0)
      }
    }
  }

  func expected(circle: Int, days: Int) -> Double { Double(circle) * Double(recent[days - 1]) / Double(total) }

  /// For each place, its events in the last 1, 2 … days, place by place.
  func countsByPlace(_ count: Int, places: [Int], ages: [Int]) -> [Int32] {
    var counts = [Int32](repeating: 0, count: count * days)
    for (place, age) in zip(places, ages) where age < days { counts[place * days + age] += 1 }
    for start in stride(from: 0, to: counts.count, by: days) {
      for day in start + 1..<max(start + 1, start + days) { counts[day] += counts[day - 1] }
    }
    return counts
  }

  /// The highest ratio of a circle's cylinders; 0 days where none holds more than expected.
  func best(_ inside: [Int32], circle: Int) -> (logRatio: Double, days: Int) {
    var best = (logRatio: 0.0, days: 0)
    for day in 0..<days {
      let count = Int(inside[day])
      guard count >= eventsLeast, count * total > circle * recent[day] else { continue }
      let log = logs[circle * days + day]
      let ratio = selfLogs[count] + selfLogs[total - count] - Double(count) * log.x - Double(total - count) * log.y
      if ratio > best.logRatio { best = (ratio, day + 1) }
    }
    return best
  }
}
