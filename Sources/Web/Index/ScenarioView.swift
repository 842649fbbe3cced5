import Domain
import Features

/// A scenario with its evidence, and what stands decided about it.
struct ScenarioView: Encodable, Sendable {
  let id: String
  let kind: String
  let place: String
  let from: Int
  let to: Int
  let evidence: ScenarioEvidence
  /// Nil where nobody has decided.
  let standing: ScenarioDecisionView?

  init(_ scenario: Scenario, evidence: ScenarioEvidence, _ line: ListScenarios.Line?) {
    self.evidence = evidence
    id = scenario.id
    kind = scenario.kind
    place = scenario.place
    from = scenario.from
    to = scenario.to
    standing = line.map { ScenarioDecisionView($0) }
  }

  static let fields: [Schema.Field] = [
    .required("id", .identifier), .required("kind", .string()), .required("place", .string()),
    .required("from", .integer(0...23)), .required("to", .integer(0...23)),
  ]

  static let schema = Schema.object(fields + [
    .required("evidence", evidenceSchema), .optional("standing", ScenarioDecisionView.schema),
  ]).named("Scenario")

  static let evidenceSchema = Schema.object([
    .required("edition", .integer()), .required("firstDay", .day), .required("lastDay", .day),
    .required("atLeast", .integer()), .required("share", .number()), .required("shareElsewhere", .number()),
  ]).named("ScenarioEvidence")
}

struct ScenarioDecisionView: Encodable, Sendable {
  let verdict: ScenarioVerdict
  let role: Role
  private(set) var actor: String?
  let reason: String
  /// Where what was written lies, if anything was.
  private(set) var words: String?
  let at: Timestamp
  let evidence: ScenarioEvidence

  init(_ line: ListScenarios.Line) {
    verdict = line.verdict
    role = line.role
    reason = line.reason
    at = line.at.timestamp
    evidence = line.evidence
  }

  init(_ decision: ScenarioState.Decision) {
    verdict = decision.verdict
    role = decision.body.role
    actor = decision.actor
    reason = decision.body.reason
    words = decision.body.note
    at = decision.at.timestamp
    evidence = decision.body.evidence
  }

  static let schema = Schema.object([
    .required("verdict", .words(ScenarioVerdict.self)), .required("role", .words(Role.self)),
    .optional("actor", .string()), .required("reason", .string()), .optional("words", .string()),
    .required("at", .instant), .required("evidence", ScenarioView.evidenceSchema),
  ]).named("ScenarioDecision")
}

/// A scenario with all decisions about it, the first one first; the last one stands.
struct ScenarioHistoryView: Encodable, Sendable {
  let id: String
  let kind: String
  let place: String
  let from: Int
  let to: Int
  let decisions: [ScenarioDecisionView]

  init(_ state: ScenarioState) {
    let scenario = state.scenario
    id = scenario.id
    kind = scenario.kind
    place = scenario.place
    from = scenario.from
    to = scenario.to
    decisions = state.decisions.map { ScenarioDecisionView($0) }
  }

  static let schema = Schema.object(ScenarioView.fields + [
    .required("decisions", .list(ScenarioDecisionView.schema))
  ]).named("ScenarioHistory")
}
