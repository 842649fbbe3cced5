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

  /// The months that there is something to say of, the newest first, at most ``periodsMax``.
  public func periods() async throws -> [BulletinPeriod] {
    let zone = site.pack.calendar.zone
    let earliest = try await site.database.read { connection in
      try connection.first(
        "SELECT MIN(started_at) FROM rate_facts WHERE district = \(site.district) AND rate = 'completion'"
      ) { $0.optionalInteger(0) }
    }
    let now = site.now()
    let last = BulletinPeriod(of: zone.local(now).date)
    guard let earliest = earliest.flatMap({ $0 }) else { return [] }
    let first = BulletinPeriod(of: zone.local(Instant(milliseconds: earliest)).date)
    return Array(sequence(first: last) { $0 > first ? $0.previous : nil }.prefix(Self.periodsMax))
  }

  public static let periodsMax = 36

  /// The bulletin of a month, as of its end or, while it runs, as of now. It is of the whole district whoever reads it:
  /// that is what a bulletin is for.
  public func callAsFunction(of period: BulletinPeriod) async throws -> Bulletin {
    let zone = site.pack.calendar.zone
    let to = zone.instant(period.last.adding(days: 1))
    let reader = Actor(id: "system:bulletin", role: .system, division: site.district)
    return try await self(from: zone.instant(period.first), to: to, asOf: min(site.now(), to), for: reader)
  }

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
