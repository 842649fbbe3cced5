import Domain

/// A line through time with the band of its intervals: numbers for a drawing of 360 × 150 units, and its words.
struct TrendChart: Sendable {
  struct Point: Sendable {
    /// Of the span.
    let label: String
    let tally: RateTally
    let interval: ClosedRange<Double>?
    /// More may become known of it yet.
    let isOpen: Bool
  }

  struct Dot: Sendable {
    let x: Double
    let y: Double
    let isOpen: Bool
    let label: String
  }

  struct Mark: Sendable {
    let at: Double
    let text: String
    /// Where the text begins, ends or has its middle: `start`, `middle`, `end`.
    let anchor: String
  }

  let id: String
  let title: String
  let summary: String
  let heights: [Mark]
  let spans: [Mark]
  let band: String
  let line: String
  let dots: [Dot]

  private static let (left, right, top, bottom) = (42.0, 352.0, 10.0, 122.0)

  init(id: String, title: String, summary: String, _ points: [Point], percent: (Double) -> String) {
    self.id = id
    self.title = title
    self.summary = summary
    let scale = Scale(points.compactMap(\.tally.rate))
    let step = (Self.right - Self.left) / Double(max(points.count, 1))
    func x(_ index: Int) -> Double { Self.rounded(Self.left + (Double(index) + 0.5) * step) }
    func y(_ share: Double) -> Double {
      Self.rounded(Self.bottom - scale.position(share) * (Self.bottom - Self.top))
    }
    heights = [scale.low, (scale.low + scale.high) / 2, scale.high].map {
      Mark(at: y($0), text: "\(Int(($0 * 100).rounded()))%", anchor: "end")
    }
    spans = [0, points.count / 2, points.count - 1].filter(points.indices.contains).map {
      let anchor = $0 == 0 ? "start" : $0 == points.count - 1 ? "end" : "middle"
      return Mark(at: $0 == 0 ? Self.left : $0 == points.count - 1 ? Self.right : x($0), text: points[$0].label,
                  anchor: anchor)
    }
    dots = points.enumerated().compactMap { index, point in
      point.tally.rate.map {
        Dot(x: x(index), y: y($0), isOpen: point.isOpen, label: "\(point.label): \(percent($0))")
      }
    }
    let runs = Self.runs(points)
    line = runs.map { run in
      Self.path(run.compactMap { index in points[index].tally.rate.map { (x(index), y($0)) } })
    }.joined()
    band = runs.filter { $0.count > 1 }.map { run in
      let upper = run.compactMap { index in points[index].interval.map { (x(index), y($0.upperBound)) } }
      let lower = run.reversed().compactMap { index in points[index].interval.map { (x(index), y($0.lowerBound)) } }
      return Self.path(upper + lower) + "Z"
    }.joined()
  }

  /// Neighbours of which each has a value.
  private static func runs(_ points: [Point]) -> [[Int]] {
    points.indices.reduce(into: [[]]) { runs, index in
      if points[index].tally.rate == nil { runs.append([]) } else { runs[runs.count - 1].append(index) }
    }.filter { !$0.isEmpty }
  }

  private static func path(_ points: [(Double, Double)]) -> String {
    points.enumerated().map { ($0 == 0 ? "M" : "L") + "\($1.0) \($1.1)" }.joined()
  }

  private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  /// The part of 0 … 1 that is drawn: tens of percent around the values, at least twenty points high.
  private struct Scale {
    let low: Double
    let high: Double

    init(_ values: [Double]) {
      let least = ((values.min() ?? 0) - 0.03) * 10
      let most = ((values.max() ?? 1) + 0.03) * 10
      let high = min(10, max(most.rounded(.up), 2))
      self.high = high / 10
      low = max(0, min(least.rounded(.down), high - 2)) / 10
    }

    /// 0 at the bottom, 1 at the top; what lies outside is drawn at the edge.
    func position(_ share: Double) -> Double { min(1, max(0, (share - low) / (high - low))) }
  }
}
