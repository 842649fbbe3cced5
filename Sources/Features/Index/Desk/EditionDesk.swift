import Domain
import SQL

/// Where people ask for editions. What was asked for is a row that one node takes on, so that any node may be asked, all
/// know what is under way, and never two are made at once: each takes the processors and up to 2 GB.
public struct EditionDesk: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public static let roles: Set<Role> = [.supervisor, .analyst, .administrator]
  /// How long nothing may be heard of the node that makes one.
  public static let lease = Span.seconds(60)
  public static let daysMax = 366
  private static let stream = "editions"

  // MARK: - Asking

  /// What a role may ask for; the whole district is said in one way, so that the same is the same edition.
  /// - Parameter division: nil for all that the caller judges.
  /// - Throws: ``EditionMakingFault``.
  public func query(from: CivilDate, to: CivilDate, comparison: EditionQuery.Comparison, division: String?,
                    for actor: Actor) throws(EditionMakingFault) -> EditionQuery {
    guard Self.roles.contains(actor.role) else { throw .notByRole }
    let area = division ?? actor.division
    guard site.pack.isDivision(area, within: actor.division) else { throw .elsewhere }
    guard from <= to else { throw .daysOutOfOrder }
    guard to < site.pack.calendar.zone.local(site.now()).date else { throw .notOver }
    guard to.dayNumber - from.dayNumber < Self.daysMax,
      let query = EditionQuery(from: from, to: to, comparison: comparison,
                               division: area == site.district ? nil : area)
    else { throw .tooLong }
    guard site.pack.editions != nil else { throw .noDefinition }
    return query
  }

  /// Has an edition made. Asking for what is being made already is answered with that.
  /// - Throws: ``EditionMakingFault``.
  public func ask(_ query: EditionQuery, by actor: Actor) async throws -> EditionMaking {
    let now = site.now()
    return try await site.database.write { connection in
      try giveUp(at: now, on: connection)
      if let open = try latest(on: connection), open.isUnderWay {
        guard open.query == query else { throw EditionMakingFault.underWay }
        return open
      }
      let id = site.makeID()
      let asked = Asked(making: id, from: query.days.lowerBound.text, to: query.days.upperBound.text,
                        comparison: query.comparison.rawValue, division: query.division)
      try AuditTrail(site: site, connection: connection).append(
        "asked", asked, to: Self.stream, by: actor.id, at: now)
      try connection.run(
        """
        INSERT INTO index_makings (district, id, asked_at, asked_by, first_day, last_day, comparison, division)
        VALUES (\(site.district), \(id), \(now), \(actor.id), \(asked.from), \(asked.to), \(asked.comparison),
          \(asked.division))
        """)
      guard let making = try latest(on: connection) else { throw EditionMakingFault.underWay }
      return making
    }
  }

  /// Names and fields are storage formats.
  private struct Asked: Encodable {
    let making: String
    let from: String
    let to: String
    let comparison: String
    let division: String?
  }

  /// What was asked for last; nil if nothing ever was.
  public func latest() async throws -> EditionMaking? {
    try await site.database.read { try latest(on: $0) }
  }

  private func latest(on connection: any Connection) throws -> EditionMaking? {
    try connection.first(
      """
      SELECT \(EditionMaking.columns) FROM index_makings WHERE district = \(site.district)
      ORDER BY ended_at IS NULL DESC, asked_at DESC, id DESC LIMIT 1
      """
    ) { EditionMaking(row: $0) } ?? nil
  }

  // MARK: - Making

  /// Makes what waits, if anything does. Cancelled, it stops at once and says that it was interrupted.
  /// - Parameters:
  ///   - node: names this one.
  ///   - incidents: opened only where there is something to make.
  /// - Returns: nil where nothing waits.
  /// - Throws: what went wrong, after it was written down.
  @discardableResult
  public func work(node: String, incidents: @Sendable @escaping () -> IncidentStore) async throws -> Edition? {
    // Asked often, and nearly always in vain.
    guard try await latest()?.isUnderWay == true else { return nil }
    let now = site.now()
    let claimed = try await site.database.write { connection in
      try giveUp(at: now, on: connection)
      return try claim(node, at: now, on: connection)
    }
    guard let claimed else { return nil }
    do {
      let edition = try await whileRenewing(claimed.id) { [site] in
        try await MakeEdition(site, incidents: incidents())(claimed.query)
      }
      try await end(claimed.id, number: edition.number, failure: nil)
      return edition
    } catch {
      try await end(claimed.id, number: nil, failure: error is CancellationError ? .interrupted : .failed)
      throw error
    }
  }

  /// What nobody has been heard of for too long is over.
  private func giveUp(at now: Instant, on connection: any Connection) throws {
    try connection.run(
      """
      UPDATE index_makings SET ended_at = \(now), failure = \(EditionMaking.Failure.interrupted.rawValue)
      WHERE district = \(site.district) AND ended_at IS NULL AND leased_until <= \(now)
      """)
  }

  private func claim(_ node: String, at now: Instant, on connection: any Connection) throws -> EditionMaking? {
    let claimed = try connection.run(
      """
      UPDATE index_makings SET node = \(node), begun_at = \(now), leased_until = \(now + Self.lease)
      WHERE district = \(site.district) AND ended_at IS NULL AND begun_at IS NULL
      """)
    return claimed == 1 ? try latest(on: connection) : nil
  }

  private func whileRenewing<Answer: Sendable>(
    _ id: String, _ make: @Sendable @escaping () async throws -> Answer
  ) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer?.self) { tasks in
      tasks.addTask { try await make() }
      tasks.addTask {
        while true {
          do { try await Task.sleep(for: .milliseconds(Self.lease.milliseconds / 4)) } catch { return nil }
          try? await renew(id)
        }
      }
      defer { tasks.cancelAll() }
      while let answer = try await tasks.next() { if let answer { return answer } }
      throw CancellationError()
    }
  }

  private func renew(_ id: String) async throws {
    let until = site.now() + Self.lease
    try await site.database.write { connection in
      try connection.run(
        """
        UPDATE index_makings SET leased_until = \(until)
        WHERE district = \(site.district) AND id = \(id) AND ended_at IS NULL
        """)
    }
  }

  /// An edition that was made counts, even where it had been given up meanwhile.
  private func end(_ id: String, number: Int?, failure: EditionMaking.Failure?) async throws {
    let now = site.now()
    try await site.database.write { connection in
      try connection.run(
        """
        UPDATE index_makings SET ended_at = \(now), number = \(number), failure = \(failure?.rawValue)
        WHERE district = \(site.district) AND id = \(id)
        """)
    }
  }

  static let migrations: [Migration] = [
    Migration(
      "index/2 makings",
      """
      CREATE TABLE index_makings (
        district TEXT NOT NULL, id TEXT NOT NULL, asked_at BIGINT NOT NULL, asked_by TEXT NOT NULL,
        first_day TEXT NOT NULL, last_day TEXT NOT NULL, comparison TEXT NOT NULL, division TEXT,
        node TEXT, begun_at BIGINT, leased_until BIGINT, ended_at BIGINT, number BIGINT, failure TEXT,
        PRIMARY KEY (district, id));
      CREATE UNIQUE INDEX index_makings_guard ON index_makings (district) WHERE ended_at IS NULL;
      """)
  ]
}
