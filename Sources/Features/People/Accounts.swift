import Domain
import Journal
import SQL

/// The people who work with the system: names, posts, passwords.
///
/// A name is personal data of staff: the journal knows an account by its identifier only. Every change is an event on
/// the account's own stream. Sign-ins are not: a record of who sat down when, kept for ever, would be a profile of
/// staff; the account keeps its last one.
///
/// Keep one of these for the process: it holds the bound on hashing and the callers looked up last.
public struct Accounts: Sendable {
  let site: Installation
  let cost: PasswordHash.Cost
  let hasher: ThreadTurns
  let cache: CallerCache

  public init(_ site: Installation) { self.init(site, cost: .standard) }

  /// - Parameter logRounds: scrypt's cost as the binary logarithm of N; below 15 for tests only.
  package init(_ site: Installation, logRounds: Int) {
    self.init(site, cost: .init(logRounds: logRounds, blockSize: 8, parallelism: 1))
  }

  private init(_ site: Installation, cost: PasswordHash.Cost) {
    self.site = site
    self.cost = cost
    hasher = ThreadTurns(label: "passwords")
    cache = CallerCache()
  }

  /// Founds an account.
  /// - Parameters:
  ///   - division: nil for the agency's or squad's own, or else the whole district.
  ///   - actor: an administrator of that division, or the program itself.
  /// - Returns: the account's identifier.
  /// - Throws: ``AccountFault``, ``PostFault``, ``PasswordFault``, ``SignInFault/busy``.
  public func create(
    name: String, password: String, role: Role, division: String? = nil, agency: String? = nil, squad: String? = nil,
    by actor: Actor
  ) async throws -> String {
    let post = try Post(role: role, division: division, agency: agency, squad: squad, pack: site.pack)
    guard post.isGiven(by: actor) else { throw AccountFault.notAllowed }
    guard AccountName.isUsable(name) else { throw AccountFault.nameUnusable }
    try PasswordRules.check(password, name: name)
    let hash = try await hashed(password)
    let id = site.makeID()
    try await site.database.write { connection in
      let folded = AccountName.fold(name)
      guard try self.id(named: folded, on: connection) == nil else { throw AccountFault.nameTaken }
      let now = site.now()
      try connection.run(
        """
        INSERT INTO accounts
          (district, id, name, name_folded, password, role, division, agency, squad, created_at)
        VALUES (\(site.district), \(id), \(name), \(folded), \(hash.text), \(post.role.rawValue), \(post.division),
          \(post.agency), \(post.squad), \(now))
        """)
      try trail(connection).append(
        "created", PostEvent(post), to: AuditTrail.account(id), by: actor.id, at: now)
    }
    return id
  }

  /// Gives an account another post; its sessions go on with it.
  /// - Throws: ``AccountFault``, ``PostFault``.
  public func move(
    _ id: String, role: Role, division: String? = nil, agency: String? = nil, squad: String? = nil, by actor: Actor
  ) async throws {
    let post = try Post(role: role, division: division, agency: agency, squad: squad, pack: site.pack)
    guard post.isGiven(by: actor) else { throw AccountFault.notAllowed }
    try await change(id, by: actor) { account, connection in
      guard account.post != post else { return }
      try connection.run(
        """
        UPDATE accounts SET role = \(post.role.rawValue), division = \(post.division), agency = \(post.agency),
          squad = \(post.squad) WHERE district = \(site.district) AND id = \(id)
        """)
      try trail(connection).append(
        "role-changed", PostEvent(post), to: AuditTrail.account(id), by: actor.id, at: site.now())
    }
  }

  /// Ends all sessions and lets nobody in any more, until ``enable(_:by:)``.
  public func disable(_ id: String, by actor: Actor) async throws {
    guard actor.id != Self.actorID(id) else { throw AccountFault.notYourself }
    try await change(id, by: actor) { account, connection in
      guard account.disabledAt == nil else { return }
      try set(disabledAt: site.now(), of: id, on: connection)
      try endSessions(of: id, on: connection)
      try trail(connection).append("disabled", to: AuditTrail.account(id), by: actor.id, at: site.now())
    }
  }

  public func enable(_ id: String, by actor: Actor) async throws {
    try await change(id, by: actor) { account, connection in
      guard account.disabledAt != nil else { return }
      try set(disabledAt: nil, of: id, on: connection)
      try trail(connection).append("enabled", to: AuditTrail.account(id), by: actor.id, at: site.now())
    }
  }

  /// The accounts that `actor` looks after, by name.
  public func list(for actor: Actor) async throws -> [Account] {
    let accounts = try await site.database.read { connection in
      try connection.all(
        "SELECT \(Account.columns) FROM accounts WHERE district = \(site.district) ORDER BY name_folded",
        Account.init(row:))
    }
    return accounts.compactMap(\.self).filter { $0.post.isGiven(by: actor) }
  }

  /// As it stands in ``Domain/Actor/id`` and in the journal.
  public static func actorID(_ id: String) -> String { "account:" + id }

  // MARK: - For the other aspects

  func trail(_ connection: any Connection) -> AuditTrail { AuditTrail(site: site, connection: connection) }

  /// Runs `body` on an account that `actor` looks after.
  func change(
    _ id: String, by actor: Actor, _ body: @Sendable @escaping (Account, any Connection) throws -> Void
  ) async throws {
    try await site.database.write { connection in
      // Whoever may not touch it does not learn that it exists. Of two changes at once one waits for the other.
      let lock: Statement = connection.dialect == .postgres ? " FOR UPDATE" : ""
      guard let account = try account(id, lock, on: connection), account.post.isGiven(by: actor) else {
        throw AccountFault.unknownAccount
      }
      try body(account, connection)
    }
    cache.forget(actor: Self.actorID(id))
  }

  func account(_ id: String, _ lock: Statement = "", on connection: any Connection) throws -> Account? {
    try connection.first(
      "SELECT \(Account.columns) FROM accounts WHERE district = \(site.district) AND id = \(id)\(lock)",
      Account.init(row:)) ?? nil
  }

  func endSessions(of id: String, on connection: any Connection) throws {
    try connection.run("DELETE FROM sessions WHERE district = \(site.district) AND account = \(id)")
  }

  private func id(named folded: String, on connection: any Connection) throws -> String? {
    try connection.first(
      "SELECT id FROM accounts WHERE district = \(site.district) AND name_folded = \(folded)") { $0.text(0) }
  }

  private func set(disabledAt: Instant?, of id: String, on connection: any Connection) throws {
    try connection.run(
      "UPDATE accounts SET disabled_at = \(disabledAt) WHERE district = \(site.district) AND id = \(id)")
  }
}
