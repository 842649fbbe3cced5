import Domain
import Journal
import SQL

/// What anybody may see of cases, without signing in: those of kinds that the pack publishes, at places that it
/// publishes or nowhere in particular, with a point no closer than a block, and never what was said or by whom.
///
/// Where a danger cue stands, the public is not told where it was.
public struct PublicCases: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// Digits of a degree that the public may see, whatever the pack keeps: about 100 m.
  public static let pointDigitsMax = 3

  public struct Filter: Sendable, Hashable {
    /// Nil: any. All else is disregarded where there are some.
    public var ids: [String]?
    public var kinds: [String]?
    /// Opened in this time; the end is included.
    public var from: Instant?
    public var to: Instant?
    public var isEnded: Bool?

    public init(ids: [String]? = nil, kinds: [String]? = nil, from: Instant? = nil, to: Instant? = nil,
                isEnded: Bool? = nil) {
      self.ids = ids
      self.kinds = kinds
      self.from = from
      self.to = to
      self.isEnded = isEnded
    }
  }

  public struct Entry: Sendable, Hashable {
    public let id: String
    public let kind: Kind
    public let isEnded: Bool
    public let outcome: Outcome?
    /// Part of another case.
    public let mergedInto: String?
    public let agency: String?
    public let openedAt: Instant
    /// When it was ended, or last changed.
    public let changedAt: Instant
    public let dueAt: Instant?
    public let division: String
    public let place: Place?
    public let point: Coordinate?
  }

  /// The newest first.
  public func callAsFunction(_ filter: Filter, limit: Int, offset: Int = 0) async throws -> [Entry] {
    let kinds = published(filter)
    guard !kinds.isEmpty, filter.ids?.isEmpty != true else { return [] }
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT \(Self.columns) FROM cases c
        WHERE c.district = \(site.district) AND c.kind IN (\(list: kinds))\(conditions(filter))\(placeCondition)
        ORDER BY c.opened_at DESC, c.id DESC LIMIT \(limit) OFFSET \(offset)
        """, entry(row:)).compactMap(\.self)
    }
  }

  /// One case that `sender` handed in, published or not.
  /// - Returns: nil if there is none, if somebody else handed it in, or while nobody knows its kind.
  public func own(_ id: String, of sender: Actor) async throws -> Entry? {
    try await site.database.read { connection in
      let events = try site.journal.read(stream: CaseRecord.stream(id), on: connection)
      guard events.first?.actor == sender.id else { return nil }
      return try connection.first(
        "SELECT \(Self.columns) FROM cases c WHERE c.district = \(site.district) AND c.id = \(id)", entry(row:)
      ).flatMap(\.self)
    }
  }

  /// When the pack in force was put in force.
  public func packSince() async throws -> Instant {
    let found = try await site.database.read { connection in
      try connection.first(
        """
        SELECT stored_at FROM city_packs WHERE district = \(site.district) AND version = \(site.pack.version)
        """
      ) { Instant(milliseconds: $0.integer(0)) }
    }
    return found ?? site.now()
  }

  private func published(_ filter: Filter) -> [String] {
    let published = site.pack.leafKinds.filter(\.isPublished).map(\.code)
    guard filter.ids == nil, let kinds = filter.kinds else { return published }
    return published.filter(Set(kinds).contains)
  }

  private func conditions(_ filter: Filter) -> Statement {
    if let ids = filter.ids { return " AND c.id IN (\(list: ids))" }
    var parts: Statement = ""
    if let from = filter.from { parts = "\(parts) AND c.opened_at >= \(from)" }
    if let to = filter.to { parts = "\(parts) AND c.opened_at <= \(to)" }
    switch filter.isEnded {
    case true: parts = "\(parts) AND c.phase IN ('closed', 'merged')"
    case false: parts = "\(parts) AND c.phase NOT IN ('closed', 'merged')"
    case nil: break
    }
    return parts
  }

  /// The shorter list: a pack publishes most of its places.
  private var placeCondition: Statement {
    let hidden = site.pack.places.filter { !$0.isPublished }.map(\.code)
    return hidden.isEmpty ? "" : " AND (c.place IS NULL OR c.place NOT IN (\(list: hidden)))"
  }

  // MARK: - Rows

  private static let columns: Statement = """
    c.id, c.kind, c.phase, c.outcome, c.merged_into, c.agency, c.opened_at, c.closed_at, c.last_at, c.due_at,
    c.division, c.place, c.latitude, c.longitude, c.is_dangerous
    """

  private func entry(row: any Row) -> Entry? {
    guard let kind = row.optionalText(1).flatMap(site.pack.kind), let phase = Phase(rawValue: row.text(2)) else {
      return nil
    }
    func instant(_ column: Int) -> Instant? { row.optionalInteger(column).map(Instant.init(milliseconds:)) }
    let openedAt = Instant(milliseconds: row.integer(6))
    // Recorded history was never closed here: nothing is known to have happened to it since.
    let isHistory = phase == .closed && row.isNull(7)
    let isDangerous = row.int(14) == 1
    return Entry(
      id: row.text(0), kind: kind, isEnded: phase.isEnded, outcome: row.optionalText(3).flatMap(Outcome.init),
      mergedInto: row.optionalText(4), agency: row.optionalText(5), openedAt: openedAt,
      changedAt: isHistory ? openedAt : instant(7) ?? Instant(milliseconds: row.integer(8)), dueAt: instant(9),
      division: row.text(10), place: isDangerous ? nil : row.optionalText(11).flatMap(site.pack.place),
      point: isDangerous ? nil : point(row))
  }

  private func point(_ row: any Row) -> Coordinate? {
    guard let latitude = row.optionalReal(12), let longitude = row.optionalReal(13) else { return nil }
    return Coordinate(latitude: latitude, longitude: longitude)
      .rounded(digits: min(site.pack.windows.pointDigits, Self.pointDigitsMax))
  }
}
