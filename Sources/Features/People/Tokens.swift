import Domain
import SQL

/// Keys of programs: a door that hands in reports, a platform that reads the feed. Each acts in a post, with the scopes
/// of its role or fewer. The journal knows it by its identifier.
///
/// Keep one of these for the process: it holds the callers looked up last.
public struct Tokens: Sendable {
  private let site: Installation
  private let cache = CallerCache()

  public init(_ site: Installation) { self.site = site }

  /// What every token begins with.
  public static let prefix = "hw_"
  /// When a token was used last is known this exactly.
  public static let usedPrecision = Span.hours(1)

  /// Makes a token.
  /// - Parameters:
  ///   - division: nil for the agency's or squad's own, or else the whole district.
  ///   - scopes: nil for all that the role has, now and later.
  ///   - expires: nil for never.
  /// - Returns: the token itself: it is shown this once, and only its hash is kept.
  /// - Throws: ``TokenFault``, ``PostFault``.
  public func create(
    name: String, role: Role, division: String? = nil, agency: String? = nil, squad: String? = nil,
    scopes: Set<Scope>? = nil, expires: Instant? = nil, by actor: Actor
  ) async throws -> String {
    let post = try Post(role: role, division: division, agency: agency, squad: squad, pack: site.pack)
    guard post.isGiven(by: actor) else { throw TokenFault.notAllowed }
    guard AccountName.isUsable(name) else { throw TokenFault.nameUnusable }
    if let scopes {
      guard !scopes.isEmpty else { throw TokenFault.scopesMissing }
      let beyond = scopes.subtracting(Scope.of(role))
      guard beyond.isEmpty else { throw TokenFault.scopesBeyondRole(beyond) }
    }
    if let expires, expires <= site.now() { throw TokenFault.expiryPast }
    let secret = Secret(prefix: Self.prefix)
    let id = site.makeID()
    try await site.database.write { connection in
      let now = site.now()
      try insert(id, secret.hash, name, post, scopes, expires, at: now, on: connection)
      try AuditTrail(site: site, connection: connection).append(
        "created", Created(post: PostEvent(post), scopes: scopes?.map(\.rawValue).sorted(), expires: expires),
        to: AuditTrail.token(id), by: actor.id, at: now)
    }
    return secret.text
  }

  /// Whose token this is; nil if it is none, has expired or was revoked.
  public func caller(bearer: String) async throws -> Caller? {
    guard let hash = Secret.hash(of: bearer, prefix: Self.prefix) else { return nil }
    let now = site.now()
    if let known = cache.caller(hash, at: now) { return known }
    let found = try await site.database.read { connection in
      try token(hash, on: connection).map { ($0, try scopes(of: $0.id, on: connection)) }
    }
    guard let (token, scopes) = found, token.revokedAt == nil, now < token.expires ?? Instant(milliseconds: .max)
    else { return nil }
    if now - (token.usedAt ?? Instant(milliseconds: 0)) >= Self.usedPrecision { try await mark(token.id, usedAt: now) }
    let caller = Caller(
      actor: token.post.actor(Self.actorID(token.id)), scopes: scopes, displayName: token.name, isToken: true)
    cache.keep(caller, for: hash, at: now)
    return caller
  }

  /// Ends a token for good; on other nodes within ``CallerCache/ageMax``.
  public func revoke(_ id: String, by actor: Actor) async throws {
    try await site.database.write { connection in
      guard let token = try token(id: id, on: connection), token.post.isGiven(by: actor) else {
        throw TokenFault.unknownToken
      }
      let now = site.now()
      let revoked = try connection.run(
        """
        UPDATE tokens SET revoked_at = \(now)
        WHERE district = \(site.district) AND id = \(id) AND revoked_at IS NULL
        """)
      guard revoked == 1 else { return }
      try AuditTrail(site: site, connection: connection).append(
        "revoked", to: AuditTrail.token(id), by: actor.id, at: now)
    }
    cache.forget(actor: Self.actorID(id))
  }

  /// The tokens that `actor` looks after, the newest first.
  public func list(for actor: Actor) async throws -> [Token] {
    try await site.database.read { connection in
      let tokens = try connection.all(
        "SELECT \(Token.columns) FROM tokens WHERE district = \(site.district) ORDER BY created_at DESC, id DESC",
        Token.init(row:))
      return tokens.compactMap(\.self).filter { $0.post.isGiven(by: actor) }
    }
  }

  public static func actorID(_ id: String) -> String { "token:" + id }

  /// Names and fields are storage formats.
  private struct Created: Encodable {
    let post: PostEvent
    let scopes: [String]?
    let expires: Instant?
  }

  // MARK: - Rows

  static let migrations: [Migration] = [
    Migration("people/4 tokens") { dialect in
      """
      CREATE TABLE tokens (
        district TEXT NOT NULL, id TEXT NOT NULL, hash \(dialect.blobType) NOT NULL, name TEXT NOT NULL,
        role TEXT NOT NULL, division TEXT NOT NULL, agency TEXT, squad TEXT, created_at BIGINT NOT NULL,
        expires_at BIGINT, used_at BIGINT, revoked_at BIGINT, PRIMARY KEY (district, id));
      CREATE UNIQUE INDEX tokens_by_hash ON tokens (district, hash);
      CREATE TABLE token_scopes (
        district TEXT NOT NULL, token TEXT NOT NULL, scope TEXT NOT NULL, PRIMARY KEY (district, token, scope),
        FOREIGN KEY (district, token) REFERENCES tokens (district, id));
      """
    }
  ]

  private func insert(
    _ id: String, _ hash: [UInt8], _ name: String, _ post: Post, _ scopes: Set<Scope>?, _ expires: Instant?,
    at now: Instant, on connection: any Connection
  ) throws {
    try connection.run(
      """
      INSERT INTO tokens (district, id, hash, name, role, division, agency, squad, created_at, expires_at)
      VALUES (\(site.district), \(id), \(hash), \(name), \(post.role.rawValue), \(post.division), \(post.agency),
        \(post.squad), \(now), \(expires))
      """)
    for scope in (scopes ?? []).sorted(by: { $0.rawValue < $1.rawValue }) {
      try connection.run(
        "INSERT INTO token_scopes (district, token, scope) VALUES (\(site.district), \(id), \(scope.rawValue))")
    }
  }

  private func token(_ hash: [UInt8], on connection: any Connection) throws -> Token? {
    try connection.first(
      "SELECT \(Token.columns) FROM tokens WHERE district = \(site.district) AND hash = \(hash)",
      Token.init(row:)) ?? nil
  }

  private func token(id: String, on connection: any Connection) throws -> Token? {
    try connection.first(
      "SELECT \(Token.columns) FROM tokens WHERE district = \(site.district) AND id = \(id)",
      Token.init(row:)) ?? nil
  }

  /// Nil: all that the role has.
  private func scopes(of id: String, on connection: any Connection) throws -> Set<Scope>? {
    let rows = try connection.all(
      "SELECT scope FROM token_scopes WHERE district = \(site.district) AND token = \(id)") { $0.text(0) }
    return rows.isEmpty ? nil : Set(rows.compactMap(Scope.init(rawValue:)))
  }

  private func mark(_ id: String, usedAt now: Instant) async throws {
    try await site.database.write { connection in
      try connection.run("UPDATE tokens SET used_at = \(now) WHERE district = \(site.district) AND id = \(id)")
    }
  }
}
