import Domain
import Features

/// What somebody in the field has to do, on a phone: each case with its next step as one button. The script keeps steps
/// that find no network and sends them later; without it the same forms are sent at once.
struct FieldPage: Sendable {
  let cases: [FieldCase]
  /// Whose steps the phone keeps: they are never sent as somebody else's.
  let owner: String
  let partURL = PageURL.fieldPart.path
  let feedURL = "/api/v1/feed"
  let workerURL = PageURL.fieldWorker.path
  let styleURL = PageAssets.link("field.css")
  let scriptURL = PageAssets.link("field.js")
  let queueURL = PageAssets.link("queue.js")
  let photosURL = PageAssets.link("photos.js")
  let signInURL = PageURL.signIn.link([("next", PageURL.field.path)])

  init(_ cases: [CaseSummary], for caller: Caller, makeKey: () -> String, _ presenter: Presenter) {
    self.cases = cases.map { FieldCase($0, for: caller, makeKey: makeKey, presenter) }
    owner = caller.actor.id
  }

  static func isFor(_ role: Role) -> Bool { role == .squadMember || role == .agency }

  /// More than a shift can do.
  static let casesMax = 100
}

/// A case as the phone shows it.
struct FieldCase: Sendable {
  let row: CaseRow
  /// For distances and for the way there; nil where only the division is known.
  let latitude: String?
  let longitude: String?
  let navigationURL: String?
  let wordsURL: String
  let steps: [FieldStep]

  init(_ summary: CaseSummary, for caller: Caller, makeKey: () -> String, _ presenter: Presenter) {
    row = CaseRow(summary, presenter)
    // A place of the pack is where it is; a report's own point is only kept as exact as a block.
    let point = summary.place.flatMap { presenter.pack.place($0)?.centre } ?? summary.point
    latitude = point.map { "\($0.latitude)" }
    longitude = point.map { "\($0.longitude)" }
    navigationURL = point.map { "geo:\($0.latitude),\($0.longitude)?q=\($0.latitude),\($0.longitude)" }
    wordsURL = PageURL.oneCase(summary.id).path
    steps = FieldStep.Noun.allCases.filter { $0.step(caller.actor.role) != nil }.map {
      FieldStep($0, summary, for: caller.actor.role, key: makeKey(), presenter)
    }
  }
}

/// A step that is taken in the field, with its form.
struct FieldStep: Sendable {
  /// In the order in which they are taken.
  enum Noun: String, Sendable, CaseIterable {
    case signature, departure, arrival, outcome, feedback, note

    func step(_ role: Role) -> Step? {
      let step: Step = switch self {
      case .signature: role == .squadMember ? .squadSigned : .signed
      case .departure: .setOut
      case .arrival: .arrived
      case .outcome: .concluded
      case .feedback: .answered
      case .note: .noted
      }
      return Transitions.of(step).by.contains(role) ? step : nil
    }

    var form: StepForm? { StepForm(rawValue: rawValue) }
  }

  let noun: String
  let title: String
  let url: String
  let key: String
  /// The phases in which it may be taken, behind spaces, and the one that it leads to.
  let from: String
  let to: String?
  let isNow: Bool
  let isNote: Bool
  let outcomes: Choice?
  let channels: Choice?
  let takesLoss: Bool
  let takesWords: Bool

  init(_ noun: Noun, _ summary: CaseSummary, for role: Role, key: String, _ presenter: Presenter) {
    let words = presenter.words
    let row = noun.step(role).map(Transitions.of)
    let isSquad = role == .squadMember
    // A squad ends a case where it is; what an agency ends at its desk it ends without a squad.
    let phases = (row?.from ?? []).filter { noun != .outcome || isSquad == ($0 == .onSite) }
    self.noun = noun.rawValue
    title = words["do." + noun.rawValue]
    url = PageURL.fieldStep(summary.id, noun: noun.rawValue).path
    self.key = key
    from = phases.map(\.rawValue).sorted().joined(separator: " ")
    to = row?.to.first?.rawValue
    isNote = noun == .note
    isNow = !isNote && phases.contains(summary.phase)
    outcomes = noun != .outcome ? nil : Choice(
      "outcome", words["field.outcome"], none: nil,
      Outcome.allCases.map { .init(value: $0.rawValue, text: words[$0]) }, nil)
    channels = noun != .feedback ? nil : Choice(
      "channel", words["field.channel"], none: nil,
      FeedbackInput.Channel.allCases.map { .init(value: $0.rawValue, text: words.word("channel", $0.rawValue)) }, nil)
    takesLoss = noun == .outcome && summary.kind.flatMap { presenter.pack.kind($0)?.hasLosses } ?? false
    takesWords = noun == .outcome || noun == .feedback || noun == .note
  }
}
