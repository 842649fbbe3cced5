import Domain
import SQL

extension ListCases {
  /// A case as a dot on a map.
  public struct Point: Sendable, Hashable {
    public let id: String
    public let point: Coordinate
    public let phase: Phase
    public let kind: String?
    public let dueAt: Instant?
    public let isDangerous: Bool
  }

  /// More than a map can tell apart.
  public static let pointsMax = 20_000

  /// Where the cases are that somebody may see and a filter lets through, in its order; at most ``pointsMax``.
  public func points(_ filter: Filter, for actor: Actor) async throws -> [Point] {
    let now = site.now()
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT c.id, c.latitude, c.longitude, c.phase, c.kind, c.due_at, c.is_dangerous FROM cases c
        WHERE c.district = \(site.district) AND \(CaseScope(actor).condition()) AND c.latitude IS NOT NULL
          AND c.longitude IS NOT NULL \(conditions(filter, now))
        ORDER BY \(order(filter.order, now)) LIMIT \(Self.pointsMax)
        """
      ) { row in
        guard let phase = Phase(rawValue: row.text(3)) else { throw DatabaseError.failed("cases: an unknown phase") }
        return Point(
          id: row.text(0), point: Coordinate(latitude: row.real(1), longitude: row.real(2)), phase: phase,
          kind: row.optionalText(4), dueAt: row.optionalInteger(5).map(Instant.init(milliseconds:)),
          isDangerous: row.integer(6) != 0)
      }
    }
  }
}
