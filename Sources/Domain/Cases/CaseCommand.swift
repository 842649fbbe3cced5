/// What somebody wants to happen to a case. Time and actor come with it; a decider reads no clock.
public struct CaseCommand: Sendable, Hashable {
  public let action: Action
  public let actor: Actor
  public let at: Instant
  /// When it was done, where that was told later; kept by the steps of those who are out.
  public let own: OwnTime?

  public init(_ action: Action, by actor: Actor, at: Instant, own: OwnTime? = nil) {
    self.action = action
    self.actor = actor
    self.at = at
    self.own = own
  }

  public enum Action: Sendable, Hashable {
    case judge(Judgement)
    case assign(Assignment)
    case orderJointly(Assignment)
    case sign
    case refuse(reason: String, note: String?)
    case dispatch(squad: String, reasons: [String])
    case squadSign
    case setOut
    case arrive
    /// - loss: what it cost the victim in whole yuan, as it was told; nil where that is not known.
    case conclude(Outcome, note: String?, loss: Int? = nil)
    case answer(channel: String, note: String?)
    case confirm
    case rate(stars: Int)
    case complain(note: String?)
    case close
    case reopen(reason: String, note: String?)
    case handBack(reason: String, note: String?)
    case markReturned(CaseEvent.Returned)
    case join(ReportFacts)
    case part(report: String)
    case merge(into: String)
    case unmerge
    case pause(reason: String, note: String?)
    case resume(reason: String)
    case notice(DeadlineStep, rung: Int)
    case rectify(note: String?)
    /// Words, pictures or a voice for whoever handles the case.
    case addNote(note: String?)
  }

  public struct Judgement: Sendable, Hashable {
    public let kind: String
    /// Nil: the kind's own.
    public let severity: Severity?
    public let basis: String
    public let certainty: Double?
    /// By report: an earlier one of the same kind at the same place, as the reports stood when this was decided.
    public let repeats: [String: String]

    public init(kind: String, severity: Severity? = nil, basis: String = "person", certainty: Double? = nil,
                repeats: [String: String] = [:]) {
      self.kind = kind
      self.severity = severity
      self.basis = basis
      self.certainty = certainty
      self.repeats = repeats
    }
  }

  public struct Assignment: Sendable, Hashable {
    public let agency: String
    public let supporting: [String]
    public let basis: String

    public init(agency: String, supporting: [String] = [], basis: String = "person") {
      self.agency = agency
      self.supporting = supporting
      self.basis = basis
    }
  }
}

extension CaseCommand.Action {
  public var step: Step {
    switch self {
    case .judge: .judged
    case .assign: .assigned
    case .orderJointly: .jointlyOrdered
    case .sign: .signed
    case .refuse: .refused
    case .dispatch: .dispatched
    case .squadSign: .squadSigned
    case .setOut: .setOut
    case .arrive: .arrived
    case .conclude: .concluded
    case .answer: .answered
    case .confirm: .confirmed
    case .rate: .rated
    case .complain: .complained
    case .close: .closed
    case .reopen: .reopened
    case .handBack: .handedBack
    case .markReturned: .returned
    case .join: .joined
    case .part: .parted
    case .merge: .merged
    case .unmerge: .unmerged
    case .pause: .paused
    case .resume: .resumed
    case .notice: .noticed
    case .rectify: .rectified
    case .addNote: .noted
    }
  }
}
