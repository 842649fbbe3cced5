import Domain
import SQL

/// A token as those who look after it see it: everything but the token itself.
public struct Token: Sendable, Hashable {
  public let id: String
  public let name: String
  public let post: Post
  public let createdAt: Instant
  public let expires: Instant?
  /// See ``Tokens/usedPrecision``.
  public let usedAt: Instant?
  public let revokedAt: Instant?

  static let columns: Statement =
    "id, name, role, division, agency, squad, created_at, expires_at, used_at, revoked_at"

  /// A row of ``columns``; nil for a role of a newer program.
  init?(row: any Row) {
    func instant(_ column: Int) -> Instant? { row.optionalInteger(column).map(Instant.init(milliseconds:)) }
    guard let post = Post(row, from: 2) else { return nil }
    id = row.text(0)
    name = row.text(1)
    self.post = post
    createdAt = Instant(milliseconds: row.integer(6))
    expires = instant(7)
    usedAt = instant(8)
    revokedAt = instant(9)
  }
}

/// Why a token was not made or revoked.
public enum TokenFault: Error, Sendable, Hashable {
  case nameUnusable
  /// Not an administrator, or not of that division.
  case notAllowed
  case scopesMissing
  case scopesBeyondRole(Set<Scope>)
  case expiryPast
  case unknownToken
}
