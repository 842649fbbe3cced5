import Domain
import Journal
import SQL

/// The bulletin (通报) of a period: rates by body and town, notices issued, the worst delays.
public struct MakeBulletin: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// Cases whose delays are compared: the missed deadlines that have stood longest.
  static let candidatesMax = 500
  static let noticesMax = 100_000

  public func callAsFunction(from: Instant, to: Instant, asOf: Instant, for actor: Actor) async throws -> Bulletin {
    var query = ReadRates.Query(from: from, to: to, asOf: asOf, by: .agency)
    let byAgency = try await ReadRates(site)(query, for: actor)
    query.by = .division
    let byDivision = try await ReadRates(site)(query, for: actor)
    let scope = CaseScope(actor)
    let (notices, delays) = try await site.database.read { connection in
      let notices = try ListNotices.entries(
        site, from: from, to: min(to, asOf + .seconds(1)), scope: noticeScope(actor), after: nil,
        limit: Self.noticesMax, on: connection)
      return (notices, try self.delays(from: from, to: to, asOf: asOf, scope: scope, on: connection))
    }
    return Bulletin(
      from: from, to: to, asOf: asOf, byAgency: tallies(byAgency), byDivision: tallies(byDivision),
      notices: notices.filter { $0.at <= asOf }.map { .init(event: $0.event, at: $0.at) }, delays: delays,
      pack: site.pack)
  }

  private func tallies(_ lines: [ReadRates.Line]) -> [RateTally.Group: RateTally] {
    lines.reduce(into: [:]) { tallies, line in
      tallies[.init(line.rate, line.group)] = .init(
        denominator: line.denominator, numerator: line.numerator, notYetDue: line.notYetDue)
    }
  }

  private func noticeScope(_ actor: Actor) -> Statement {
    switch actor.role {
    case .system: ""
    case .agency, .squadMember: " AND n.agency = \(actor.agency ?? "")"
    default: " AND \(Statement.within("n.division", actor.division))"
    }
  }

  private func delays(from: Instant, to: Instant, asOf: Instant, scope: CaseScope, on connection: any Connection)
    throws -> [Delay]
  {
    let missed = try connection.all(
      """
      SELECT f.case_id, MIN(f.counted_at) FROM rate_facts f
      WHERE f.district = \(site.district) AND f.rate IN ('sign-in', 'feedback', 'completion')
        AND f.counted_at >= \(from) AND f.counted_at < \(to) AND f.known_at <= \(asOf) AND f.seen_at <= \(asOf)
        AND f.void_at > \(asOf) AND f.hit_at > \(asOf)
      GROUP BY f.case_id ORDER BY MIN(f.counted_at), f.case_id LIMIT \(Self.candidatesMax)
      """
    ) { $0.text(0) }
    return try missed.flatMap { id -> [Delay] in
      let events = try site.journal.read(stream: CaseRecord.stream(id), on: connection)
        .filter { $0.at <= asOf.milliseconds }
      guard let record = try CaseRecord(id: id, events: events), scope.includes(record.state) else { return [] }
      return Delay.delays(of: record.state, at: asOf, calendar: site.pack.calendar)
        .filter { (from..<max(from, to)).contains($0.due) }
    }
  }
}
