import Domain
import Features

/// A case as lists, answers and the live feed write it.
struct CaseView: Encodable, Sendable {
  struct HolderView: Encodable, Sendable {
    let role: String
    let body: String
  }

  let id: String
  let version: Int
  let phase: Phase
  let phaseSince: Timestamp
  let holder: HolderView
  let kind: String?
  let jurisdiction: Jurisdiction?
  let severity: Severity
  let agency: String?
  let squad: String?
  let door: String
  let division: String
  let place: String?
  let point: Coordinate?
  let reports: Int
  let isDangerous: Bool
  let outcome: Outcome?
  let openedAt: Timestamp
  let dueAt: Timestamp?
  let closedAt: Timestamp?
  let pausedAt: Timestamp?
  let mergedInto: String?

  init(_ summary: CaseSummary) {
    id = summary.id
    version = summary.version
    phase = summary.phase
    phaseSince = summary.phaseSince.timestamp
    holder = HolderView(role: summary.holder.role.rawValue, body: summary.holder.body)
    kind = summary.kind
    jurisdiction = summary.jurisdiction
    severity = summary.severity
    agency = summary.agency
    squad = summary.squad
    door = summary.door
    division = summary.division
    place = summary.place
    point = summary.point
    reports = summary.reports
    isDangerous = summary.isDangerous
    outcome = summary.outcome
    openedAt = summary.openedAt.timestamp
    dueAt = summary.dueAt?.timestamp
    closedAt = summary.closedAt?.timestamp
    pausedAt = summary.pausedAt?.timestamp
    mergedInto = summary.mergedInto
  }

  static let schema = Schema.object([
    .required("id", .identifier), .required("version", .integer()), .required("phase", .words(Phase.self)),
    .required("phaseSince", .instant),
    .required("holder", .object([
      .required("role", .words(["desk", "agency", "squad", "coordinator"])), .required("body", .string()),
    ])),
    .optional("kind", .string()), .optional("jurisdiction", .words(Jurisdiction.self)),
    .required("severity", .words(Severity.self)), .optional("agency", .string()), .optional("squad", .string()),
    .required("door", .string()), .required("division", .string()), .optional("place", .string()),
    .optional("point", .point), .required("reports", .integer()), .required("isDangerous", .boolean),
    .optional("outcome", .words(Outcome.self)), .required("openedAt", .instant), .optional("dueAt", .instant),
    .optional("closedAt", .instant), .optional("pausedAt", .instant), .optional("mergedInto", .identifier),
  ]).named("Case")
}
