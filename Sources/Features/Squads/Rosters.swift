import Domain
import SQL

/// What squads agreed against their plans: absences, swaps, vehicles that are out. The plan itself goes on by itself.
public struct Rosters: Sendable {
  public struct Agreed: Sendable, Hashable {
    public let id: String
    public let squad: String
    public let override: Roster.Override
  }

  private let site: Installation
  private var zone: CityZone { site.pack.calendar.zone }

  public init(_ site: Installation) { self.site = site }

  /// The longest absence that is taken at once, in days.
  public static let daysMax = 366
  private static let stream = "rosters"

  /// Whether somebody may read and change a squad's roster.
  public static func isFor(_ actor: Actor, _ plan: SquadPlan, _ pack: CityPack) -> Bool {
    switch actor.role {
    case .agency: plan.agency == actor.agency
    case .dispatcher, .coordinator: pack.isDivision(plan.division, within: actor.division)
    default: false
    }
  }

  // MARK: - Reading

  /// A squad's roster with what was agreed for a span of time.
  public func roster(_ plan: SquadPlan, from: Instant, to: Instant) async throws -> (Roster, [Agreed]) {
    let agreed = try await site.database.read { try self.agreed(from: from, to: to, on: $0) }
      .filter { $0.squad == plan.code }
    return (Roster(plan: plan, zone: zone, overrides: agreed.map(\.override)), agreed)
  }

  /// What holds now, by squad.
  func now(on connection: any Connection) throws -> [String: [Roster.Override]] {
    let now = site.now()
    return Dictionary(grouping: try agreed(from: now, to: now + .minutes(1), on: connection), by: \.squad)
      .mapValues { $0.map(\.override) }
  }

  private func agreed(from: Instant, to: Instant, on connection: any Connection) throws -> [Agreed] {
    // A shift may have begun the day before.
    let (first, last) = (zone.local(from).date.dayNumber - 1, zone.local(to).date.dayNumber)
    return try connection.all(
      """
      SELECT id, squad, kind, who, other, day, shift, from_at, to_at FROM roster_overrides
      WHERE district = \(site.district) AND ended_at IS NULL
        AND ((day BETWEEN \(first) AND \(last)) OR (from_at < \(to) AND to_at > \(from)))
      ORDER BY id
      """
    ) { row in
      func instant(_ column: Int) -> Instant { Instant(milliseconds: row.optionalInteger(column) ?? 0) }
      let override: Roster.Override = switch row.text(2) {
      case "absence": .absence(member: row.text(3), from: instant(7), to: instant(8))
      case "vehicle-out": .vehicleOut(vehicle: row.text(3), from: instant(7), to: instant(8))
      default: .swap(.init(date: CivilDate(dayNumber: Int(row.optionalInteger(5) ?? 0)),
                           index: Int(row.optionalInteger(6) ?? 0)),
                     out: row.text(3), in: row.optionalText(4) ?? "")
      }
      return Agreed(id: row.text(0), squad: row.text(1), override: override)
    }
  }

  // MARK: - Agreeing

  /// Repeating what is agreed already changes nothing.
  /// - Throws: ``RosterFault``.
  public func agree(_ overrides: [Roster.Override], squad code: String, by actor: Actor) async throws {
    let plan = try plan(code, for: actor)
    for override in overrides { try check(override, plan) }
    let now = site.now()
    try await site.database.write { connection in
      for override in overrides {
        let row = Row(squad: code, override)
        let isThere = try connection.first(
          """
          SELECT 1 FROM roster_overrides WHERE district = \(site.district) AND squad = \(code) AND kind = \(row.kind)
            AND who = \(row.who) AND COALESCE(other, '') = \(row.other ?? "") AND COALESCE(day, -1) = \(row.day ?? -1)
            AND COALESCE(shift, -1) = \(row.shift ?? -1) AND COALESCE(from_at, -1) = \(row.from ?? -1)
            AND COALESCE(to_at, -1) = \(row.to ?? -1) AND ended_at IS NULL
          """) { _ in true } ?? false
        guard !isThere else { continue }
        let trail = AuditTrail(site: site, connection: connection)
        try trail.append("agreed", row, to: Self.stream, by: actor.id, at: now)
        try connection.run(
          """
          INSERT INTO roster_overrides (district, id, squad, kind, who, other, day, shift, from_at, to_at)
          VALUES (\(site.district), \(site.makeID()), \(code), \(row.kind), \(row.who), \(row.other), \(row.day),
            \(row.shift), \(row.from), \(row.to))
          """)
      }
    }
  }

