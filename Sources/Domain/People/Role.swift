/// What a person or program may do. Raw values are storage formats.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
  case `operator`
  case dispatcher
  case coordinator
  case agency
  case squadMember = "squad-member"
  case supervisor
  case analyst
  case administrator
  /// Somebody who reported, through a receipt; never an account.
  case reporter
  /// The scheduler and other work that nobody presses a button for.
  case system
}

/// Who does something, as a value inside the command.
public struct Actor: Sendable, Hashable {
  /// `account:…`, `token:…`, `reporter:…` or `system:…`; stands in the journal, so never a name.
  public let id: String
  public let role: Role
  /// The division whose cases it may touch, with all below.
  public let division: String
  /// The agency it acts for; required for ``Role/agency`` and ``Role/squadMember``.
  public let agency: String?
  public let squad: String?

  public init(id: String, role: Role, division: String, agency: String? = nil, squad: String? = nil) {
    self.id = id
    self.role = role
    self.division = division
    self.agency = agency
    self.squad = squad
  }
}
