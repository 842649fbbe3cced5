import Domain
import Features

/// A step's form as the page shows it.
struct StepFormView: Sendable {
  let noun: String
  let title: String
  let url: String
  let key: String
  let choices: [Choice]
  /// What was typed; nil where the step takes no words.
  let words: String?
  /// What was typed as the loss; nil where the case can have none.
  let yuan: String?
  /// Sends without another look: nothing is to be filled in.
  let isPlain: Bool
  let isOpen: Bool
  let isGrave: Bool
  let hint: String?
  let problem: PageProblem?

  /// What a form was sent with, and what was wrong with it.
  struct Failed: Sendable {
    let form: StepForm
    let fields: PageForm
    let problem: PageProblem
  }

  init(_ form: StepForm, state: CaseState, offers: CaseOffers, key: String, failed: Failed?, isOpen: Bool,
       _ presenter: Presenter) {
    noun = form.rawValue
    title = presenter.words["form." + form.rawValue]
    url = PageURL.step(state.id, noun: form.rawValue).path
    self.key = key
    let failed = failed.flatMap { $0.form == form ? $0 : nil }
    choices = form.fields.compactMap {
      Self.choice($0, form, state, offers, chosen: failed?.fields[$0.rawValue], presenter)
    }
    words = form.fields.contains(.words) ? failed?.fields.exact("words") ?? "" : nil
    let hasLosses = state.judgement.flatMap { presenter.pack.kind($0.kind)?.hasLosses } ?? false
    yuan = form.fields.contains(.loss) && hasLosses ? failed?.fields.exact("loss") ?? "" : nil
    isPlain = form.fields.isEmpty
    self.isOpen = isOpen || failed != nil
    isGrave = form == .refusal || form == .handBack
    hint = form.fields.contains(.agency) ? Self.hint(offers, presenter) : nil
    problem = failed?.problem
  }

  private static func hint(_ offers: CaseOffers, _ presenter: Presenter) -> String? {
    if offers.isDangerous { return presenter.words["hintDanger"] }
    guard let agency = offers.responsible, let source = offers.source else { return nil }
    return presenter.words("hintResponsible", ["name": presenter.agency(agency), "source": source])
  }

  private static func choice(_ field: StepForm.Field, _ form: StepForm, _ state: CaseState, _ offers: CaseOffers,
                             chosen: String?, _ presenter: Presenter) -> Choice? {
    let words = presenter.words
    func choice(none: String? = nil, _ options: [Choice.Option], _ preset: String? = nil) -> Choice {
      Choice(field.rawValue, words["field." + field.rawValue], none: none, options, chosen ?? preset)
    }
    func plain<Word: RawRepresentable<String>>(_ all: [Word], _ text: (Word) -> String) -> [Choice.Option] {
      all.map { .init(value: $0.rawValue, text: text($0)) }
    }
    switch field {
    case .kind:
      return Choice("kind", words["field.kind"], none: words["choose"], groups: Choices.kindGroups(presenter),
                    chosen ?? state.judgement?.kind ?? state.firstReport.kind)
    case .severity: return choice(none: words["severityOfKind"], plain(Severity.allCases) { words[$0] })
    case .agency: return choice(none: words["choose"], offers.agencyOptions(presenter), offers.responsible)
    case .supporting: return choice(none: words["nobody"], Choices.agencies(presenter), offers.supporting)
    case .squad: return choice(none: words["choose"], offers.squadOptions(presenter), offers.bestSquad)
    case .reason: return choice(form.reasons.map { .init(value: $0, text: words.word("reason", $0)) })
    case .outcome: return choice(plain(Outcome.allCases) { words[$0] })
    case .channel:
      return choice(plain(FeedbackInput.Channel.allCases) { words.word("channel", $0.rawValue) })
    case .stars:
      return choice((1...5).reversed().map { .init(value: "\($0)", text: String(repeating: "★", count: $0)) })
    case .into: return choice(none: words["choose"], offers.mergeOptions(presenter))
    case .loss, .words: return nil
    }
  }
}
