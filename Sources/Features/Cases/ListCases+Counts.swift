import Domain
import SQL

extension ListCases {
  /// How many open cases stand where, within a filter.
  public struct Count: Sendable, Hashable {
    public let phase: Phase
    public let isLate: Bool
    public let isRefused: Bool
    public let isReturned: Bool
    public let cases: Int
  }

  /// The open cases that a filter lets through, counted by what a board sorts them by.
  public func counts(_ filter: Filter, for actor: Actor) async throws -> [Count] {
    let now = site.now()
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT c.phase, c.late, c.refused, c.returned, COUNT(*) FROM (
          SELECT c.phase, CASE WHEN c.due_at < \(now) THEN 1 ELSE 0 END AS late,
            CASE WHEN c.refusals > 0 THEN 1 ELSE 0 END AS refused,
            CASE WHEN c.returns > 0 THEN 1 ELSE 0 END AS returned
          FROM cases c
          WHERE c.district = \(site.district) AND c.phase NOT IN ('closed', 'merged')
            AND \(CaseScope(actor).condition())\(conditions(filter, now))
        ) c GROUP BY c.phase, c.late, c.refused, c.returned
        """
      ) { row in
        guard let phase = Phase(rawValue: row.text(0)) else { throw DatabaseError.failed("cases: an unknown phase") }
        return Count(phase: phase, isLate: row.int(1) > 0, isRefused: row.int(2) > 0, isReturned: row.int(3) > 0,
                     cases: row.int(4))
      }
    }
  }

  /// The cases of a list of identifiers that somebody may see and a filter lets through, in the order of the list.
  public func named(_ ids: [String], _ filter: Filter = Filter(), for actor: Actor) async throws -> [CaseSummary] {
    guard !ids.isEmpty else { return [] }
    let now = site.now()
    let found = try await site.database.read { connection in
      try connection.all(
        """
        SELECT \(CaseSummary.columns) FROM cases c
        WHERE c.district = \(site.district) AND c.id IN (\(list: ids)) AND \(CaseScope(actor).condition())
          \(conditions(filter, now))
        """, CaseSummary.init(row:))
    }
    let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    return ids.compactMap { byID[$0] }
  }
}
