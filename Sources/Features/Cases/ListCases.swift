import Domain
import SQL

/// The board: cases that somebody may see, the most pressing or the newest first, a page at a time.
public struct ListCases: Sendable {
  let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Filter: Sendable, Hashable {
    /// `attention`: what waits for somebody before what is being worked on, each by its deadline.
    public enum Order: String, Sendable, CaseIterable { case newest, pressing, attention }
    public var phases: [Phase]
    /// Only what is not closed or merged.
    public var isOpen: Bool
    public var division: String?
    public var agency: String?
    /// A node of the tree of kinds; matches itself and all below.
    public var kind: String?
    public var door: String?
    public var openedFrom: Instant?
    public var openedBefore: Instant?
    /// A deadline has passed.
    public var isLate: Bool
    /// An agency refused it.
    public var isRefused: Bool
    /// It came back after work on it, see ``CaseSummary/returns``.
    public var isReturned: Bool
    public var order: Order
    public var search: Search?

    /// Any of these.
    public struct Search: Sendable, Hashable {
      public let places: [String]
      public let kinds: [String]
      /// What the case's number ends with; nil for no number.
      public let idEnd: String?

      public init(places: [String], kinds: [String], idEnd: String?) {
        self.places = places
        self.kinds = kinds
        self.idEnd = idEnd
      }
    }

    public init(phases: [Phase] = [], isOpen: Bool = false, division: String? = nil, agency: String? = nil,
                kind: String? = nil, door: String? = nil, openedFrom: Instant? = nil, openedBefore: Instant? = nil,
                isLate: Bool = false, isRefused: Bool = false,
                isReturned: Bool = false, order: Order = .newest, search: Search? = nil) {
      self.phases = phases
      self.isOpen = isOpen
      self.division = division
      self.agency = agency
      self.kind = kind
      self.door = door
      self.openedFrom = openedFrom
      self.openedBefore = openedBefore
      self.isLate = isLate
      self.isRefused = isRefused
      self.isReturned = isReturned
      self.order = order
      self.search = search
    }
  }

  public struct Page: Sendable, Hashable {
    public let cases: [CaseSummary]
    /// Where the next page begins; nil on the last.
    public let next: Cursor?
  }

  /// The last row of a page: the value it is ordered by and its id. As text `number-ID`.
  public struct Cursor: Sendable, Hashable {
    public let value: Int64
    public let id: String

    public init(value: Int64, id: String) {
      self.value = value
      self.id = id
    }

    public init?(_ text: String) {
      guard let dash = text.lastIndex(of: "-"), let value = Int64(text[..<dash]) else { return nil }
      self.init(value: value, id: String(text[text.index(after: dash)...]))
    }

    public var text: String { "\(value)-\(id)" }

    init(_ last: CaseSummary, _ order: Filter.Order, at now: Instant) {
      id = last.id
      value = switch order {
      case .newest: last.openedAt.milliseconds
      case .pressing: last.dueAt?.milliseconds ?? .max
      case .attention: last.attention(at: now)
      }
    }
  }

  public static let pageSizeMax = 500

  public func callAsFunction(_ filter: Filter, for actor: Actor, after cursor: Cursor? = nil, limit: Int = 50)
    async throws -> Page
  {
    let size = min(max(limit, 1), Self.pageSizeMax)
    let now = site.now()
    return try await site.database.read { connection in
      let rows = try connection.all(
        """
        SELECT \(CaseSummary.columns) FROM cases c
        WHERE c.district = \(site.district) AND \(CaseScope(actor).condition())
          \(conditions(filter, now))\(after(cursor, filter.order, now))
        ORDER BY \(order(filter.order, now)) LIMIT \(size + 1)
        """, CaseSummary.init(row:))
      let page = Array(rows.prefix(size))
      return Page(cases: page, next: rows.count > size ? page.last.map { Cursor($0, filter.order, at: now) } : nil)
    }
  }

  func order(_ order: Filter.Order, _ now: Instant) -> Statement {
    switch order {
    case .newest: "c.opened_at DESC, c.id DESC"
    case .pressing: "COALESCE(c.due_at, 9223372036854775807), c.id"
    case .attention: "\(attention(now)), c.id"
    }
  }

  private func after(_ cursor: Cursor?, _ order: Filter.Order, _ now: Instant) -> Statement {
    guard let cursor else { return "" }
    return switch order {
    case .newest: " AND (c.opened_at, c.id) < (\(cursor.value), \(cursor.id))"
    case .pressing: " AND (COALESCE(c.due_at, 9223372036854775807), c.id) > (\(cursor.value), \(cursor.id))"
    case .attention: " AND (\(attention(now)), c.id) > (\(cursor.value), \(cursor.id))"
    }
  }

