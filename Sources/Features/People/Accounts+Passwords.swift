import Domain
import SQL

extension Accounts {
  /// Sets a password; all sessions of the account end, and its devices are strangers again.
  /// - Parameters:
  ///   - current: the present password: required from the account itself, ignored from an administrator.
  /// - Throws: ``PasswordFault``, ``AccountFault``, ``SignInFault/tooSoon(retryAfter:)``, ``SignInFault/busy``.
  public func setPassword(of id: String, to password: String, current: String? = nil, by actor: Actor) async throws {
    let account = try await site.database.read { try self.account(id, on: $0) }
    let isOwn = actor.id == Self.actorID(id)
    guard let account, isOwn || account.post.isGiven(by: actor) else { throw AccountFault.unknownAccount }
    try PasswordRules.check(password, name: account.name)
    if isOwn { try await prove(current ?? "", of: id) }
    let hash = try await hashed(password)
    try await site.database.write { connection in
      try connection.run(
        "UPDATE accounts SET password = \(hash.text) WHERE district = \(site.district) AND id = \(id)")
      try endSessions(of: id, on: connection)
      try connection.run("DELETE FROM account_devices WHERE district = \(site.district) AND account = \(id)")
      try trail(connection).append("password-changed", to: AuditTrail.account(id), by: actor.id, at: site.now())
    }
    cache.forget(actor: Self.actorID(id))
  }

  func hashed(_ password: String) async throws -> PasswordHash {
    try await turn(.known) { [cost] in try PasswordHash(password, cost: cost) }
  }

  /// - Throws: ``SignInFault/busy`` where too many wait.
  func turn<Answer: Sendable>(_ lane: ThreadTurns.Lane, _ work: @Sendable @escaping () throws -> Answer)
    async throws -> Answer
  {
    do { return try await hasher.run(lane, work) } catch is ThreadTurns.Busy { throw SignInFault.busy }
  }

  /// Holds the present password against what is stored, as sparingly as a sign-in.
  private func prove(_ password: String, of id: String) async throws {
    let bucket = SignInThrottle.Bucket.session(account: id)
    let wait = try await site.database.write { connection in
      try SignInThrottle(district: site.district, connection: connection).charge([bucket], at: site.now())
    }
    if let wait { throw SignInFault.tooSoon(retryAfter: wait) }
    let stored = try await site.database.read { connection in
      try connection.first(
        "SELECT password FROM accounts WHERE district = \(site.district) AND id = \(id)"
      ) { PasswordHash(text: $0.text(0)) } ?? nil
    }
    guard password.count <= PasswordRules.charactersMax, let stored,
      try await turn(.known, { try stored.matches(password) })
    else { throw AccountFault.passwordWrong }
    try await site.database.write { connection in
      try SignInThrottle(district: site.district, connection: connection).settle([bucket], at: site.now())
    }
  }
}
