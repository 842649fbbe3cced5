import Synchronization

/// Counts and durations of requests, by method, route and status, for `/metrics`.
package final class Meter: Sendable {
  /// Upper bounds of the histogram, in seconds.
  static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  package struct Key: Hashable, Sendable {
    let method: String
    let route: String
  }

  package struct Histogram: Sendable {
    /// One for each bound, and one for what is beyond.
    var counts = [Int](repeating: 0, count: Meter.bounds.count + 1)
    var sumSeconds = 0.0
    var statuses: [Int: Int] = [:]
    var count: Int { counts.reduce(0, +) }
  }

  package init() {}

  private let histograms = Mutex<[Key: Histogram]>([:])
  private let counters = Mutex<[String: Int]>([:])

  func record(method: String, route: String, status: Int, seconds: Double) {
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    histograms.withLock { histograms in
      histograms[Key(method: method, route: route), default: Histogram()].add(bucket, seconds, status)
    }
  }

  /// Adds to a counter, or to a gauge that may fall again.
  func add(_ count: Int, to name: String) { counters.withLock { $0[name, default: 0] += count } }

  var requests: [(key: Key, histogram: Histogram)] {
    histograms.withLock { Array($0) }.sorted { ($0.key.route, $0.key.method) < ($1.key.route, $1.key.method) }
      .map { ($0.key, $0.value) }
  }

  package func count(_ name: String) -> Int { counters.withLock { $0[name, default: 0] } }
}

extension Meter.Histogram {
  fileprivate mutating func add(_ bucket: Int, _ seconds: Double, _ status: Int) {
    counts[bucket] += 1
    sumSeconds += seconds
    statuses[status, default: 0] += 1
  }
}
