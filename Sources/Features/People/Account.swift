import Domain
import SQL

/// An account as those who look after it see it.
public struct Account: Sendable, Hashable {
  public let id: String
  public let name: String
  public let post: Post
  public let createdAt: Instant
  public let signedInAt: Instant?
  public let disabledAt: Instant?

  static let columns: Statement = "id, name, role, division, agency, squad, created_at, signed_in_at, disabled_at"

  /// A row of ``columns``; nil for a role of a newer program.
  init?(row: any Row) {
    guard let post = Post(row, from: 2) else { return nil }
    id = row.text(0)
    name = row.text(1)
    self.post = post
    createdAt = Instant(milliseconds: row.integer(6))
    signedInAt = row.optionalInteger(7).map(Instant.init(milliseconds:))
    disabledAt = row.optionalInteger(8).map(Instant.init(milliseconds:))
  }
}

/// Why an account was not founded or changed.
public enum AccountFault: Error, Sendable, Hashable {
  case nameUnusable
  case nameTaken
  case unknownAccount
  /// Not an administrator, or not of that division.
  case notAllowed
  /// Somebody else has to.
  case notYourself
  /// The password given as the present one is wrong.
  case passwordWrong
}

/// Why nobody was let in. The caller learns nothing about which names exist.
public enum SignInFault: Error, Sendable, Hashable {
  case wrong
  /// Too many wrong attempts; the next is looked at after this.
  case tooSoon(retryAfter: Span)
  /// The password was right, but the account is out of use.
  case disabled
  /// More people sign in than the machine can follow; try again in a moment.
  case busy
}

/// A post as it stands in the journal. Names and fields are storage formats.
struct PostEvent: Encodable {
  let role: Role
  let division: String
  let agency: String?
  let squad: String?

  init(_ post: Post) {
    role = post.role
    division = post.division
    agency = post.agency
    squad = post.squad
  }
}
