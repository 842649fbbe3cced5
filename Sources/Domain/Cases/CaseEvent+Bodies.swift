// What events say. Names and fields are storage formats: they are hashed into the journal as they stand.
// Optional fields may be added; nothing is ever renamed or removed.

extension CaseEvent {
  public struct Opened: Sendable, Hashable, Codable {
    public let report: ReportFacts
    /// The desk's agency: the first holder.
    public let desk: String
    public let pack: String
    /// Feedback and closure, so that a report nobody judges is late too. Empty for recorded history.
    public let dues: [Due]
    /// Stands only in what was taken over from the past: such a case ends with this event.
    public let history: History?

    public init(report: ReportFacts, desk: String, pack: String, dues: [Due], history: History? = nil) {
      self.report = report
      self.desk = desk
      self.pack = pack
      self.dues = dues
      self.history = history
    }
  }

  /// What is known of a case that was ended before it came here.
  public struct History: Sendable, Hashable, Codable {
    public struct Judgement: Sendable, Hashable, Codable {
      public let kind: String
      public let jurisdiction: Jurisdiction
      public let severity: Severity

      public init(kind: String, jurisdiction: Jurisdiction, severity: Severity) {
        self.kind = kind
        self.jurisdiction = jurisdiction
        self.severity = severity
      }
    }

    public let judgement: Judgement?

    public init(judgement: Judgement?) { self.judgement = judgement }
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
    /// Feedback and closure.
    public let dues: [Due]

    public init(kind: String, jurisdiction: Jurisdiction, severity: Severity, basis: String, certainty: Double?,
                repeats: [String: String], dues: [Due]) {
      self.kind = kind
      self.jurisdiction = jurisdiction
      self.severity = severity
      self.basis = basis
      self.certainty = certainty
      self.repeats = repeats
      self.dues = dues
    }
  }

  /// The number of a document that went out with an event: counted from 1 for each sort and year of the city's calendar,
  /// and as it stands on the paper.
  public struct Document: Sendable, Hashable, Codable {
    public let year: Int
    public let number: Int
    public let text: String

    public init(year: Int, number: Int, text: String) {
      self.year = year
      self.number = number
      self.text = text
    }
  }

  public struct Assigned: Sendable, Hashable, Codable {
    public let agency: String
    public let isPolice: Bool
    public let supporting: [String]
    /// The line of the responsibility table, `person`, or the joint order's number.
    public let basis: String
    public let due: Due?
    /// Of a joint order.
    public var document: Document?

    public init(agency: String, isPolice: Bool, supporting: [String], basis: String, due: Due?,
                document: Document? = nil) {
      self.document = document
      self.agency = agency
      self.isPolice = isPolice
      self.supporting = supporting
      self.basis = basis
      self.due = due
    }
  }

  public struct Refused: Sendable, Hashable, Codable {
    public let agency: String
    /// The pack's word for it: `not-ours`, `wrong-area` …
    public let reason: String
    public let note: String?
    /// The coordinator's agency, at the second refusal.
    public let coordinator: String?

    public init(agency: String, reason: String, note: String?, coordinator: String?) {
      self.agency = agency
      self.reason = reason
      self.note = note
      self.coordinator = coordinator
    }
  }

  public struct Dispatched: Sendable, Hashable, Codable {
    public let squad: String
    /// Why it was proposed: `on-shift`, `free`, `nearest`, `skill:mediator`; or `person`.
    public let reasons: [String]
    public let due: Due?

    public init(squad: String, reasons: [String], due: Due?) {
      self.squad = squad
      self.reasons = reasons
      self.due = due
    }
  }

  /// A step that says nothing but that it was done.
  public struct Done: Sendable, Hashable, Codable {
    public let own: OwnTime?

    public init(own: OwnTime? = nil) { self.own = own }
  }

  public struct Concluded: Sendable, Hashable, Codable {
    public let outcome: Outcome
    public let note: String?
    public let own: OwnTime?
    /// What it cost the victim, in yuan, as ``Loss`` rounds it: 0 for an attempt that failed, nil where not known.
    public let loss: Int?

    public init(outcome: Outcome, note: String?, own: OwnTime? = nil, loss: Int? = nil) {
      self.outcome = outcome
      self.note = note
      self.own = own
      self.loss = loss
    }
  }

  public struct Answered: Sendable, Hashable, Codable {
    /// `phone`, `message`, `visit`, `platform`.
    public let channel: String
    public let note: String?
    /// When silence counts as agreement and the case may be closed without a confirmation.
    public let silenceAgreesAt: Instant
    public let own: OwnTime?

    public init(channel: String, note: String?, silenceAgreesAt: Instant, own: OwnTime? = nil) {
      self.channel = channel
      self.note = note
      self.silenceAgreesAt = silenceAgreesAt
      self.own = own
    }
  }

  public struct Reasoned: Sendable, Hashable, Codable {
    public let reason: String
    public let note: String?
    /// Where new clocks start (reopened, resumed).
    public let dues: [Due]

    /// The reason of a pause's end that nobody gave one for.
    public static let workWentOn = "work-went-on"

    public init(reason: String, note: String?, dues: [Due]) {
      self.reason = reason
      self.note = note
      self.dues = dues
    }
  }

  public struct Rated: Sendable, Hashable, Codable {
    /// 1 … 5.
    public let stars: Int

    public init(stars: Int) {
      self.stars = stars
    }
  }

  /// Words that somebody added, in the vault.
  public struct Noted: Sendable, Hashable, Codable {
    public let note: String?
    public let own: OwnTime?

    public init(note: String?, own: OwnTime? = nil) {
      self.note = note
      self.own = own
    }
  }

  public struct Closed: Sendable, Hashable, Codable {
    /// Until when a new report of the same kind at the same place revokes this closure.
    public let returnWindowEnd: Instant?

    public init(returnWindowEnd: Instant?) {
      self.returnWindowEnd = returnWindowEnd
    }
  }

  public struct HandedBack: Sendable, Hashable, Codable {
    public let reason: String
    public let note: String?
    /// The desk that takes it back.
    public let desk: String
    public let isToPolice: Bool
    public let returnWindowEnd: Instant

    public init(reason: String, note: String?, desk: String, isToPolice: Bool, returnWindowEnd: Instant) {
      self.reason = reason
      self.note = note
      self.desk = desk
      self.isToPolice = isToPolice
      self.returnWindowEnd = returnWindowEnd
    }
  }

  public struct Parted: Sendable, Hashable, Codable {
    public let report: String

    public init(report: String) {
      self.report = report
    }
  }

  public struct Merged: Sendable, Hashable, Codable {
    public let into: String

    public init(into: String) {
      self.into = into
    }
  }

  public struct Returned: Sendable, Hashable, Codable {
    /// The new report and its case.
    public let report: String
    public let `case`: String
    public let isPoliceDoor: Bool

    public init(report: String, case: String, isPoliceDoor: Bool) {
      self.report = report
      self.case = `case`
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
    /// None of a reminder, and where the city numbers none.
    public var document: Document?

    public init(notice: DeadlineTable.Rung.Notice, step: DeadlineStep, from: Instant, due: Instant, rung: Int,
                addressee: String, agency: String, document: Document? = nil) {
      self.document = document
      self.notice = notice
      self.step = step
      self.from = from
      self.due = due
      self.rung = rung
      self.addressee = addressee
      self.agency = agency
    }
  }
}
