/// What somebody decides about a scenario that an edition suggests.
public struct ScenarioCommand: Sendable, Hashable {
  public let verdict: ScenarioVerdict
  public let scenario: Scenario
  /// As the edition says it that lies before whoever decides.
  public let evidence: ScenarioEvidence
  public let reason: String
  public let note: String?
  public let actor: Actor

  public init(_ verdict: ScenarioVerdict, _ scenario: Scenario, evidence: ScenarioEvidence, reason: String,
              note: String? = nil, by actor: Actor) {
    self.verdict = verdict
    self.scenario = scenario
    self.evidence = evidence
    self.reason = reason
    self.note = note
    self.actor = actor
  }
}

/// Why a decision is not taken: a case per rule.
public enum ScenarioRejection: Error, Sendable, Hashable {
  case notByRole(Role)
  /// The place lies outside what the actor answers for.
  case elsewhere
  case reasonMissing
  /// Not among those of the verdict.
  case reasonUnknown
  /// The reason is none of those that are offered, and nothing is said instead.
  case wordsMissing
  /// The decision that stands was taken by a later edition.
  case olderEvidence(standing: Int)
}

/// Decides what a command does to a scenario: an event, nothing where it is satisfied, or a rejection. Pure.
///
/// A decision may be revised at any time, each time with a reason; what was decided before stays in the history.
public struct ScenarioDecider: Sendable {
  public static let roles: Set<Role> = [.supervisor, .coordinator]

  /// In force: places move between divisions, never scenarios.
  public let pack: CityPack

  public init(pack: CityPack) { self.pack = pack }

  /// - Parameter state: nil for a scenario that nobody decided about.
  public func decide(_ command: ScenarioCommand, _ state: ScenarioState?) throws(ScenarioRejection) -> [ScenarioEvent] {
    guard Self.roles.contains(command.actor.role) else { throw .notByRole(command.actor.role) }
    guard pack.isPlace(command.scenario.place, within: command.actor.division) else { throw .elsewhere }
    guard !command.reason.isEmpty else { throw .reasonMissing }
    guard command.verdict.reasons.contains(command.reason) else { throw .reasonUnknown }
    if command.reason == "other", command.note == nil { throw .wordsMissing }
    if let standing = state?.standing {
      guard command.evidence.edition >= standing.body.evidence.edition else {
        throw .olderEvidence(standing: standing.body.evidence.edition)
      }
      if Self.isSatisfied(command, standing) { return [] }
    }
    return [ScenarioEvent(command.verdict, .init(
      scenario: command.scenario, evidence: command.evidence, role: command.actor.role, reason: command.reason,
      note: command.note))]
  }

  /// The same said again, without a word more.
  private static func isSatisfied(_ command: ScenarioCommand, _ standing: ScenarioState.Decision) -> Bool {
    let body = standing.body
    return command.verdict == standing.verdict && command.reason == body.reason && command.evidence == body.evidence
      && (command.note == nil || command.note == body.note)
  }
}
