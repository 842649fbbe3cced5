import Domain
import Journal
import SQL

/// What became of a report, for whoever sent it and for those who may see its case.
public struct TrackReport: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Answer: Sendable, Hashable {
    public let report: ReportFacts
    /// The case that it belongs to now.
    public let summary: CaseSummary
    public let answeredAt: Instant?
  }

  /// - Throws: `Rejection.unknownCase` also where the report is not the caller's to see.
  public func callAsFunction(_ report: String, for actor: Actor) async throws -> Answer {
    try await site.database.read { connection in
      let id = try connection.first(
        "SELECT case_id FROM case_reports WHERE district = \(site.district) AND id = \(report)") { $0.text(0) }
      guard let id else { throw Rejection.unknownCase }
      let events = try site.journal.read(stream: CaseRecord.stream(id), on: connection)
      guard let record = try CaseRecord(id: id, events: events),
        let found = record.state.reports.first(where: { $0.facts.id == report }),
        try CaseScope(actor).includes(record.state) || sender(of: report, in: id, on: connection) == actor.id
      else { throw Rejection.unknownCase }
      return Answer(report: found.facts, summary: CaseSummary(record.state), answeredAt: record.state.round.answeredAt)
    }
  }

  /// Merging a case into another is never chained deeper than this in earnest.
  private static let mergersMax = 20

  /// Whoever opened the case that the report began as: this one, or one of those merged into it.
  private func sender(of report: String, in id: String, on connection: any Connection) throws -> String? {
    var waiting = [id]
    for _ in 0..<Self.mergersMax {
      guard let next = waiting.popLast() else { return nil }
      let opening = try site.journal.read(stream: CaseRecord.stream(next), on: connection).first
      if let opening, case .opened(let body) = try CaseEventCodec.decode(kind: opening.kind, body: opening.body),
        body.report.id == report
      {
        return opening.actor
      }
      waiting += try connection.all(
        "SELECT id FROM cases WHERE district = \(site.district) AND merged_into = \(next)") { $0.text(0) }
    }
    return nil
  }
}
