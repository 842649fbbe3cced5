import Domain
import SQL

/// Same thing twice: the open cases near by that a case may be another report of, each with the reasons.
public struct FindDuplicates: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Match: Sendable, Hashable {
    public let summary: CaseSummary
    /// 0.125 … 1; see `DuplicateCandidates`.
    public let score: Double
    public let reasons: [DuplicateCandidates.Reason]
  }

  /// Nearer cases than this many are not looked at: the newest count.
  static let candidatesMax = 500

  /// - Returns: the likeliest first; only cases that the caller may see.
  /// - Throws: `Rejection.unknownCase` also where the case is not the caller's to see.
  public func callAsFunction(_ id: String, for actor: Actor) async throws -> [Match] {
    try await site.database.read { connection in
      let state = try CaseStore(site: site, connection: connection).existing(id).state
      guard CaseScope(actor).includes(state) else { throw Rejection.unknownCase }
      return try matches(subject(of: state), except: id, for: actor, on: connection)
    }
  }

  /// The same for a report that is no case yet.
  func matches(_ subject: DuplicateCandidates.Subject, except id: String = "", for actor: Actor,
               on connection: any Connection) throws -> [Match] {
    let candidates = try near(subject, except: id, actor, on: connection)
    let summaries = Dictionary(uniqueKeysWithValues: candidates.map { ($0.summary.id, $0.summary) })
    let ranked = DuplicateCandidates.rank(
      subject, among: candidates.map(\.candidate), windows: site.pack.windows)
    return ranked.compactMap { match in
      summaries[match.id].map { Match(summary: $0, score: match.score, reasons: match.reasons) }
    }
  }

  private func subject(of state: CaseState) -> DuplicateCandidates.Subject {
    let latest = state.reports[state.reports.count - 1].facts
    return .init(kind: state.judgement?.kind ?? latest.kind, place: latest.place, point: latest.point,
                 at: latest.receivedAt)
  }

  private struct Near {
    let summary: CaseSummary
    let candidate: DuplicateCandidates.Candidate
  }

  /// Open cases at the same place or in the cells around the point, with the time of their latest report.
  private func near(_ subject: DuplicateCandidates.Subject, except id: String, _ actor: Actor,
                    on connection: any Connection) throws -> [Near] {
    guard let area = area(subject) else { return [] }
    let since = subject.at - site.pack.windows.duplicate
    let until = subject.at + site.pack.windows.duplicate
    let query: Statement = """
      SELECT \(CaseSummary.columns), (SELECT MAX(r.received_at) FROM case_reports r
        WHERE r.district = c.district AND r.case_id = c.id) AS latest
      FROM cases c
      WHERE c.district = \(site.district) AND c.phase NOT IN ('closed', 'merged') AND c.id <> \(id)
        AND \(area) AND c.opened_at <= \(until) AND c.last_at >= \(since) AND \(CaseScope(actor).condition())
      ORDER BY c.opened_at DESC LIMIT \(Self.candidatesMax)
      """
    return try connection.all(query) { row in
      let summary = try CaseSummary(row: row)
      let latest = row.optionalInteger(row.columnCount - 1).map(Instant.init(milliseconds:))
      let candidate = DuplicateCandidates.Subject(
        kind: summary.kind, place: summary.place, point: summary.point, at: latest ?? summary.openedAt)
      return Near(summary: summary, candidate: .init(id: summary.id, subject: candidate))
    }
  }

  private func area(_ subject: DuplicateCandidates.Subject) -> Statement? {
    guard let point = subject.point else { return subject.place.map { "c.place = \($0)" } }
    let cell = site.pack.grid.cell(for: point)
    let reach = max(1, Int((site.pack.windows.duplicateMetres / site.pack.grid.cellMetres).rounded(.up)))
    let around: Statement = """
      c.cell_column >= \(cell.column - reach) AND c.cell_column <= \(cell.column + reach)
        AND c.cell_row >= \(cell.row - reach) AND c.cell_row <= \(cell.row + reach)
      """
    guard let place = subject.place else { return "(\(around))" }
    return "((\(around)) OR c.place = \(place))"
  }
}
