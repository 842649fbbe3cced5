/// Bodies side by side by one rate, each held against the whole: what a chart of dots and intervals shows.
public struct Comparison: Sendable, Hashable {
  /// Fewer counted than this are shown, but not ranked: a share of them says next to nothing.
  public static let countMin = 10

  /// How a body stands to the whole.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// Its whole interval lies on the better or the worse side of the whole's rate.
    case better, worse
    /// The difference may well be chance.
    case alike
    /// Counted less often than ``Comparison/countMin``.
    case few
  }

  public struct Line: Sendable, Hashable {
    public let code: String
    public let tally: RateTally
    /// 0 … 1; nil where nothing counts yet.
    public let interval: ClosedRange<Double>?
    public let standing: Standing
    /// From 1, the best first; equal rates share a place; nil for few.
    public let place: Int?
  }

  public let rate: Rate
  public let whole: RateTally
  /// The best first, those with few at the end; then by code.
  public let lines: [Line]

  /// - Parameters:
  ///   - tallies: by body; those with nothing counted and nothing to come are left out.
  ///   - interval: how sure a share of hits is, see `Wilson` in `Statistics`.
  public init(_ rate: Rate, whole: RateTally, _ tallies: [String: RateTally],
              interval: (_ hits: Int, _ count: Int) -> ClosedRange<Double>) {
    self.rate = rate
    self.whole = whole
    let ranked = tallies.values.filter { $0.denominator >= Self.countMin }.compactMap(\.rate)
    let lines = tallies.compactMap { code, tally -> Line? in
      guard tally.denominator + tally.notYetDue > 0 else { return nil }
      let own = tally.denominator == 0 ? nil : interval(tally.numerator, tally.denominator)
      let isFew = tally.denominator < Self.countMin
      let place = isFew ? nil : tally.rate.map { mine in 1 + ranked.count { rate.isBetter($0, than: mine) } }
      return Line(code: code, tally: tally, interval: own, standing: Self.standing(rate, own, isFew, whole.rate),
                  place: place)
    }
    self.lines = lines.sorted { ($0.place ?? .max, $0.code) < ($1.place ?? .max, $1.code) }
  }

  private static func standing(_ rate: Rate, _ interval: ClosedRange<Double>?, _ isFew: Bool, _ whole: Double?)
    -> Standing
  {
    guard !isFew, let interval, let whole else { return .few }
    guard !interval.contains(whole) else { return .alike }
    return rate.isBetter(interval.lowerBound, than: whole) ? .better : .worse
  }
}

extension Rate {
  /// Whether much of it is what is wanted; of return-flow, complaints and repeat reports, little is.
  public var isHighWanted: Bool {
    switch self {
    case .signIn, .diversion, .feedback, .completion: true
    case .returnFlow, .complaint, .repeatReport: false
    }
  }

  public func isBetter(_ one: Double, than other: Double) -> Bool { isHighWanted ? one > other : one < other }
}
