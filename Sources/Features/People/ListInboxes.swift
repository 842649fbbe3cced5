import Domain
import SQL

/// The agencies of the pack and whether anybody answers for their inboxes.
public struct ListInboxes: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Inbox: Sendable, Hashable {
    public let agency: Agency
    /// Accounts in use that sign in for it, and programs with its tokens.
    public let people: Int
    public let programs: Int
    /// When anybody last signed in, or any program last asked; see ``Tokens/usedPrecision``.
    public let lastSeen: Instant?
    /// Cases assigned to it that it has not signed.
    public let unsigned: Int
    public var isReachable: Bool { people + programs > 0 }
  }

  /// In the order of the pack; of the divisions that `actor` looks after.
  public func callAsFunction(for actor: Actor) async throws -> [Inbox] {
    let now = site.now()
    return try await site.database.read { connection in
      let people = try seen(
        """
        SELECT agency, COUNT(*), MAX(signed_in_at) FROM accounts
        WHERE district = \(site.district) AND agency IS NOT NULL AND disabled_at IS NULL GROUP BY agency
        """, on: connection)
      let programs = try seen(
        """
        SELECT agency, COUNT(*), MAX(used_at) FROM tokens
        WHERE district = \(site.district) AND agency IS NOT NULL AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > \(now)) GROUP BY agency
        """, on: connection)
      let unsigned = Dictionary(
        uniqueKeysWithValues: try connection.all(
          """
          SELECT agency, COUNT(*) FROM cases
          WHERE district = \(site.district) AND phase = 'assigned' AND agency IS NOT NULL GROUP BY agency
          """
        ) { ($0.text(0), $0.int(1)) })
      return site.pack.agencies.filter { $0.division.hasPrefix(actor.division) }.map { agency in
        let (mine, its) = (people[agency.code], programs[agency.code])
        return Inbox(
          agency: agency, people: mine?.count ?? 0, programs: its?.count ?? 0,
          lastSeen: [mine?.last, its?.last].compactMap { $0 }.max(), unsigned: unsigned[agency.code] ?? 0)
      }
    }
  }

  private func seen(_ query: Statement, on connection: any Connection) throws
    -> [String: (count: Int, last: Instant?)]
  {
    let rows = try connection.all(query) {
      ($0.text(0), ($0.int(1), $0.optionalInteger(2).map(Instant.init(milliseconds:))))
    }
    return rows.reduce(into: [:]) { $0[$1.0] = (count: $1.1.0, last: $1.1.1) }
  }
}
