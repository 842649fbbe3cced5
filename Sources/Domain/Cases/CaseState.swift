/// Who holds a case: always exactly one.
public struct Holder: Sendable, Hashable, Codable {
  /// Raw values are storage formats.
  public enum Role: String, Sendable, Hashable, Codable { case desk, agency, squad, coordinator }
  public let role: Role
  /// Code of the agency or squad.
  public let body: String
  public init(_ role: Role, _ body: String) {
    self.role = role
    self.body = body
  }
}

/// A case as its events have left it. Facts are kept as who-and-when, not as truth values.
public struct CaseState: Sendable, Hashable {
  public struct Report: Sendable, Hashable {
    public let facts: ReportFacts
    public let joinedAt: Instant
  }

  public struct Judgement: Sendable, Hashable {
    public let kind: String
    public let jurisdiction: Jurisdiction
    public let severity: Severity
    public let at: Instant
    /// When it was first judged what it is now (police matter or not).
    public let since: Instant
    public let repeats: [String: String]
    public let basis: String
    public let certainty: Double?
  }

  public struct Assignment: Sendable, Hashable {
    public let agency: String
    public let isPolice: Bool
    public let supporting: [String]
    public let isBinding: Bool
    public let at: Instant
    public var due: Due?
    public var signedAt: Instant?
    /// Refused, re-assigned or merged away before it was signed.
    public var voidAt: Instant?
    /// Handed back after it was signed.
    public var endedAt: Instant?
    /// Why it was declined, or given back.
    public var refusal: CaseEvent.Refused?
    public var handBack: CaseEvent.HandedBack?

    public var stands: Bool { voidAt == nil && endedAt == nil }
  }

  /// From the first report, or a reopening, to closure.
  public struct Round: Sendable, Hashable {
    public let from: Instant
    /// What it was reopened for; nil in the first round.
    public var reopening: CaseEvent.Reasoned?
    public var feedback: Due?
    public var closure: Due?
    public var answeredAt: Instant?
    public var answer: CaseEvent.Answered?
    public var silenceAgreesAt: Instant?
    public var confirmedAt: Instant?
    public var stars: Int?
    public var complainedAt: Instant?
    public var complaints: Set<CaseEvent.Noted> = []
    public var closedAt: Instant?
    /// The agency that answered for it when it was closed or reopened.
    public var agency: String?
    /// Reopening or return-flow: its credit is revoked.
    public var takenBackAt: Instant?
    /// Came back to the police, by hand-back or a new report.
    public var returnedAt: Instant?
    /// The first hand-back to the police, and the end of its return window.
    public var handedBack: HandBack?
    /// The end of the return window of a diverted case that was closed.
    public var returnWindowEnd: Instant?
    /// The spans in which its clocks stood still, in order.
    public var pauses: [Pause] = []
  }

  public struct Pause: Sendable, Hashable {
    public let from: Instant
    public let to: Instant
  }

  public struct HandBack: Sendable, Hashable {
    public let at: Instant
    public let windowEnd: Instant
    public let agency: String
  }

  public struct Notice: Sendable, Hashable {
    public let event: CaseEvent.Noticed
    public let at: Instant
    /// Since when what it asked for is owed no longer: done, or asked of nobody any more. Nil while it stands.
    public internal(set) var settledAt: Instant?
    /// The first word after it that what was wrong has been put right.
    public internal(set) var rectifiedAt: Instant?

    public init(event: CaseEvent.Noticed, at: Instant) {
      self.event = event
      self.at = at
    }
  }

  public struct Issued: Sendable, Hashable {
    public let document: CaseEvent.Document
    public let sort: DocumentRules.Sort
    /// Of the event that it went out with.
    public let version: Int
    public let at: Instant
    /// The body that it was sent to.
    public let agency: String
  }

