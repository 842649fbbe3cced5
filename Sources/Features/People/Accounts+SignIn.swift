import Domain
import SQL

extension Accounts {
  /// What a successful sign-in gives the browser to keep.
  public struct SignedIn: Sendable {
    /// Proves who it is, until it expires.
    public let session: String
    /// Tells that this device has signed in before, for ``deviceKept``; it proves nothing else. See ``SignInThrottle``.
    public let device: String
    public let caller: Caller
  }

  /// Without use a session ends after this; each use sets it back.
  public static let sessionIdleMax = Span.hours(12)
  /// However much it is used.
  public static let sessionMax = Span.days(7)
  public static let deviceKept = Span.days(400)

  static let sessionsPerAccountMax = 50
  static let devicesPerAccountMax = 20

  /// Lets somebody in.
  /// - Parameters:
  ///   - address: where the client is, as the server saw it.
  ///   - device: what an earlier sign-in gave this browser.
  /// - Throws: ``SignInFault``.
  public func signIn(name: String, password: String, from address: String, device: String? = nil) async throws
    -> SignedIn
  {
    let attempt = try await begin(name, from: ClientAddress.network(of: address), device: device.flatMap(Self.hash))
    let isRight = try await isRight(password, attempt)
    guard isRight, let account = attempt.account else { throw SignInFault.wrong }
    if account.disabledAt != nil { throw SignInFault.disabled }
    let renewed = attempt.password.cost == cost ? nil : try await hashed(password)
    return try await admit(account, attempt, device: device, renewed: renewed)
  }

  private struct Attempt: Sendable {
    let account: Account?
    /// The account's, or nobody's.
    let password: PasswordHash
    let isKnownDevice: Bool
    let device: [UInt8]?
    let buckets: [SignInThrottle.Bucket]
  }

  /// Looks the account up and charges the attempt.
  private func begin(_ name: String, from network: String, device: [UInt8]?) async throws -> Attempt {
    // What cannot be a name still costs an attempt, but not a gigabyte of folding.
    let folded = AccountName.fold(String(name.prefix(AccountName.charactersMax + 1)))
    let now = site.now()
    let attempt = try await site.database.read { connection in
      let attempt = try self.attempt(folded, network, device, on: connection)
      let throttle = SignInThrottle(district: site.district, connection: connection)
      if let wait = try throttle.wait(attempt.buckets, at: now) { throw SignInFault.tooSoon(retryAfter: wait) }
      return attempt
    }
    let wait = try await site.database.write { connection in
      try SignInThrottle(district: site.district, connection: connection).charge(attempt.buckets, at: now)
    }
    if let wait { throw SignInFault.tooSoon(retryAfter: wait) }
    return attempt
  }

  private func attempt(_ name: String, _ network: String, _ device: [UInt8]?, on connection: any Connection) throws
    -> Attempt
  {
    let query: Statement = """
      SELECT \(Account.columns), password FROM accounts WHERE district = \(site.district) AND name_folded = \(name)
      """
    let row = try connection.first(query) { (Account(row: $0), PasswordHash(text: $0.text(9))) }
    let strangers: [SignInThrottle.Bucket] = [.pair(name: name, network: network), .network(network)]
    guard let account = row?.0, let password = row?.1 else {
      return Attempt(account: nil, password: .ofNobody(cost: cost), isKnownDevice: false, device: device,
                     buckets: strangers)
    }
    let known = try device.flatMap { try isDevice($0, of: account.id, on: connection) ? $0 : nil }
    return Attempt(
      account: account, password: password, isKnownDevice: known != nil, device: device,
      buckets: known.map { [.device(account: account.id, hash: $0)] } ?? strangers)
  }

  private func isRight(_ password: String, _ attempt: Attempt) async throws -> Bool {
    // Longer than any password of ours: not worth hashing, and nobody's secret.
    guard password.count <= PasswordRules.charactersMax else { return false }
    return try await turn(attempt.isKnownDevice ? .known : .stranger) { try attempt.password.matches(password) }
  }

  private func admit(_ account: Account, _ attempt: Attempt, device: String?, renewed: PasswordHash?) async throws
    -> SignedIn
  {
    let session = Secret()
    let fresh = Secret()
    let now = site.now()
    let keptDevice = try await site.database.write { connection in
      // Between the password and now it may have been disabled, or its password changed.
      guard try isStill(account.id, attempt.password, on: connection) else { throw SignInFault.wrong }
      try SignInThrottle(district: site.district, connection: connection).settle(attempt.buckets, at: now)
      try start(session, of: account.id, at: now, on: connection)
      try connection.run(
        """
        UPDATE accounts SET signed_in_at = \(now), password = \((renewed ?? attempt.password).text)
        WHERE district = \(site.district) AND id = \(account.id)
        """)
      let isOurs = try attempt.device.map { try isDevice($0, on: connection) } ?? false
      let hash = isOurs ? attempt.device ?? fresh.hash : fresh.hash
      try remember(hash, of: account.id, at: now, on: connection)
      return isOurs
    }
    let caller = Caller(
      actor: account.post.actor(Self.actorID(account.id)), displayName: account.name, isToken: false)
    return SignedIn(session: session.text, device: keptDevice ? device ?? fresh.text : fresh.text, caller: caller)
  }

  // MARK: - Rows

  private func isStill(_ id: String, _ password: PasswordHash, on connection: any Connection) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM accounts WHERE district = \(site.district) AND id = \(id) AND password = \(password.text)
        AND disabled_at IS NULL
      """
    ) { _ in true } ?? false
  }

  private func start(_ session: Secret, of id: String, at now: Instant, on connection: any Connection) throws {
    try connection.run("DELETE FROM sessions WHERE district = \(site.district) AND expires_at <= \(now)")
    try connection.run(
      """
      DELETE FROM sessions WHERE district = \(site.district) AND hash IN (
        SELECT hash FROM sessions WHERE district = \(site.district) AND account = \(id)
        ORDER BY created_at DESC, hash LIMIT 1000 OFFSET \(Self.sessionsPerAccountMax - 1))
      """)
    try connection.run(
      """
      INSERT INTO sessions (district, hash, account, created_at, renewed_at, expires_at)
      VALUES (\(site.district), \(session.hash), \(id), \(now), \(now), \(now + Self.sessionIdleMax))
      """)
  }

  /// Whether this device has signed in to anything before: one browser may serve several people of a shift.
  private func isDevice(_ hash: [UInt8], on connection: any Connection) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM account_devices WHERE district = \(site.district) AND hash = \(hash) LIMIT 1") { _ in true }
      ?? false
  }

  private func isDevice(_ hash: [UInt8], of id: String, on connection: any Connection) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM account_devices
      WHERE district = \(site.district) AND account = \(id) AND hash = \(hash)
        AND seen_at > \(site.now() - Self.deviceKept)
      """
    ) { _ in true } ?? false
  }

  private func remember(_ device: [UInt8], of id: String, at now: Instant, on connection: any Connection) throws {
    try connection.run(
      """
      INSERT INTO account_devices (district, account, hash, seen_at)
      VALUES (\(site.district), \(id), \(device), \(now))
      ON CONFLICT (district, account, hash) DO UPDATE SET seen_at = excluded.seen_at
      """)
    try connection.run(
      """
      DELETE FROM account_devices WHERE district = \(site.district) AND account = \(id) AND hash IN (
        SELECT hash FROM account_devices WHERE district = \(site.district) AND account = \(id)
        ORDER BY seen_at DESC, hash LIMIT 1000 OFFSET \(Self.devicesPerAccountMax))
      """)
  }
}