  /// Takes back what was agreed; what is not there, or was taken back, stays as it is.
  /// - Throws: ``RosterFault``.
  public func withdraw(_ id: String, squad code: String, by actor: Actor) async throws {
    _ = try plan(code, for: actor)
    let now = site.now()
    try await site.database.write { connection in
      let stands: Statement = """
        roster_overrides WHERE district = \(site.district) AND id = \(id) AND squad = \(code) AND ended_at IS NULL
        """
      guard try connection.first("SELECT 1 FROM \(stands)", { _ in true }) != nil else { return }
      try AuditTrail(site: site, connection: connection).append(
        "withdrawn", Withdrawn(id: id), to: Self.stream, by: actor.id, at: now)
      try connection.run(
        """
        UPDATE roster_overrides SET ended_at = \(now)
        WHERE district = \(site.district) AND id = \(id) AND squad = \(code) AND ended_at IS NULL
        """)
    }
  }

  private func plan(_ code: String, for actor: Actor) throws(RosterFault) -> SquadPlan {
    guard let plan = site.pack.squad(code) else { throw .unusable(field: "squad") }
    guard Self.isFor(actor, plan, site.pack) else { throw .notAllowed }
    return plan
  }

  private func check(_ override: Roster.Override, _ plan: SquadPlan) throws(RosterFault) {
    func isMember(_ code: String) -> Bool { plan.members.contains { $0.code == code } }
    func isSpan(_ from: Instant, _ to: Instant) -> Bool { from < to && to - from <= .days(Self.daysMax) }
    switch override {
    case .absence(let member, let from, let to):
      guard isMember(member) else { throw .unusable(field: "member") }
      guard isSpan(from, to) else { throw .unusable(field: "until") }
    case .vehicleOut(let vehicle, let from, let to):
      guard plan.vehicles.contains(vehicle) else { throw .unusable(field: "vehicle") }
      guard isSpan(from, to) else { throw .unusable(field: "until") }
    case .swap(let shift, let out, let new):
      guard plan.shifts.indices.contains(shift.index) else { throw .unusable(field: "shift") }
      let due = Roster(plan: plan, zone: zone).members(of: shift).map(\.code)
      guard due.contains(out) else { throw .unusable(field: "out") }
      guard isMember(new), !due.contains(new) else { throw .unusable(field: "in") }
    }
  }
}

/// Why a roster cannot be changed so.
public enum RosterFault: Error, Sendable, Hashable {
  case notAllowed
  case unusable(field: String)
}

extension Rosters {
  /// As it stands in the table and the journal; names are storage formats.
  private struct Row: Encodable {
    let squad: String
    let kind: String
    let who: String
    var other: String?
    var day: Int64?
    var shift: Int64?
    var from: Int64?
    var to: Int64?

    init(squad: String, _ override: Roster.Override) {
      self.squad = squad
      switch override {
      case .absence(let member, let start, let end):
        (kind, who, from, to) = ("absence", member, start.milliseconds, end.milliseconds)
      case .vehicleOut(let vehicle, let start, let end):
        (kind, who, from, to) = ("vehicle-out", vehicle, start.milliseconds, end.milliseconds)
      case .swap(let turn, let out, let new):
        (kind, who, other) = ("swap", out, new)
        (day, shift) = (Int64(turn.date.dayNumber), Int64(turn.index))
      }
    }
  }

  private struct Withdrawn: Encodable {
    let id: String
  }

  static let migrations: [Migration] = [
    Migration("squads/1 roster overrides") { _ in
      """
      CREATE TABLE roster_overrides (
        district TEXT NOT NULL, id TEXT NOT NULL, squad TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('absence', 'swap', 'vehicle-out')), who TEXT NOT NULL, other TEXT,
        day BIGINT, shift BIGINT, from_at BIGINT, to_at BIGINT, ended_at BIGINT, PRIMARY KEY (district, id));
      """
    }
  ]
}
