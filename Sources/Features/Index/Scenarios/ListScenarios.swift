import Domain
import SQL

/// The scenarios that people decided about, and how each came to stand as it does.
public struct ListScenarios: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// Those who read editions, and those who decide by them.
  public static let readers = EditionDesk.roles.union(ScenarioDecider.roles)

  /// As it stands.
  public struct Line: Sendable, Hashable {
    public let id: String
    public let scenario: Scenario
    public let verdict: ScenarioVerdict
    /// Of whoever decided.
    public let role: Role
    public let reason: String
    public let hasWords: Bool
    public let at: Instant
    public let evidence: ScenarioEvidence

    /// Nil for a row of a newer program.
    init?(row: any Row) {
      guard let verdict = ScenarioVerdict(rawValue: row.text(5)), let role = Role(rawValue: row.text(6)) else {
        return nil
      }
      id = row.text(0)
      scenario = Scenario(kind: row.text(1), place: row.text(2), from: row.int(3), to: row.int(4))
      self.verdict = verdict
      self.role = role
      reason = row.text(7)
      hasWords = !row.isNull(8)
      at = Instant(milliseconds: row.integer(9))
      evidence = ScenarioEvidence(
        edition: row.int(10), firstDay: row.text(11), lastDay: row.text(12), atLeast: row.int(13),
        share: row.real(14), shareElsewhere: row.real(15))
    }
  }

  /// The last decided about first.
  /// - Parameter verdict: nil for all.
  public func callAsFunction(_ verdict: ScenarioVerdict?) async throws -> [Line] {
    let only: Statement = verdict.map { "AND verdict = \($0.rawValue)" } ?? ""
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT id, kind, place, from_hour, to_hour, verdict, role, reason, note, decided_at, edition, first_day,
          last_day, at_least, share, share_elsewhere
        FROM scenarios WHERE district = \(site.district) \(only) ORDER BY decided_at DESC, id
        """
      ) { Line(row: $0) }.compactMap { $0 }
    }
  }

  /// What stands decided, by scenario.
  public func standing() async throws -> [String: Line] {
    Dictionary(try await callAsFunction(nil).map { ($0.id, $0) }) { first, _ in first }
  }

  /// All decisions about one; nil if there is none.
  public func state(_ id: String) async throws -> ScenarioState? {
    try await site.database.read { try ScenarioRecord.read(id, of: site, on: $0)?.state }
  }
}