  public let id: String
  public let pack: String
  /// Number of events folded.
  public internal(set) var version = 1
  public internal(set) var lastAt: Instant
  public internal(set) var phase = Phase.desk
  /// The first clock: since when it has been in this phase. The second runs from the first report to closure.
  public internal(set) var phaseSince: Instant
  public internal(set) var holder: Holder
  /// The desk that took it in, which answers for it until an agency signs and after a hand-back.
  public internal(set) var desk: String
  public internal(set) var reports: [Report]
  public internal(set) var judgement: Judgement?
  public internal(set) var assignments: [Assignment] = []
  public internal(set) var refusals = 0
  public internal(set) var squad: String?
  /// The squad that was there, after its outcome.
  public internal(set) var lastSquad: String?
  public internal(set) var arrive: Due?
  public internal(set) var arrivedAt: Instant?
  public internal(set) var conclusion: CaseEvent.Concluded?
  public internal(set) var rounds: [Round]
  public internal(set) var notices: [Notice] = []
  /// The documents that went out, in order.
  public internal(set) var documents: [Issued] = []
  public internal(set) var rectifiedAt: Instant?
  public internal(set) var rectification: CaseEvent.Noted?
  /// References of what was added to it.
  public internal(set) var notes: Set<String> = []
  public internal(set) var pausedAt: Instant?
  public internal(set) var pause: CaseEvent.Reasoned?
  public internal(set) var wasPaused = false
  /// Reports that left it again.
  public internal(set) var partedReports: Set<String> = []
  /// The reports that marked a closure as returned.
  public internal(set) var returnedBy: Set<String> = []
  public internal(set) var mergedInto: String?
  public internal(set) var unmergedAt: Instant?
  public internal(set) var signedByOtherThanPoliceAt: Instant?
  /// When it was taken over from the past, ended; nil for a case that is handled here.
  public internal(set) var recordedAt: Instant?

  /// The squad that has something to do: on its way, there, or back and owing the reporter an answer.
  public var squadAtWork: String? { squad ?? (phase == .resolved ? lastSquad : nil) }
  public var firstReport: ReportFacts { reports[0].facts }
  public var firstReportAt: Instant { rounds[0].from }
  public var outcome: Outcome? { conclusion?.outcome }
  /// See ``CaseEvent/Concluded/loss``.
  public var loss: Int? { conclusion?.loss }
  public var round: Round { rounds[rounds.count - 1] }
  /// The assignment that stands, signed or not.
  public var assignment: Assignment? { assignments.last.flatMap { $0.stands ? $0 : nil } }
  /// The responsible agency: the one that signed last.
  public var agency: String? { assignments.last { $0.signedAt != nil && $0.endedAt == nil }?.agency }
  public var closedAt: Instant? { phase == .closed ? round.closedAt : nil }
  public var dangers: Set<String> { Set(reports.flatMap(\.facts.dangers)) }
  /// A report by a police door that another body has taken on and has not given back.
  public var isDiverted: Bool {
    guard let assignment, assignment.signedAt != nil, !assignment.isPolice else { return false }
    return judgement?.jurisdiction == .nonPolice && reports.contains { $0.facts.isPoliceDoor }
  }

  /// The deadlines whose clocks run, or would run if the case were not paused.
  public var openDues: [Due] {
    guard !phase.isEnded else { return [] }
    var dues: [Due] = []
    if phase == .assigned, let due = assignment?.due { dues.append(due) }
    if phase == .dispatched || phase == .accepted || phase == .underway, let due = arrive { dues.append(due) }
    if round.answeredAt == nil, let due = round.feedback { dues.append(due) }
    if let due = round.closure { dues.append(due) }
    return dues
  }

  /// Whether what a notice asked for is still owed.
  func owes(_ notice: CaseEvent.Noticed) -> Bool {
    openDues.contains { $0.step == notice.step && $0.from == notice.from }
  }

  /// The rung of a running deadline that comes next: 0 before any notice.
  public func nextRung(_ due: Due) -> Int {
    notices.reduce(0) { $1.event.step == due.step && $1.event.from == due.from ? max($0, $1.event.rung + 1) : $0 }
  }
}
