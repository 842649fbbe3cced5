import Domain
import Features

/// What happened to a case, when and by whom.
struct TimelineLine: Sendable {
  let at: Presenter.Time
  let step: String
  let stepCode: String
  let who: String
  let details: [String]
  /// When it was done, where a phone told it later, and how far that phone's clock was off.
  let own: String?
  /// The entry of the vault that holds the words that belong to it; those of a report stand with the report.
  let reference: String?
  let isNotice: Bool
  /// The document that went out with it.
  let issued: Frame.Link?

  /// - Parameter id: of the case.
  init(_ entry: ShowCase.Entry, of id: String, caller: Actor?, _ presenter: Presenter) {
    at = presenter.time(entry.at)
    stepCode = entry.event.step.rawValue
    who = presenter.actor(entry.actor, caller: caller)
    if case .noticed(let notice) = entry.event {
      step = presenter.words[notice.notice]
      isNotice = true
    } else {
      step = presenter.words[entry.event.step]
      isNotice = false
    }
    details = Self.details(entry.event, presenter).compactMap { $0 }
    own = entry.event.own.map { Self.own($0, presenter) }
    reference = entry.event.note
    issued = entry.event.document.map {
      Frame.Link(text: $0.text, url: PageURL.document(id, version: String(entry.version)).path, isHere: false)
    }
  }

  private static func details(_ event: CaseEvent, _ presenter: Presenter) -> [String?] {
    let words = presenter.words
    func due(_ due: Due?) -> String? { due.map { words("dueAt", ["time": presenter.time($0.at).text]) } }
    func reason(_ code: String) -> String { words.word("reason", code) }
    switch event {
    case .opened(let body): return report(body.report, presenter) + [presenter.agency(body.desk)]
    case .joined(let facts): return report(facts, presenter)
    case .judged(let body):
      return [presenter.kind(body.kind), words[body.jurisdiction], words[body.severity],
              basis(body.basis, body.certainty, presenter)]
    case .assigned(let body), .jointlyOrdered(let body):
      let support = body.supporting.isEmpty ? nil
        : words("supportedBy", ["names": body.supporting.map(presenter.agency).joined(separator: words["comma"])])
      return [presenter.agency(body.agency), support, basis(body.basis, nil, presenter), due(body.due)]
    case .refused(let body):
      return [presenter.agency(body.agency), reason(body.reason),
              body.coordinator.map { words("toCoordinator", ["name": presenter.agency($0)]) }]
    case .dispatched(let body):
      let why = body.reasons.compactMap { CaseOffers.reason($0, presenter) }.joined(separator: words["comma"])
      return [presenter.squad(body.squad), why.nonEmpty, due(body.due)]
    case .noticed(let body):
      return [words[body.step], presenter.agency(body.agency), words("dueAt", ["time": presenter.time(body.due).text])]
    default: return answers(event, presenter)
    }
  }

  private static func own(_ own: OwnTime, _ presenter: Presenter) -> String {
    let done = presenter.words("doneAt", ["time": presenter.time(own.corrected).text])
    let minutes = Int((Double(own.aheadMilliseconds) / 60_000).rounded())
    guard minutes != 0 else { return done }
    let ahead = Span.minutes(minutes)
    let clock = presenter.words(ahead > .zero ? "phoneAhead" : "phoneBehind", ["span": presenter.span(ahead)])
    return done + presenter.words["comma"] + clock
  }

  private static func answers(_ event: CaseEvent, _ presenter: Presenter) -> [String?] {
    let words = presenter.words
    switch event {
    case .concluded(let body): return [words[body.outcome], body.loss.map(presenter.loss)]
    case .answered(let body): return [words.word("channel", body.channel)]
    case .rated(let body): return [String(repeating: "★", count: body.stars)]
    case .reopened(let body), .paused(let body), .resumed(let body): return [words.word("reason", body.reason)]
    case .handedBack(let body): return [words.word("reason", body.reason), presenter.agency(body.desk)]
    default: return []
    }
  }

  private static func report(_ facts: ReportFacts, _ presenter: Presenter) -> [String?] {
    [presenter.door(facts.door), facts.kind.map(presenter.kind)]
      + facts.dangers.map { code in
        presenter.pack.triage.dangers.first { $0.code == code }?.names(presenter.language) ?? code
      }
  }

  /// Who or what decided: a person, a cue of the pack, a line of its tables.
  static func basis(_ basis: String, _ certainty: Double?, _ presenter: Presenter) -> String {
    let words = presenter.words
    let text: String
    if basis.hasPrefix("cue:") {
      text = words("basis.cue", ["cue": String(basis.dropFirst(4))])
    } else if basis.hasPrefix("model:") {
      text = words("basis.model", ["version": String(basis.dropFirst(6))])
    } else {
      text = words.texts["basis." + basis] ?? words("basis.rule", ["source": basis])
    }
    guard let certainty else { return text }
    return text + words("certainty", ["percent": presenter.percent(certainty)])
  }
}
