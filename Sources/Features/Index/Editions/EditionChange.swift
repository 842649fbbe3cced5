import Statistics

/// A count beside that of the period before, as a rate for each day. What is hidden is nil.
public struct EditionChange: Sendable, Hashable, Codable {
  public enum Standing: String, Sendable, Hashable, Codable { case up, down, level }

  public let now: Int?
  public let before: Int?
  /// 0.8 is a fall by a fifth; nil where one of the two is hidden or there was nothing before.
  public let ratio: Double?
  public let low: Double?
  public let high: Double?
  /// Adjusted for all that is compared in the same list.
  public private(set) var chance: Double?
  public private(set) var standing: Standing?

  /// - Parameters:
  ///   - days: of the two periods.
  init(now: Int?, before: Int?, days: (now: Int, before: Int)) {
    self.now = now
    self.before = before
    guard let now, let before, now + before > 0 else {
      (ratio, low, high) = (nil, nil, nil)
      return
    }
    let change = CountChange(
      now: now, before: before, exposure: Double(days.now), exposureBefore: Double(days.before))
    ratio = change.ratio?.short
    low = change.interval.lowerBound.short
    high = change.interval.upperBound.isFinite ? change.interval.upperBound.short : nil
    chance = change.chance
    standing = .level
  }

  /// A whole list: with so many compared, some would stand out by chance.
  static func list(_ counts: [(now: Int?, before: Int?)], days: (now: Int, before: Int)) -> [EditionChange] {
    var changes = counts.map { EditionChange(now: $0.now, before: $0.before, days: days) }
    let known = changes.indices.filter { changes[$0].chance != nil }
    let adjusted = FalseDiscovery.adjusted(known.compactMap { changes[$0].chance })
    for (index, chance) in zip(known, adjusted) {
      changes[index].chance = chance.short
      guard chance <= 0.05 else { continue }
      changes[index].standing = changes[index].ratio.map { $0 < 1 ? .down : .up } ?? .up
    }
    return changes
  }
}
