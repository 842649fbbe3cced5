import Domain
import SQL

/// Where somebody stands: a role, within a division, for an agency and a squad where the role needs them.
public struct Post: Sendable, Hashable {
  public let role: Role
  public let division: String
  public let agency: String?
  public let squad: String?

  /// Held against the pack.
  /// - Parameters:
  ///   - division: nil for the agency's own, or else the whole district.
  ///   - agency: required for ``Domain/Role/agency``; a squad's member has that of the squad.
  public init(role: Role, division: String? = nil, agency: String? = nil, squad: String? = nil, pack: CityPack)
    throws(PostFault)
  {
    guard role != .reporter, role != .system else { throw .roleHasNoAccounts(role) }
    let plan = try squad.map { code throws(PostFault) -> SquadPlan in
      guard role == .squadMember else { throw .squadNotForRole(role) }
      guard let plan = pack.squad(code) else { throw .unknownSquad(code) }
      return plan
    }
    if role == .squadMember, plan == nil { throw .squadMissing }
    if let plan, let agency, plan.agency != agency { throw .squadOfOtherAgency }
    let body = try (plan?.agency ?? agency).map { code throws(PostFault) -> Agency in
      guard let body = pack.agency(code) else { throw .unknownAgency(code) }
      return body
    }
    if role == .agency, body == nil { throw .agencyMissing }
    let area = division ?? plan?.division ?? body?.division ?? pack.district
    guard pack.division(area) != nil else { throw .unknownDivision(area) }
    self.init(role: role, division: area, agency: body?.code, squad: plan?.code)
  }

  /// From a row of `role, division, agency, squad`, beginning at column `first`; nil for a role of a newer program.
  init?(_ row: any Row, from first: Int) {
    guard let role = Role(rawValue: row.text(first)) else { return nil }
    self.init(
      role: role, division: row.text(first + 1), agency: row.optionalText(first + 2),
      squad: row.optionalText(first + 3))
  }

  private init(role: Role, division: String, agency: String?, squad: String?) {
    self.role = role
    self.division = division
    self.agency = agency
    self.squad = squad
  }

  func actor(_ id: String) -> Actor {
    Actor(id: id, role: role, division: division, agency: agency, squad: squad)
  }

  /// Whether `actor` may give and take such posts: an administrator within its division, or the program itself.
  func isGiven(by actor: Actor) -> Bool {
    switch actor.role {
    case .system: true
    case .administrator: division.hasPrefix(actor.division)
    default: false
    }
  }
}

/// Why a post cannot be: a case per rule.
public enum PostFault: Error, Sendable, Hashable {
  /// Reporters and the program itself have no accounts and no tokens.
  case roleHasNoAccounts(Role)
  case unknownDivision(String)
  case agencyMissing
  case unknownAgency(String)
  case squadMissing
  case unknownSquad(String)
  case squadNotForRole(Role)
  case squadOfOtherAgency
}
