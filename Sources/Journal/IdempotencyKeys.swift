import SQL

/// The keys under which callers may repeat a request, with the answer that the first one got: stored in the
/// transaction of the events that the request caused, so that both stand or neither.
public struct IdempotencyKeys: Sendable {
  public enum Claim: Sendable, Equatable {
    /// Go on, then ``IdempotencyKeys/record(answer:scope:key:on:)`` in the same transaction.
    case new
    /// The same request was answered before: give this answer again.
    case repeated(answer: String)
    /// The key was used for another request: refuse.
    case otherBody
  }

  /// A key is remembered at least this long, in milliseconds.
  public static let keptMilliseconds: Int64 = 24 * 3_600_000

  public let district: String

  public init(district: String) { self.district = district }

  /// Claims `key` for a request. Of two simultaneous claims one waits for the other's transaction to end.
  /// - Parameters:
  ///   - scope: whose keys these are, such as an account and a route; two scopes never meet.
  ///   - bodyHash: tells one request from another.
  ///   - at: the time of the request, in milliseconds since 1970-01-01T00:00:00Z.
  ///   - answer: where it is known beforehand, nothing is left to record.
  public func claim(
    scope: String, key: String, bodyHash: [UInt8], at: Int64, answer: String? = nil, on connection: any Connection
  ) throws -> Claim {
    let inserted = try connection.run(
      """
      INSERT INTO idempotency_keys (district, scope, key, body_hash, at, answer)
      VALUES (\(district), \(scope), \(key), \(bodyHash), \(at), \(answer)) ON CONFLICT DO NOTHING
      """)
    if inserted == 1 { return .new }
    let query: Statement = """
      SELECT body_hash, answer FROM idempotency_keys
      WHERE district = \(district) AND scope = \(scope) AND key = \(key)
      """
    let found = try connection.first(query) { row -> Claim in
      guard row.blob(0) == bodyHash else { return .otherBody }
      return .repeated(answer: row.optionalText(1) ?? "")
    }
    // Swept between the two statements: the next attempt is the first.
    guard let found else { throw DatabaseError.conflict("an idempotency key has just expired") }
    return found
  }

  /// Keeps the answer to a claimed request.
  public func record(answer: String, scope: String, key: String, on connection: any Connection) throws {
    let changed = try connection.run(
      """
      UPDATE idempotency_keys SET answer = \(answer)
      WHERE district = \(district) AND scope = \(scope) AND key = \(key)
      """)
    guard changed == 1 else { throw DatabaseError.failed("an answer to a key that was not claimed") }
  }

  /// Forgets keys older than ``keptMilliseconds``; returns how many.
  public func sweep(at now: Int64, on connection: any Connection) throws -> Int {
    try connection.run(
      "DELETE FROM idempotency_keys WHERE district = \(district) AND at < \(now - Self.keptMilliseconds)")
  }
}
