import Domain
import SQL

extension Accounts {
  /// A session's end is moved on at most this often, so that not every request writes.
  static let renewalInterval = Span.minutes(5)

  /// Whose session this is; nil if it is none, has ended, or its account is out of use.
  public func caller(session: String) async throws -> Caller? {
    guard let hash = Self.hash(session) else { return nil }
    let now = site.now()
    if let known = cache.caller(hash, at: now) { return known }
    let found = try await site.database.read { try lookUp(hash, at: now, on: $0) }
    guard let found else { return nil }
    if now - found.renewedAt >= Self.renewalInterval { try await renew(hash, found, at: now) }
    cache.keep(found.caller, for: hash, at: now)
    return found.caller
  }

  /// Ends a session; on other nodes within ``CallerCache/ageMax``.
  public func signOut(session: String) async throws {
    guard let hash = Self.hash(session) else { return }
    try await site.database.write { connection in
      try connection.run("DELETE FROM sessions WHERE district = \(site.district) AND hash = \(hash)")
    }
    cache.forget(hash)
  }

  /// Ends all sessions of an account: one's own, or of an account that one looks after.
  public func signOutEverywhere(account id: String, by actor: Actor) async throws {
    try await site.database.write { connection in
      let account = try account(id, on: connection)
      guard let account, actor.id == Self.actorID(id) || account.post.isGiven(by: actor) else {
        throw AccountFault.unknownAccount
      }
      try endSessions(of: id, on: connection)
    }
    cache.forget(actor: Self.actorID(id))
  }

  static func hash(_ secret: String) -> [UInt8]? { Secret.hash(of: secret) }

  private struct Session: Sendable {
    let caller: Caller
    let createdAt: Instant
    let renewedAt: Instant
  }

  private func lookUp(_ hash: [UInt8], at now: Instant, on connection: any Connection) throws -> Session? {
    let query: Statement = """
      SELECT s.created_at, s.renewed_at, a.id, a.name, a.role, a.division, a.agency, a.squad
      FROM sessions s JOIN accounts a ON a.district = s.district AND a.id = s.account
      WHERE s.district = \(site.district) AND s.hash = \(hash) AND s.expires_at > \(now) AND a.disabled_at IS NULL
      """
    return try connection.first(query) { row -> Session? in
      guard let post = Post(row, from: 4) else { return nil }
      return Session(
        caller: Caller(actor: post.actor(Self.actorID(row.text(2))), displayName: row.text(3), isToken: false),
        createdAt: Instant(milliseconds: row.integer(0)), renewedAt: Instant(milliseconds: row.integer(1)))
    } ?? nil
  }

  private func renew(_ hash: [UInt8], _ session: Session, at now: Instant) async throws {
    let end = min(now + Self.sessionIdleMax, session.createdAt + Self.sessionMax)
    try await site.database.write { connection in
      try connection.run(
        """
        UPDATE sessions SET renewed_at = \(now), expires_at = \(end)
        WHERE district = \(site.district) AND hash = \(hash)
        """)
    }
  }
}
