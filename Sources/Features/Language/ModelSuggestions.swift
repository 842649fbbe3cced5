import SQL

/// What a model said of reports since it was made, beside what people settled.
public struct ModelSuggestions: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Tally: Sendable, Hashable {
    /// Reports of which it said something, and those of which it was certain.
    public let suggested: Int
    public let sure: Int
    /// Certain ones whose case has ended, and those of them of which it was right.
    public let settled: Int
    public let right: Int
  }

  public func callAsFunction(model: String) async throws -> Tally {
    try await site.database.read { connection in
      try connection.first(
        """
        SELECT COUNT(*), COALESCE(SUM(s.is_sure), 0),
          COALESCE(SUM(CASE WHEN s.is_sure = 1 AND c.phase = 'closed' THEN 1 ELSE 0 END), 0),
          COALESCE(SUM(CASE WHEN s.is_sure = 1 AND c.phase = 'closed' AND c.kind = s.kind THEN 1 ELSE 0 END), 0)
        FROM model_suggestions s
        LEFT JOIN case_reports r ON r.district = s.district AND r.id = s.report
        LEFT JOIN cases c ON c.district = r.district AND c.id = r.case_id
        WHERE s.district = \(site.district) AND s.model = \(model)
        """
      ) { Tally(suggested: $0.int(0), sure: $0.int(1), settled: $0.int(2), right: $0.int(3)) }
        ?? Tally(suggested: 0, sure: 0, settled: 0, right: 0)
    }
  }
}
