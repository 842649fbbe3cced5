import Crypto
import Domain
import Foundation
import SQL

/// Buckets that fill with attempts and leak with time. Each has some free room; beyond it every further attempt has to
/// wait twice as long as the one before, up to a quarter of an hour. Nothing is ever locked: who waits gets in.
///
/// The state is in the database, shared by all nodes. Keys are hashed: the table names nobody. Its size is bounded;
/// what would be forgotten first goes first, so that many small attempts cannot push out a large one.
struct LeakyBuckets {
  struct Bucket: Sendable, Hashable {
    /// What is counted; only its hash is stored.
    let name: String
    /// One attempt is forgotten after so long.
    let leak: Span
    /// Attempts that cost nothing.
    let free: Int

    fileprivate var key: [UInt8] { SHA256.hash(data: Data(name.utf8)).withUnsafeBytes { [UInt8]($0) } }
  }

  static let delayMax = Span.minutes(15)
  static let rowsMax = 20_000

  let table: StaticString
  let district: String
  let connection: any Connection

  static func migration(_ name: String, of table: StaticString) -> Migration {
    Migration(name) { dialect in
      """
      CREATE TABLE \(table) (
        district TEXT NOT NULL, bucket \(dialect.blobType) NOT NULL, blocked_until BIGINT NOT NULL,
        forgotten_at BIGINT NOT NULL, PRIMARY KEY (district, bucket));
      CREATE INDEX \(table)_forgotten ON \(table) (district, forgotten_at);
      """
    }
  }

  /// How long an attempt would have to wait now; nil if not at all.
  func wait(_ buckets: [Bucket], at now: Instant) throws -> Span? {
    let until = try buckets.compactMap { try row($0)?.blockedUntil }.max()
    return until.flatMap { $0 > now ? $0 - now : nil }
  }

  /// Charges an attempt.
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

  /// Takes one attempt back, and the wait that it brought.
  func giveBack(_ bucket: Bucket, at now: Instant) throws {
    guard let row = try row(bucket) else { return }
    try update(bucket, blockedUntil: now, forgottenAt: row.forgottenAt - bucket.leak)
  }

  func empty(_ bucket: Bucket) throws {
    try connection.run(
      "DELETE FROM \(literal: table) WHERE district = \(district) AND bucket = \(bucket.key)")
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
      SELECT blocked_until, forgotten_at FROM \(literal: table)
      WHERE district = \(district) AND bucket = \(bucket.key)
      """
    ) { Row(blockedUntil: Instant(milliseconds: $0.integer(0)), forgottenAt: Instant(milliseconds: $0.integer(1))) }
  }

  /// Makes other transactions that charge the same bucket wait for the end of this one.
  private func lock(_ bucket: Bucket) throws {
    try connection.run(
      """
      INSERT INTO \(literal: table) (district, bucket, blocked_until, forgotten_at)
      VALUES (\(district), \(bucket.key), 0, 0)
      ON CONFLICT (district, bucket) DO UPDATE SET blocked_until = \(literal: table).blocked_until
      """)
  }

  private func update(_ bucket: Bucket, blockedUntil: Instant, forgottenAt: Instant) throws {
    try connection.run(
      """
      UPDATE \(literal: table) SET blocked_until = \(blockedUntil), forgotten_at = \(forgottenAt)
      WHERE district = \(district) AND bucket = \(bucket.key)
      """)
  }

  /// Removes what has leaked away, and, above the bound, what will have first.
  private func sweep(at now: Instant) throws {
    try connection.run(
      """
      DELETE FROM \(literal: table)
      WHERE district = \(district) AND forgotten_at <= \(now) AND blocked_until <= \(now)
      """)
    let bound = try connection.first(
      """
      SELECT forgotten_at FROM \(literal: table) WHERE district = \(district)
      ORDER BY forgotten_at DESC LIMIT 1 OFFSET \(Self.rowsMax)
      """
    ) { $0.integer(0) }
    guard let bound else { return }
    try connection.run(
      "DELETE FROM \(literal: table) WHERE district = \(district) AND forgotten_at <= \(bound)")
  }
}
