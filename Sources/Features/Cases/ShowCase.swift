import Domain
import Journal
import SQL

/// One case whole: its state and its timeline, straight from the journal.
public struct ShowCase: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Entry: Sendable, Hashable {
    public let version: Int
    public let at: Instant
    public let actor: String
    public let event: CaseEvent
  }

  public struct Detail: Sendable, Hashable {
    public let state: CaseState
    public let timeline: [Entry]
    public var summary: CaseSummary { CaseSummary(state) }
  }

  /// - Throws: ``Rejection/unknownCase`` also where the case is not the caller's to see.
  public func callAsFunction(_ id: String, for actor: Actor) async throws -> Detail {
    try await site.database.read { connection in
      let events = try site.journal.read(stream: CaseRecord.stream(id), on: connection)
      guard let record = try CaseRecord(id: id, events: events), CaseScope(actor).includes(record.state) else {
        throw Rejection.unknownCase
      }
      let timeline = try events.map {
        Entry(version: $0.version, at: Instant(milliseconds: $0.at), actor: $0.actor,
              event: try CaseEventCodec.decode(kind: $0.kind, body: $0.body))
      }
      return Detail(state: record.state, timeline: timeline)
    }
  }

  /// The case that a report belongs to now.
  public func caseID(ofReport report: String) async throws -> String? {
    try await site.database.read { connection in
      try connection.first(
        "SELECT case_id FROM case_reports WHERE district = \(site.district) AND id = \(report)") { $0.text(0) }
    }
  }
}
