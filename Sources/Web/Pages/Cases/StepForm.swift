import Domain
import Features

/// A step on a case as a form on its page. Raw values are the nouns of the API.
enum StepForm: String, Sendable, CaseIterable {
  case judgement, assignment
  case jointOrder = "joint-order"
  case signature, refusal, dispatch, departure, arrival, outcome, feedback, confirmation, closure
  case handBack = "hand-back"
  case merger, unmerger, rating, complaint, reopening, pause, resumption, rectification, note

  /// What a step asks for.
  enum Field: String, Sendable {
    case kind, severity, agency, supporting, squad, reason, outcome, loss, channel, stars, into, words
  }

  var fields: [Field] {
    switch self {
    case .judgement: [.kind, .severity]
    case .assignment, .jointOrder: [.agency, .supporting]
    case .dispatch: [.squad]
    case .refusal, .handBack, .reopening, .pause: [.reason, .words]
    case .resumption: [.reason]
    case .outcome: [.outcome, .loss, .words]
    case .feedback: [.channel, .words]
    case .rating: [.stars]
    case .complaint, .rectification, .note: [.words]
    case .merger: [.into]
    case .signature, .departure, .arrival, .confirmation, .closure, .unmerger: []
    }
  }

  /// The step that the work waits for; the others stand behind it.
  var isMain: Bool {
    switch self {
    case .handBack, .merger, .unmerger, .rating, .complaint, .reopening, .pause, .resumption, .rectification, .note:
      false
    default: true
    }
  }

  /// The reasons that are offered, as words of the journal. What does not fit is said in full beside it.
  var reasons: [String] {
    switch self {
    case .refusal: ["not-ours", "wrong-area", "wrong-kind", "no-means", "other"]
    case .handBack: ["needs-police", "not-ours", "other"]
    case .reopening: ["not-solved", "came-again", "wrong-answer", "other"]
    case .pause: ["waiting", "no-access", "weather", "other"]
    case .resumption: ["arrived", "over", "other"]
    default: []
    }
  }

  // MARK: - What is legal

  /// Whether the step could be taken now by somebody: asked of the decider itself, with a blank form.
  func isPossible(_ state: CaseState, by actor: Actor, at now: Instant, pack: CityPack) -> Bool {
    guard let probe = probe(state, actor.role) else { return false }
    do throws(Rejection) {
      return try !CaseDecider(pack: pack).decide(CaseCommand(probe, by: actor, at: now), state).isEmpty
    } catch {
      switch error {
      // The blanks of the form.
      case .unknownKind, .unknownAgency, .unknownSquad, .starsOutOfRange: return true
      default: return false
      }
    }
  }

  private func probe(_ state: CaseState, _ role: Role) -> CaseCommand.Action? {
    switch self {
    case .judgement: .judge(.init(kind: ""))
    case .assignment: .assign(.init(agency: ""))
    case .jointOrder: .orderJointly(.init(agency: ""))
    case .dispatch: .dispatch(squad: "", reasons: [])
    case .outcome: .conclude(.handled, note: nil)
    case .feedback: .answer(channel: "phone", note: nil)
    case .rating: .rate(stars: 0)
    case .complaint: .complain(note: "new")
    case .rectification: state.notices.isEmpty ? nil : .rectify(note: "new")
    case .note: .addNote(note: "new")
    case .merger: .merge(into: "")
    case .unmerger: .unmerge
    case .resumption: .resume(reason: "other")
    default: reasoned("other", note: "new") ?? plain(role)
    }
  }

  private func reasoned(_ reason: String, note: String?) -> CaseCommand.Action? {
    switch self {
    case .refusal: .refuse(reason: reason, note: note)
    case .handBack: .handBack(reason: reason, note: note)
    case .reopening: .reopen(reason: reason, note: note)
    case .pause: .pause(reason: reason, note: note)
    default: nil
    }
  }

  private func plain(_ role: Role) -> CaseCommand.Action? {
    switch self {
    case .signature: role == .squadMember ? .squadSign : .sign
    case .departure: .setOut
    case .arrival: .arrive
    case .confirmation: .confirm
    case .closure: .close
    default: nil
    }
  }

  // MARK: - What was filled in

  /// - Throws: ``ProblemKind/fieldMissing``, ``ProblemKind/fieldInvalid``.
  func action(_ form: PageForm, role: Role) throws -> CaseCommand.Action {
    switch self {
    case .judgement:
      let severity: Severity? = form["severity"] == nil ? nil : try form.word("severity")
      return .judge(.init(kind: try form.needed("kind"), severity: severity))
    case .assignment: return .assign(try assignment(form))
    case .jointOrder: return .orderJointly(try assignment(form))
    case .dispatch: return .dispatch(squad: try form.needed("squad"), reasons: ["person"])
    case .outcome: return .conclude(try form.word("outcome"), note: nil, loss: try loss(form))
    case .feedback:
      let channel: FeedbackInput.Channel = try form.word("channel")
      return .answer(channel: channel.rawValue, note: nil)
    case .rating:
      guard let stars = Int(try form.needed("stars")) else { throw Problem(.fieldInvalid, field: "stars") }
      return .rate(stars: stars)
    case .complaint: return .complain(note: nil)
    case .rectification: return .rectify(note: nil)
    case .note: return .addNote(note: nil)
    case .resumption: return .resume(reason: try reason(form))
    default:
      let action = try fields.contains(.reason) ? reasoned(reason(form), note: nil) : plain(role)
      guard let action else { throw Problem(.unknownAddress) }
      return action
    }
  }

  private func assignment(_ form: PageForm) throws -> CaseCommand.Assignment {
    .init(agency: try form.needed("agency"), supporting: form["supporting"].map { [$0] } ?? [])
  }

  /// Nil where nothing was typed: not known.
  private func loss(_ form: PageForm) throws -> Int? {
    guard let text = form["loss"] else { return nil }
    guard let yuan = Int(text) else { throw Problem(.lossOutOfRange, field: "loss") }
    return yuan
  }

  private func reason(_ form: PageForm) throws -> String {
    guard let reason = form["reason"] else { throw Problem(.reasonMissing, field: "reason") }
    guard reasons.contains(reason) else { throw Problem(.fieldInvalid, field: "reason") }
    return reason
  }
}
