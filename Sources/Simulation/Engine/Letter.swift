import Domain
import Features

/// One request of somebody to the program, sent until it is answered.
struct Letter: Sendable {
  enum Content: Sendable {
    case report(IncomingReport)
    case step(HandleCase.Request)
    case merge(into: String)
    case unmerge
    /// A look at the case: changes nothing.
    case look
  }

  enum Answer: Sendable {
    case receipt(Receipt)
    case summary(CaseAnswer)
    /// The program's no, with its reason.
    case refused
    /// Others have to do it: whoever asked may never.
    case othersDo
    /// The program could not do it now: try again.
    case unavailable
  }

  let content: Content
  let actor: Actor
  /// Number of the file it is about; for a report, of the one it will found.
  let file: Int
  /// The case's id, empty for a report.
  let caseID: String
  let intent: Intent
  var attempts = 0
  var receipt: Receipt?
  var isAnswered = false
}

/// What somebody means to do with a case when the time comes.
enum Intent: Sendable {
  case report, look, meddle
  case judge, assign, merge, mergeWrongly, unmerge, orderJointly
  case sign, refuse, handBack, pause, resume, dispatch, concludeInOffice, rectify
  case squadSign, setOut, arrive, note, conclude
  case answer, closeAfterCall, confirm, rate, complain, reopen
}

/// What the simulated people know of a case.
struct CaseFile {
  /// The kind that it really is of; the desk may take it for another.
  let truth: Int
  let place: Place?
  /// Outside, near the place: the report named this point alone.
  let street: Coordinate?
  /// The file of the same thing that somebody else reported before.
  let sameAs: Int?
  var id = ""
  var report = ""
  var phase = Phase.desk
  var kind: String?
  var agency: String?
  var squad: String?
  var division = ""
  var severity = Severity.ordinary
  var isDangerous = false
  var dueAt: Instant?
  var mergedInto: String?
  /// For how many refused attempts in a row somebody has looked again.
  var looks = 0
  var isPaused = false
  var wasReopened = false
  var wasRated = false
  var hasComplained = false
  var wasRejudged = false
  var wasPaused = false
  var isRectified = false
  var hasRecurred = false

  /// Where squads go.
  var point: Coordinate? { street ?? place?.centre }

  init(truth: Int, place: Place?, street: Coordinate?, sameAs: Int?) {
    self.truth = truth
    self.place = place
    self.street = street
    self.sameAs = sameAs
  }

  mutating func take(_ summary: CaseAnswer) {
    phase = summary.phase
    kind = summary.kind
    agency = summary.agency
    squad = summary.squad
    division = summary.division
    severity = summary.severity
    isDangerous = summary.isDangerous
    // A closed case has nothing due; how late it was is what people remember.
    dueAt = summary.dueAt ?? dueAt
    mergedInto = summary.mergedInto
    isPaused = summary.isPaused
  }
}
