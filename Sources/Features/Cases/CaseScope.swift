import Domain
import SQL

/// Which cases somebody may see and touch: those of their division and below; for an agency those it was ever asked
/// for; for a squad those it was sent to; for a reporter their own.
public struct CaseScope: Sendable, Hashable {
  public let actor: Actor

  public init(_ actor: Actor) { self.actor = actor }

  public func includes(_ state: CaseState) -> Bool {
    switch actor.role {
    case .system: return true
    case .reporter: return state.reports.contains { "reporter:" + $0.facts.id == actor.id }
    case .squadMember: return actor.squad != nil && (state.squad ?? state.lastSquad) == actor.squad
    case .agency:
      guard let agency = actor.agency else { return false }
      return state.assignments.contains { $0.agency == agency || $0.supporting.contains(agency) }
    default: return state.firstReport.division.hasPrefix(actor.division)
    }
  }

  /// The same as a condition on a row of `cases` named `c`.
  /// NB: an agency is matched by the assignment that stands; the detail of a case is held against ``includes(_:)``.
  func condition() -> Statement {
    switch actor.role {
    case .system: return "1 = 1"
    case .reporter: return "1 = 0"
    case .squadMember: return "c.squad = \(actor.squad ?? "")"
    case .agency: return "c.agency = \(actor.agency ?? "")"
    default: return .within("c.division", actor.division)
    }
  }
}
