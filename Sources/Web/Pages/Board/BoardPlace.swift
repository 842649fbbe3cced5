import Domain
import Features

/// Where a row of the board stands: in the list, and its dot on the map.
struct BoardPlace: Sendable {
  /// Sorts as a text like the list; rows that are equal in it stand by their ids.
  let order: String
  /// `longitude,latitude`; nil without a point.
  let point: String?
  /// Milliseconds of UTC; nil where nothing is due.
  let dueAt: Int64?
  let isFresh: Bool
  let isDangerous: Bool
  let isEnded: Bool

  init(_ summary: CaseSummary, _ order: ListCases.Filter.Order, at now: Instant) {
    let value = order == .newest ? Int64.max - summary.openedAt.milliseconds : summary.attention(at: now)
    let digits = String(value)
    self.order = String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    point = summary.point.map { "\($0.longitude),\($0.latitude)" }
    dueAt = summary.dueAt?.milliseconds
    isFresh = Self.isFresh(summary.phase)
    isDangerous = summary.isDangerous
    isEnded = summary.phase.isEnded
  }

  /// Nobody has been asked to take it on.
  static func isFresh(_ phase: Phase) -> Bool { phase == .desk || phase == .coordination }
}