  /// The same number as ``CaseSummary/attention(at:)``.
  private func attention(_ now: Instant) -> Statement {
    """
    CASE WHEN c.due_at < \(now) OR c.phase IN ('desk', 'coordination', 'assigned', 'dispatched')
      OR c.refusals > 0 OR c.returns > 0 THEN 0 ELSE 4000000000000000000 END
      + COALESCE(c.due_at, 2000000000000000000)
    """
  }

  func conditions(_ filter: Filter, _ now: Instant) -> Statement {
    var parts: [Statement] = []
    if filter.isOpen { parts.append("c.phase NOT IN ('closed', 'merged')") }
    if !filter.phases.isEmpty { parts.append("c.phase IN (\(list: filter.phases.map(\.rawValue)))") }
    if let division = filter.division {
      parts.append(.within("c.division", division))
    }
    if let agency = filter.agency { parts.append("c.agency = \(agency)") }
    // Codes of kinds are dotted paths: '/' is the character after '.'.
    if let kind = filter.kind {
      parts.append("(c.kind = \(kind) OR (c.kind > \(kind + ".") AND c.kind < \(kind + "/")))")
    }
    if let door = filter.door { parts.append("c.door = \(door)") }
    if let from = filter.openedFrom { parts.append("c.opened_at >= \(from)") }
    if let before = filter.openedBefore { parts.append("c.opened_at < \(before)") }
    if filter.isLate { parts.append("c.due_at < \(now) AND c.phase NOT IN ('closed', 'merged')") }
    if filter.isRefused { parts.append("c.refusals > 0") }
    if filter.isReturned { parts.append("c.returns > 0") }
    if let search = filter.search { parts.append(condition(search)) }
    return parts.reduce("") { "\($0) AND \($1)" }
  }
}

extension ListCases {
  private func condition(_ search: Filter.Search) -> Statement {
    var ways: [Statement] = []
    if !search.places.isEmpty { ways.append("c.place IN (\(list: search.places))") }
    if !search.kinds.isEmpty { ways.append("c.kind IN (\(list: search.kinds))") }
    if let end = search.idEnd { ways.append("c.id LIKE \("%" + end)") }
    guard let first = ways.first else { return "1 = 0" }
    return "(\(ways.dropFirst().reduce(first) { "\($0) OR \($1)" }))"
  }
}

extension CaseSummary {
  /// By what the board is ordered: late, new, unsigned, refused and returned cases before the others, then deadlines.
  public func attention(at now: Instant) -> Int64 {
    let isLate = dueAt.map { $0 < now } ?? false
    let waits: Set<Phase> = [.desk, .coordination, .assigned, .dispatched]
    let isFirst = isLate || waits.contains(phase) || refusals > 0 || returns > 0
    return (isFirst ? 0 : 4_000_000_000_000_000_000) + (dueAt?.milliseconds ?? 2_000_000_000_000_000_000)
  }

  static let columns: Statement = """
    c.id, c.version, c.phase, c.phase_since, c.holder_role, c.holder, c.kind, c.jurisdiction, c.severity, c.agency,
    c.squad, c.door, c.division, c.place, c.latitude, c.longitude, c.reports, c.is_dangerous, c.outcome, c.opened_at,
    c.due_at, c.closed_at, c.paused_at, c.merged_into, c.refusals, c.returns
    """

  /// A row of ``columns``. Words outside the program's own are a broken invariant: the tables check them.
  init(row: any Row) throws {
    func instant(_ column: Int) -> Instant? { row.optionalInteger(column).map(Instant.init(milliseconds:)) }
    guard let phase = Phase(rawValue: row.text(2)), let role = Holder.Role(rawValue: row.text(4)),
      let severity = Severity(rawValue: row.text(8))
    else { throw DatabaseError.failed("cases: a word that is none of ours") }
    let point = row.optionalReal(14).flatMap { latitude in
      row.optionalReal(15).map { Coordinate(latitude: latitude, longitude: $0) }
    }
    self.init(
      id: row.text(0), version: row.int(1), phase: phase, phaseSince: Instant(milliseconds: row.integer(3)),
      holder: Holder(role, row.text(5)), kind: row.optionalText(6),
      jurisdiction: row.optionalText(7).flatMap(Jurisdiction.init(rawValue:)), severity: severity,
      agency: row.optionalText(9), squad: row.optionalText(10), door: row.text(11), division: row.text(12),
      place: row.optionalText(13), point: point, reports: row.int(16), isDangerous: row.integer(17) != 0,
      outcome: row.optionalText(18).flatMap(Outcome.init(rawValue:)), openedAt: Instant(milliseconds: row.integer(19)),
      dueAt: instant(20), closedAt: instant(21), pausedAt: instant(22), mergedInto: row.optionalText(23),
      refusals: row.int(24), returns: row.int(25))
  }
}
