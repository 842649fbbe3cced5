/// Counts of places over periods, all places over the same ones, and where and when a measure was at work.
public struct Panel: Sendable, Hashable {
  public let places: Int
  public let periods: Int
  /// Place by place: index = place · periods + period.
  public let counts: [Double]
  public let isTreated: [Bool]

  public init(places: Int, periods: Int, counts: [Double], isTreated: [Bool]) {
    precondition(counts.count == places * periods, "a count for each place and period")
    precondition(isTreated.count == counts.count, "treated or not, each of them")
    self.places = places
    self.periods = periods
    self.counts = counts
    self.isTreated = isTreated
  }
}
