import Domain
import SQL

extension ReadRates {
  /// A span of a trend and the instant that it is reckoned as of.
  public struct Span: Sendable, Hashable {
    public let from: Instant
    /// Exclusive.
    public let to: Instant
    public let asOf: Instant

    public init(from: Instant, to: Instant, asOf: Instant) {
      self.from = from
      self.to = to
      self.asOf = asOf
    }
  }

  /// One rate over many spans, each as of an instant of its own: what ``callAsFunction(_:for:)`` says of each, from one
  /// reading of the rate's rows.
  /// - Parameter query: its filters count; its period, its instant and its dimension do not.
  /// - Returns: a tally for each span, in their order.
  public func trend(of rate: Rate, over spans: [Span], _ query: Query, for actor: Actor) async throws -> [RateTally] {
    guard !spans.isEmpty else { return [] }
    let table = spans.enumerated().reduce("" as Statement) { table, item in
      let row: Statement = """
        SELECT CAST(\(item.offset) AS BIGINT) AS number, CAST(\(item.element.from) AS BIGINT) AS from_at,
          CAST(\(item.element.to) AS BIGINT) AS to_at, CAST(\(item.element.asOf) AS BIGINT) AS as_of
        """
      return item.offset == 0 ? row : "\(table) UNION ALL \(row)"
    }
    // NB: SQLite takes CROSS JOIN in the order in which it stands: the rows are read once, the spans for each of them.
    let found = try await site.database.read { connection in
      try connection.all(
        """
        SELECT s.number, SUM(CASE WHEN f.known_at <= s.as_of THEN 1 ELSE 0 END),
          SUM(CASE WHEN f.known_at <= s.as_of AND f.hit_at <= s.as_of AND f.lost_at > s.as_of THEN 1 ELSE 0 END),
          SUM(CASE WHEN f.known_at > s.as_of THEN 1 ELSE 0 END)
        FROM rate_facts f CROSS JOIN (\(table)) s
        WHERE f.district = \(site.district) AND f.rate = \(rate.rawValue)
          AND f.seen_at <= s.as_of AND f.void_at > s.as_of
          AND ((f.known_at <= s.as_of AND f.counted_at >= s.from_at AND f.counted_at < s.to_at)
            OR (f.known_at > s.as_of AND f.started_at >= s.from_at AND f.started_at < s.to_at))\(scope(query, actor))
        GROUP BY s.number
        """
      ) { row in
        (row.int(0), RateTally(denominator: row.int(1), numerator: row.int(2), notYetDue: row.int(3)))
      }
    }
    return found.reduce(into: spans.map { _ in RateTally() }) { $0[$1.0] = $1.1 }
  }
}
