import Domain
import SQL

/// The deadlines that run out next, of cases that somebody may see: the soonest first.
public struct ListDeadlines: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Entry: Sendable, Hashable {
    public let step: DeadlineStep
    public let due: Instant
    public let `case`: CaseSummary
    /// Who it is that would miss it: the agency asked, else whoever holds the case.
    public var agency: String { self.case.agency ?? self.case.holder.body }
  }

  public static let countMax = 1_000

  /// - Parameter until: exclusive. What is already missed is not among them.
  /// - Returns: at most ``countMax``.
  public func callAsFunction(until: Instant, for actor: Actor) async throws -> [Entry] {
    let now = site.now()
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT \(CaseSummary.columns), d.step, d.due_at FROM case_deadlines d
        JOIN cases c ON c.district = d.district AND c.id = d.case_id
        WHERE d.district = \(site.district) AND d.due_at >= \(now) AND d.due_at < \(until)
          AND d.step <> \(CaseViews.silence) AND \(CaseScope(actor).condition())
        ORDER BY d.due_at, d.case_id, d.step LIMIT \(Self.countMax)
        """
      ) { row in
        guard let step = DeadlineStep(rawValue: row.text(26)) else {
          throw DatabaseError.failed("case_deadlines: a step that is none of ours")
        }
        return Entry(step: step, due: Instant(milliseconds: row.integer(27)), case: try CaseSummary(row: row))
      }
    }
  }
}
