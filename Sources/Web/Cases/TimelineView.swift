import Domain
import Features

/// One event of a case. Which members it has depends on the step.
struct TimelineView: Encodable, Sendable {
  let version: Int
  let at: Timestamp
  /// A reference, never a name.
  let actor: String
  let step: Step
  private(set) var kind: String?
  private(set) var jurisdiction: Jurisdiction?
  private(set) var severity: Severity?
  /// The rule, or `person`.
  private(set) var basis: String?
  private(set) var certainty: Double?
  private(set) var agency: String?
  private(set) var supporting: [String]?
  private(set) var squad: String?
  private(set) var reasons: [String]?
  private(set) var reason: String?
  private(set) var outcome: Outcome?
  /// In yuan, rounded to two significant digits.
  private(set) var loss: Int?
  private(set) var channel: String?
  private(set) var stars: Int?
  private(set) var report: String?
  private(set) var `case`: String?
  private(set) var notice: DeadlineTable.Rung.Notice?
  private(set) var deadline: DeadlineStep?
  private(set) var addressee: String?
  private(set) var dueAt: Timestamp?
  /// The number of the document that went out with it.
  private(set) var document: String?
  /// Words belong to it; they are in the vault.
  private(set) var words: String?
  /// When it was done, by our clock, where a phone told it later; and how far that phone's clock was ahead.
  let doneAt: Timestamp?
  let clockAheadMilliseconds: Int64?

  init(_ entry: ShowCase.Entry) {
    version = entry.version
    at = entry.at.timestamp
    actor = entry.actor
    step = entry.event.step
    doneAt = entry.event.own?.corrected.timestamp
    clockAheadMilliseconds = entry.event.own?.aheadMilliseconds
    document = entry.event.document?.text
    add(entry.event)
  }

  private mutating func add(_ event: CaseEvent) {
    switch event {
    case .opened(let body): add(report: body.report)
    case .joined(let facts): add(report: facts)
    case .judged(let body):
      kind = body.kind
      jurisdiction = body.jurisdiction
      severity = body.severity
      basis = body.basis
      certainty = body.certainty
    case .assigned(let body), .jointlyOrdered(let body):
      agency = body.agency
      supporting = body.supporting.isEmpty ? nil : body.supporting
      basis = body.basis
      dueAt = body.due?.at.timestamp
    case .dispatched(let body):
      squad = body.squad
      reasons = body.reasons
      dueAt = body.due?.at.timestamp
    case .noticed(let body):
      notice = body.notice
      deadline = body.step
      addressee = body.addressee
      agency = body.agency
      dueAt = body.due.timestamp
    case .returned(let body):
      report = body.report
      self.case = body.case
    case .parted(let body): report = body.report
    case .merged(let body): self.case = body.into
    default: addAnswer(event)
    }
  }

  private mutating func addAnswer(_ event: CaseEvent) {
    switch event {
    case .refused(let body):
      agency = body.agency
      add(reason: body.reason, body.note)
    case .concluded(let body):
      outcome = body.outcome
      loss = body.loss
      words = body.note
    case .answered(let body):
      channel = body.channel
      words = body.note
    case .rated(let body): stars = body.stars
    case .complained(let body), .rectified(let body), .noted(let body): words = body.note
    case .reopened(let body), .paused(let body), .resumed(let body): add(reason: body.reason, body.note)
    case .handedBack(let body):
      agency = body.desk
      add(reason: body.reason, body.note)
    default: break
    }
  }

  private mutating func add(report facts: ReportFacts) {
    report = facts.id
    kind = facts.kind
    words = facts.vault
  }

  private mutating func add(reason: String, _ note: String?) {
    self.reason = reason
    words = note
  }

  static let schema = Schema.object([
    .required("version", .integer()), .required("at", .instant), .required("actor", .string()),
    .required("step", .words(Step.self)), .optional("kind", .string()),
    .optional("jurisdiction", .words(Jurisdiction.self)), .optional("severity", .words(Severity.self)),
    .optional("basis", .string()), .optional("certainty", .number(0...1)), .optional("agency", .string()),
    .optional("supporting", .list(.string())), .optional("squad", .string()),
    .optional("reasons", .list(.string())), .optional("reason", .string()),
    .optional("outcome", .words(Outcome.self)), .optional("loss", .integer(0...Loss.yuanMost)),
    .optional("channel", .string()),
    .optional("stars", .integer(1...5)), .optional("report", .identifier), .optional("case", .identifier),
    .optional("notice", .words(DeadlineTable.Rung.Notice.self)), .optional("deadline", .words(DeadlineStep.self)),
    .optional("addressee", .string()), .optional("dueAt", .instant), .optional("document", .string()),
    .optional("words", .string()), .optional("doneAt", .instant), .optional("clockAheadMilliseconds", .integer()),
  ]).named("Event")
}
