import Crypto
import Domain
import Foundation
import SQL

/// Slows guessing down without ever locking anybody out.
///
/// Wrong passwords fill buckets that leak with time; each has some free room, beyond it every further attempt has to
/// wait twice as long as the one before, up to a quarter of an hour. Nothing is ever locked: who waits gets in.
///
/// - A stranger's attempt fills two buckets: that of the account from this address, and that of the address whoever it
///   asks for. Guesses from elsewhere touch neither of the owner's, so however many there are, the owner signs in at
///   once from where nobody guesses.
/// - A device that has signed in to this account before has a bucket of its own, and only that one counts: even guesses
///   from the owner's own address (an office behind one line) do not slow the owner down.
/// - An attempt is charged before the password is looked at, so that many at once count as many; success gives back.
/// - A name that nobody has is treated as any other, so that nothing is learnt from the waiting.
///
/// The state is in the database, shared by all nodes. Keys are hashed: the table names no account and no address. Its
/// size is bounded; what would be forgotten first goes first, so that many small attempts cannot push out a large one.
struct SignInThrottle {
  /// What attempts are counted by.
  enum Bucket: Sendable, Hashable {
    case pair(name: String, network: String)
    case network(String)
    case device(account: String, hash: [UInt8])
    /// Somebody who is signed in and gives the password again.
    case session(account: String)

    /// One wrong attempt is forgotten after so long.
    fileprivate var leak: Span {
      switch self {
      case .pair: .minutes(10)
      case .network: .minutes(1)
      case .device, .session: .minutes(5)
      }
    }

    /// Wrong attempts that cost nothing. An office of many people may share an address.
    fileprivate var free: Int {
      switch self {
      case .pair: 5
      case .network: 30
      case .device, .session: 10
      }
    }

    fileprivate var key: [UInt8] {
      let text = switch self {
      case .pair(let name, let network): "pair\0\(name)\0\(network)"
      case .network(let network): "network\0\(network)"
      case .device(let account, let hash): "device\0\(account)\0\(hash)"
      case .session(let account): "session\0\(account)"
      }
      return SHA256.hash(data: Data(text.utf8)).withUnsafeBytes { [UInt8]($0) }
    }
  }

  static let delayMax = Span.minutes(15)
  static let rowsMax = 20_000

  let district: String
  let connection: any Connection

  static let migrations: [Migration] = [
    Migration("people/3 attempts") { dialect in
      """
      CREATE TABLE sign_in_attempts (
        district TEXT NOT NULL, bucket \(dialect.blobType) NOT NULL, blocked_until BIGINT NOT NULL,
        forgotten_at BIGINT NOT NULL, PRIMARY KEY (district, bucket));
      CREATE INDEX sign_in_attempts_forgotten ON sign_in_attempts (district, forgotten_at);
      """
    }
  ]

  /// How long an attempt would have to wait now; nil if not at all.
  func wait(_ buckets: [Bucket], at now: Instant) throws -> Span? {
    let until = try buckets.compactMap { try row($0)?.blockedUntil }.max()
    return until.flatMap { $0 > now ? $0 - now : nil }
  }

  /// Charges an attempt as if it were wrong; to be given back by ``settle(_:at:)``.
  /// - Returns: how long it has to wait instead; then nothing was charged.
  func charge(_ buckets: [Bucket], at now: Instant) throws -> Span? {
    try sweep(at: now)
    for bucket in buckets { try lock(bucket) }
    if let wait = try wait(buckets, at: now) { return wait }
    for bucket in buckets {
      let forgotten = max(try row(bucket)?.forgottenAt ?? now, now) + bucket.leak
      try update(bucket, blockedUntil: now + delay(bucket, (forgotten - now).milliseconds), forgottenAt: forgotten)
    }
    return nil
  }

  /// The password was right: the account's bucket is emptied, and the address gets back what this attempt cost it.
  func settle(_ buckets: [Bucket], at now: Instant) throws {
    for bucket in buckets {
      if case .network = bucket, let row = try row(bucket) {
        try update(bucket, blockedUntil: now, forgottenAt: row.forgottenAt - bucket.leak)
      } else {
        try connection.run(
          "DELETE FROM sign_in_attempts WHERE district = \(district) AND bucket = \(bucket.key)")
      }
    }
  }

  /// The wait after an attempt that filled the bucket so far.
  private func delay(_ bucket: Bucket, _ filled: Int64) -> Span {
    let level = (filled + bucket.leak.milliseconds - 1) / bucket.leak.milliseconds
    let over = level - Int64(bucket.free)
    guard over > 0 else { return .zero }
    return over > 20 ? Self.delayMax : min(.seconds(1 << (over - 1)), Self.delayMax)
  }

  // MARK: - Rows

  private struct Row {
    let blockedUntil: Instant
    let forgottenAt: Instant
  }

  private func row(_ bucket: Bucket) throws -> Row? {
    try connection.first(
      """
      SELECT blocked_until, forgotten_at FROM sign_in_attempts
      WHERE district = \(district) AND bucket = \(bucket.key)
      """
    ) { Row(blockedUntil: Instant(milliseconds: $0.integer(0)), forgottenAt: Instant(milliseconds: $0.integer(1))) }
  }

  /// Makes other transactions that charge the same bucket wait for the end of this one.
  private func lock(_ bucket: Bucket) throws {
    try connection.run(
      """
      INSERT INTO sign_in_attempts (district, bucket, blocked_until, forgotten_at)
      VALUES (\(district), \(bucket.key), 0, 0)
      ON CONFLICT (district, bucket) DO UPDATE SET blocked_until = sign_in_attempts.blocked_until
      """)
  }

  private func update(_ bucket: Bucket, blockedUntil: Instant, forgottenAt: Instant) throws {
    try connection.run(
      """
      UPDATE sign_in_attempts SET blocked_until = \(blockedUntil), forgotten_at = \(forgottenAt)
      WHERE district = \(district) AND bucket = \(bucket.key)
      """)
  }

  /// Removes what has leaked away, and, above the bound, what will have first.
  private func sweep(at now: Instant) throws {
    try connection.run(
      """
      DELETE FROM sign_in_attempts
      WHERE district = \(district) AND forgotten_at <= \(now) AND blocked_until <= \(now)
      """)
    let bound = try connection.first(
      """
      SELECT forgotten_at FROM sign_in_attempts WHERE district = \(district)
      ORDER BY forgotten_at DESC LIMIT 1 OFFSET \(Self.rowsMax)
      """
    ) { $0.integer(0) }
    guard let bound else { return }
    try connection.run(
      "DELETE FROM sign_in_attempts WHERE district = \(district) AND forgotten_at <= \(bound)")
  }
}
