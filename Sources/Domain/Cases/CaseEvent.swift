// What happened to a case. Names and fields are storage formats: they are hashed into the journal as they stand.
// Optional fields may be added; nothing is ever renamed or removed.

/// One report as the journal keeps it: no words of the reporter, no name, no number, no point closer than a block.
public struct ReportFacts: Sendable, Hashable, Codable {
  public let id: String
  /// 110, 12345, plate, app, grid, device, partner, import: the pack's list.
  public let door: String
  public let isPoliceDoor: Bool
  /// The kind as the reporter or the door named it; what counts is the judgement.
  public let kind: String?
  public let place: String?
  public let division: String
  /// Rounded to the block before it came here; nil where only the place or the division is known.
  public let point: Coordinate?
  /// When it was said; when it reached us.
  public let saidAt: Instant
  public let receivedAt: Instant
  /// Reference of what was said, and by whom, in the vault; nil for a device.
  public let vault: String?
  /// Codes of the danger cues found in the text.
  public let dangers: [String]

  public init(id: String, door: String, isPoliceDoor: Bool, kind: String?, place: String?, division: String,
              point: Coordinate?, saidAt: Instant, receivedAt: Instant, vault: String?, dangers: [String]) {
    self.id = id
    self.door = door
    self.isPoliceDoor = isPoliceDoor
    self.kind = kind
    self.place = place
    self.division = division
    self.point = point
    self.saidAt = saidAt
    self.receivedAt = receivedAt
    self.vault = vault
    self.dangers = dangers
  }
}

/// A deadline with the instants at which the ladder of oversight climbs, all reckoned when its clock started.
public struct Due: Sendable, Hashable, Codable {
  public let step: DeadlineStep
  public let from: Instant
  public let at: Instant
  public let clock: Allowance.Clock
  public let rungs: [Instant]

  public init(step: DeadlineStep, from: Instant, at: Instant, clock: Allowance.Clock, rungs: [Instant]) {
    self.step = step
    self.from = from
    self.at = at
    self.clock = clock
    self.rungs = rungs
  }
}

/// What was done. Raw values are storage formats.
public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
  case mediated
  case mediationFailed = "mediation-failed"
  case handled, referred, unfounded
  case notFound = "not-found"
  case withdrawn
}

public enum CaseEvent: Sendable, Hashable {
  public struct Opened: Sendable, Hashable, Codable {
    public let report: ReportFacts
    /// The desk's agency: the first holder.
    public let desk: String
    public let pack: String
    /// Feedback and closure, so that a report nobody judges is late too. Empty for recorded history.
    public let dues: [Due]
  }
  public struct Judged: Sendable, Hashable, Codable {
    public let kind: String
    public let jurisdiction: Jurisdiction
    public let severity: Severity
    /// `person`, or the rule that suggested it.
    public let basis: String
    /// 0 … 1; nil for a person.
    public let certainty: Double?
    /// By report: an earlier report of the same kind at the same place within the pack's window.
    public let repeats: [String: String]
    /// Feedback and closure. Empty for what is only recorded (imported history).
    public let dues: [Due]
  }
  public struct Assigned: Sendable, Hashable, Codable {
    public let agency: String
    public let isPolice: Bool
    public let supporting: [String]
    /// The line of the responsibility table, `person`, or the joint order's number.
    public let basis: String
    public let due: Due?
  }
  public struct Refused: Sendable, Hashable, Codable {
    public let agency: String
    /// The pack's word for it: `not-ours`, `wrong-area` …
    public let reason: String
    public let note: String?
    /// The coordinator's agency, at the second refusal.
    public let coordinator: String?
  }
  public struct Dispatched: Sendable, Hashable, Codable {
    public let squad: String
    /// Why it was proposed: `on-shift`, `free`, `nearest`, `skill:mediator`; or `person`.
    public let reasons: [String]
    public let due: Due?
  }
  public struct Concluded: Sendable, Hashable, Codable {
    public let outcome: Outcome
    public let note: String?
  }
  public struct Answered: Sendable, Hashable, Codable {
    /// `phone`, `message`, `visit`, `platform`.
    public let channel: String
    public let note: String?
    /// When silence counts as agreement and the case may be closed without a confirmation.
    public let silenceAgreesAt: Instant
  }
  public struct Reasoned: Sendable, Hashable, Codable {
    public let reason: String
    public let note: String?
    /// Where new clocks start (reopened, resumed).
    public let dues: [Due]

    /// The reason of a pause's end that nobody gave one for.
    public static let workWentOn = "work-went-on"
  }
  public struct Rated: Sendable, Hashable, Codable {
    /// 1 … 5.
    public let stars: Int
  }
  /// Words that somebody added, in the vault.
  public struct Noted: Sendable, Hashable, Codable {
    public let note: String?
  }
  public struct Closed: Sendable, Hashable, Codable {
    /// Until when a new report of the same kind at the same place revokes this closure; nil for recorded history.
    public let returnWindowEnd: Instant?
  }
  public struct HandedBack: Sendable, Hashable, Codable {
    public let reason: String
    public let note: String?
    /// The desk that takes it back.
    public let desk: String
    public let isToPolice: Bool
    public let returnWindowEnd: Instant
  }
  public struct Parted: Sendable, Hashable, Codable {
    public let report: String
  }
  public struct Merged: Sendable, Hashable, Codable {
    public let into: String
  }
  public struct Returned: Sendable, Hashable, Codable {
    /// The new report and its case.
    public let report: String
    public let `case`: String
    public let isPoliceDoor: Bool

    public init(report: String, case id: String, isPoliceDoor: Bool) {
      self.report = report
      self.case = id
      self.isPoliceDoor = isPoliceDoor
    }
  }
  public struct Noticed: Sendable, Hashable, Codable {
    public let notice: DeadlineTable.Rung.Notice
    public let step: DeadlineStep
    /// Start and end of the deadline that was missed, or is about to be.
    public let from: Instant
    public let due: Instant
    public let rung: Int
    /// `agency`, `overseer`, `supervisor`, `coordinator`, and whose inbox that is here.
    public let addressee: String
    public let agency: String
  }

  case opened(Opened)
  case judged(Judged)
  case assigned(Assigned)
  case jointlyOrdered(Assigned)
  case signed
  case refused(Refused)
  case dispatched(Dispatched)
  case squadSigned
  case setOut
  case arrived
  case concluded(Concluded)
  case answered(Answered)
  case confirmed
  case rated(Rated)
  case complained(Noted)
  case closed(Closed)
  case reopened(Reasoned)
  case handedBack(HandedBack)
  case returned(Returned)
  case joined(ReportFacts)
  case parted(Parted)
  case merged(Merged)
  case unmerged
  case paused(Reasoned)
  case resumed(Reasoned)
  case noticed(Noticed)
  case rectified(Noted)

  public var step: Step {
    switch self {
    case .opened: .opened
    case .judged: .judged
    case .assigned: .assigned
    case .jointlyOrdered: .jointlyOrdered
    case .signed: .signed
    case .refused: .refused
    case .dispatched: .dispatched
    case .squadSigned: .squadSigned
    case .setOut: .setOut
    case .arrived: .arrived
    case .concluded: .concluded
    case .answered: .answered
    case .confirmed: .confirmed
    case .rated: .rated
    case .complained: .complained
    case .closed: .closed
    case .reopened: .reopened
    case .handedBack: .handedBack
    case .returned: .returned
    case .joined: .joined
    case .parted: .parted
    case .merged: .merged
    case .unmerged: .unmerged
    case .paused: .paused
    case .resumed: .resumed
    case .noticed: .noticed
    case .rectified: .rectified
    }
  }
}
