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
      guard let record = try CaseRecord(id: id, events: events), let first = events.first,
        let found = record.state.reports.first(where: { $0.facts.id == report }),
        first.actor == actor.id && record.state.firstReport.id == report
          || CaseScope(actor).includes(record.state)
      else { throw Rejection.unknownCase }
      return Answer(report: found.facts, summary: CaseSummary(record.state), answeredAt: record.state.round.answeredAt)
    }
  }
}
