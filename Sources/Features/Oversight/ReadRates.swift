import Domain
import SQL

/// The six rates and the repeat-report rate of a period, as of any instant, by one dimension.
public struct ReadRates: Sendable {
  let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// Raw values are the words of the command line and the API.
  public typealias Dimension = RateDimension

  public struct Query: Sendable, Hashable {
    public var from: Instant
    /// Exclusive.
    public var to: Instant
    public var asOf: Instant
    public var by: Dimension?
    /// A division, with all below.
    public var division: String?
    public var agency: String?

    public init(from: Instant, to: Instant, asOf: Instant, by: Dimension? = nil, division: String? = nil,
                agency: String? = nil) {
      self.from = from
      self.to = to
      self.asOf = asOf
      self.by = by
      self.division = division
      self.agency = agency
    }
  }

  public struct Line: Sendable, Hashable {
    public let rate: Rate
    /// The value of the dimension; empty for the whole.
    public let group: String
    public let denominator: Int
    public let numerator: Int
    public let notYetDue: Int
    public var value: Double? { denominator == 0 ? nil : Double(numerator) / Double(denominator) }
  }

  /// Lines by rate, then group; the rates are read side by side, since each is a run of pages of its own.
  public func callAsFunction(_ query: Query, for actor: Actor) async throws -> [Line] {
    let found = try await withThrowingTaskGroup(of: [Line].self) { group in
      for rate in Rate.allCases {
        group.addTask {
          try await site.database.read { try lines(of: rate, query, actor, on: $0) }
        }
      }
      return try await group.reduce(into: [Line]()) { $0 += $1 }
    }
    let order = Dictionary(uniqueKeysWithValues: Rate.allCases.enumerated().map { ($1, $0) })
    return found.sorted { (order[$0.rate] ?? 0, $0.group) < (order[$1.rate] ?? 0, $1.group) }
  }

  private func lines(of rate: Rate, _ query: Query, _ actor: Actor, on connection: any Connection) throws -> [Line] {
    // See RateLedger: seen, known, hit, lost and void turn "as of" into comparisons.
    let found = try connection.tally(
      """
      SELECT \(column(query.by)) AS key,
        CASE WHEN f.known_at > \(query.asOf) THEN 2
          WHEN f.hit_at <= \(query.asOf) AND f.lost_at > \(query.asOf) THEN 1 ELSE 0 END AS number
      FROM rate_facts f
      WHERE f.district = \(site.district) AND f.rate = \(rate.rawValue)
        AND f.seen_at <= \(query.asOf) AND f.void_at > \(query.asOf) AND \(inPeriod(query))\(scope(query, actor))
      """)
    let tallies = found.reduce(into: [String: RateTally]()) { tallies, pair in
      if pair.number == 2 {
        tallies[pair.key, default: RateTally()].notYetDue += pair.count
      } else {
        tallies[pair.key, default: RateTally()].denominator += pair.count
        if pair.number == 1 { tallies[pair.key, default: RateTally()].numerator += pair.count }
      }
    }
    return tallies.map { group, tally in
      Line(rate: rate, group: group, denominator: tally.denominator, numerator: tally.numerator,
           notYetDue: tally.notYetDue)
    }
  }

  private func inPeriod(_ query: Query) -> Statement {
    """
    ((f.known_at <= \(query.asOf) AND f.counted_at >= \(query.from) AND f.counted_at < \(query.to))
      OR (f.known_at > \(query.asOf) AND f.started_at >= \(query.from) AND f.started_at < \(query.to)))
    """
  }

  private func column(_ dimension: Dimension?) -> Statement {
    switch dimension {
    case nil: "''"
    case .agency: "f.agency"
    case .division: "f.division"
    case .kind: "f.kind"
    case .door: "f.door"
    }
  }

  func scope(_ query: Query, _ actor: Actor) -> Statement {
    var parts: [Statement] = []
    if let division = query.division { parts.append(.within("f.division", division)) }
    if let agency = query.agency { parts.append("f.agency = \(agency)") }
    switch actor.role {
    case .system: break
    case .agency, .squadMember: parts.append("f.agency = \(actor.agency ?? "")")
    default: if actor.division != site.district { parts.append(.within("f.division", actor.division)) }
    }
    return parts.reduce("") { "\($0) AND \($1)" }
  }

  /// The cases behind one figure, a page at a time.
  public enum Part: String, Sendable, CaseIterable {
    case denominator, numerator
    case notYetDue = "not-yet-due"
  }

  public func cases(behind rate: Rate, _ part: Part, _ query: Query, group: String?, for actor: Actor,
                    after id: String = "", limit: Int = 200) async throws -> [String] {
    try await site.database.read { connection in
      let known: Statement = "f.known_at <= \(query.asOf)"
      let condition: Statement = switch part {
      case .denominator: known
      case .numerator: "\(known) AND f.hit_at <= \(query.asOf) AND f.lost_at > \(query.asOf)"
      case .notYetDue: "f.known_at > \(query.asOf)"
      }
      var narrowed: Statement = ""
      if let group, query.by != nil { narrowed = " AND \(column(query.by)) = \(group)" }
      return try connection.all(
        """
        SELECT DISTINCT f.case_id FROM rate_facts f
        WHERE f.district = \(site.district) AND f.rate = \(rate.rawValue)
          AND f.seen_at <= \(query.asOf) AND f.void_at > \(query.asOf) AND \(inPeriod(query))\(scope(query, actor))
          AND \(condition)\(narrowed) AND f.case_id > \(id)
        ORDER BY f.case_id LIMIT \(min(max(limit, 1), 500))
        """
      ) { $0.text(0) }
    }
  }
}
