import Domain
import SQL

/// The plates of a city: made, revoked, replaced, and known again by their tokens.
///
/// One valid plate for each place and unit: what has one is not given a second.
public struct Plates: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public static let unitCharactersMax = 40
  /// Made in one transaction.
  public static let batchMax = 1_000_000
  private static let table = ViewTable("plates", keys: ["number"], values: ["place", "unit", "made_at"])
  private static let stream = "plates"

  /// Where a plate is wanted.
  public struct Wanted: Sendable, Hashable {
    public let place: String
    public let unit: String
    public init(place: String, unit: String = "") {
      self.place = place
      self.unit = unit
    }
  }

  // MARK: - Making

  /// Makes those that do not stand yet, all or none.
  /// - Returns: the numbers of those that were made.
  /// - Throws: ``PlateFault``.
  @discardableResult
  public func make(_ wanted: [Wanted], by actor: Actor) async throws -> Range<Int> {
    try check(wanted, by: actor)
    return try await site.database.write { connection in
      var standing = Set(try connection.all(
        "SELECT place, unit FROM plates WHERE district = \(site.district) AND revoked_at IS NULL"
      ) { Wanted(place: $0.text(0), unit: $0.text(1)) })
      let missing = wanted.filter { standing.insert($0).inserted }
      let first = try lastNumber(on: connection) + 1
      guard !missing.isEmpty else { return first..<first }
      guard first + missing.count - 1 <= PlateToken.numberMax else { throw PlateFault.tooMany }
      try append("made", Made(first: first, count: missing.count), by: actor, on: connection)
      try insert(missing, from: first, on: connection)
      return first..<first + missing.count
    }
  }

  private func check(_ wanted: [Wanted], by actor: Actor) throws(PlateFault) {
    guard actor.role == .system else { throw .notAllowed }
    guard site.pack.plates != nil else { throw .noPlates }
    guard wanted.count <= Self.batchMax else { throw .tooMany }
    for (index, item) in wanted.enumerated() {
      guard site.pack.place(item.place) != nil else { throw .unknownPlace(item.place) }
      let isPlain = item.unit.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
      guard isPlain, item.unit.count <= Self.unitCharactersMax else { throw .unitUnusable(row: index + 1) }
    }
  }

  private func insert(_ wanted: [Wanted], from first: Int, on connection: any Connection) throws {
    let now = site.now().sqlValue
    let rows = wanted.enumerated().map { offset, item in
      ViewTable.Row(key: [(first + offset).sqlValue], values: [.text(item.place), .text(item.unit), now])
    }
    try connection.run(Self.table.insertions(rows, district: site.district))
  }

  /// Ends a plate for good. One that has ended stays as it is.
  public func revoke(_ number: Int, by actor: Actor) async throws {
    guard actor.role == .system else { throw PlateFault.notAllowed }
    try await site.database.write { connection in
      guard let plate = try plate(number, on: connection) else { throw PlateFault.unknownNumber(number) }
      guard plate.revokedAt == nil else { return }
      try append("revoked", Revoked(number: number, by: nil), by: actor, on: connection)
      try end(number, replacedBy: nil, on: connection)
    }
  }

  /// Ends a plate and makes another for the same place and unit: the old code is lost, worn or copied.
  /// - Returns: the number of the one that stands there now.
  public func replace(_ number: Int, by actor: Actor) async throws -> Int {
    guard actor.role == .system else { throw PlateFault.notAllowed }
    return try await site.database.write { connection in
      guard let old = try plate(number, on: connection) else { throw PlateFault.unknownNumber(number) }
      if let next = old.replacedBy { return next }
      let next = try lastNumber(on: connection) + 1
      guard next <= PlateToken.numberMax else { throw PlateFault.tooMany }
      try append("revoked", Revoked(number: number, by: next), by: actor, on: connection)
      try end(number, replacedBy: next, on: connection)
      try insert([Wanted(place: old.place, unit: old.unit)], from: next, on: connection)
      return next
    }
  }

  private func end(_ number: Int, replacedBy next: Int?, on connection: any Connection) throws {
    try connection.run(
      """
      UPDATE plates SET revoked_at = COALESCE(revoked_at, \(site.now())), replaced_by = \(next)
      WHERE district = \(site.district) AND number = \(number)
      """)
  }

  private func lastNumber(on connection: any Connection) throws -> Int {
    try connection.first("SELECT MAX(number) FROM plates WHERE district = \(site.district)") {
      $0.optionalInteger(0).map { Int($0) }
    }.flatMap { $0 } ?? 0
  }

  // MARK: - Reading

  /// Those above a number, in order; with revoked ones or without.
  /// - Parameter place: nil for every place.
  public func list(above number: Int = 0, place: String? = nil, withRevoked: Bool = false, limit: Int) async throws
    -> [Plate]
  {
    let only: Statement = place.map { "AND place = \($0)" } ?? ""
    let standing: Statement = withRevoked ? "" : "AND revoked_at IS NULL"
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT \(Plate.columns) FROM plates WHERE district = \(site.district) AND number > \(number) \(only) \(standing)
        ORDER BY number LIMIT \(limit)
        """, Plate.init(row:))
    }
  }

  public func token(of plate: Plate) -> PlateToken {
    site.plates.token(number: plate.number, place: plate.place, unit: plate.unit, district: site.district)
  }

  /// The plate that a scanned token stands for.
  /// - Throws: ``PlateFault/notOurs``, ``PlateFault/revoked``.
  public func plate(scanned text: String) async throws -> Plate {
    try await site.database.read { try plate(scanned: text, on: $0) }
  }

  func plate(scanned text: String, on connection: any Connection) throws -> Plate {
    guard let given = PlateToken(text), let plate = try plate(given.number, on: connection),
      token(of: plate) == given, site.pack.place(plate.place) != nil
    else { throw PlateFault.notOurs }
    guard plate.revokedAt == nil else { throw PlateFault.revoked }
    return plate
  }

  private func plate(_ number: Int, on connection: any Connection) throws -> Plate? {
    try connection.first(
      "SELECT \(Plate.columns) FROM plates WHERE district = \(site.district) AND number = \(number)", Plate.init(row:))
  }

  // MARK: - Rows and events

  /// Names and fields are storage formats.
  private struct Made: Encodable {
    let first: Int
    let count: Int
  }

  private struct Revoked: Encodable {
    let number: Int
    let by: Int?
  }

  private func append(_ kind: String, _ body: some Encodable, by actor: Actor, on connection: any Connection) throws {
    try AuditTrail(site: site, connection: connection).append(
      kind, body, to: Self.stream, by: actor.id, at: site.now())
  }

  static let migrations: [Migration] = [
    Migration("places/1 plates") { dialect in
      """
      CREATE TABLE plates (
        district TEXT NOT NULL, number BIGINT NOT NULL, place TEXT NOT NULL, unit TEXT NOT NULL,
        made_at BIGINT NOT NULL, revoked_at BIGINT, replaced_by BIGINT, PRIMARY KEY (district, number));
      CREATE UNIQUE INDEX plates_standing ON plates (district, place, unit) WHERE revoked_at IS NULL;
      CREATE TABLE plate_receipts (
        district TEXT NOT NULL, lookup \(dialect.blobType) NOT NULL, report TEXT NOT NULL,
        PRIMARY KEY (district, lookup));
      """
    },
    LeakyBuckets.migration("places/2 attempts", of: PlateThrottle.table),
  ]
}
