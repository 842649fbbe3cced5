import Domain

/// What a caller may do at all; which cases it may do it to is ``CaseScope``'s matter. Raw values are storage formats
/// and stand in the API.
public enum Scope: String, Sendable, Hashable, CaseIterable {
  /// Hand reports in; follow what becomes of one's own.
  case reportsWrite = "reports:write"
  case reportsRead = "reports:read"
  case casesRead = "cases:read"
  case casesWrite = "cases:write"
  case ratesRead = "rates:read"
  /// Read what reporters said, and who they are; every look is journalled.
  case vaultRead = "vault:read"
  case feedRead = "feed:read"
  /// Look at the wall of a control room, which shows nothing of persons: what a token for a wall is narrowed to.
  case wallRead = "wall:read"
  /// Accounts, tokens, settings, erasure. Gives no access to the vault.
  case admin

  /// What a role has. A token may be narrowed to less, never widened.
  ///
  /// The vault is for those who handle the case in person. Supervisors and analysts judge bodies by figures and steps,
  /// and administrators look after accounts: none of them needs a reporter's name.
  public static func of(_ role: Role) -> Set<Scope> {
    switch role {
    case .operator, .dispatcher:
      [.reportsWrite, .reportsRead, .casesRead, .casesWrite, .ratesRead, .vaultRead, .feedRead, .wallRead]
    case .coordinator, .agency: [.reportsRead, .casesRead, .casesWrite, .ratesRead, .vaultRead, .feedRead, .wallRead]
    case .squadMember: [.reportsRead, .casesRead, .casesWrite, .vaultRead, .feedRead]
    case .supervisor: [.reportsRead, .casesRead, .casesWrite, .ratesRead, .feedRead, .wallRead]
    case .analyst: [.casesRead, .ratesRead, .feedRead, .wallRead]
    case .administrator: [.casesRead, .ratesRead, .feedRead, .wallRead, .admin]
    case .reporter: [.reportsWrite, .reportsRead, .casesRead, .casesWrite]
    case .system: Set(Scope.allCases)
    }
  }
}
