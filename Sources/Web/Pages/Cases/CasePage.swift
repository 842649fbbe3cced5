import Domain
import Features

/// One case: where it stands, its clocks, its story, and what the reader may do next.
struct CasePage: Sendable {
  struct Clock: Sendable {
    let label: String
    let wall: String
    let business: String
    let since: Presenter.Time
  }

  struct Deadline: Sendable {
    let step: String
    let clock: String
    let left: Presenter.Left?
    let paused: String?
    let at: Presenter.Time
  }

  struct Fact: Sendable {
    let label: String
    let text: String
    let note: String?
  }

  struct ReportView: Sendable {
    let door: String
    let kind: String
    let whereabouts: String
    let saidAt: Presenter.Time
    let dangers: String?
    /// The plate that was scanned, and how far the phone was where that does not fit.
    let plateMark: String?
    let away: String?
    let reference: String?
    let looks: [LookLine]
    let words: SaidWords?
  }

  struct LookLine: Sendable {
    let at: Presenter.Time
    let who: String
    let purpose: String
  }

  struct Duplicate: Sendable {
    let row: CaseRow
    let reasons: String
  }

  let id: String
  let version: Int
  let url: String
  let boardURL: String
  let feedURL: String
  let row: CaseRow
  let facts: [Fact]
  let clocks: [Clock]
  let deadlines: [Deadline]
  let isPaused: Bool
  let reports: [ReportView]
  let mayLook: Bool
  let purposes: Choice
  let wordsURL: String
  let timeline: [TimelineLine]
  let noteWords: SaidWords?
  let duplicates: [Duplicate]
  let mergedInto: String?
  let mainForms: [StepFormView]
  let otherForms: [StepFormView]
  let done: String?
  let failure: PageProblem?

  /// What a page knows besides the case itself.
  struct Extras: Sendable {
    var offers: CaseOffers
    var looks: [String: [LookIntoVault.Look]] = [:]
    var said: SaidWords?
    var done: String?
    var failed: StepFormView.Failed?
    var failure: PageProblem?
  }

  init(_ detail: ShowCase.Detail, for caller: Caller, extras: Extras, forms: [StepFormView], _ presenter: Presenter) {
    let (state, words) = (detail.state, presenter.words)
    id = state.id
    version = state.version
    url = PageURL.oneCase(state.id).path
    boardURL = PageURL.board.path
    feedURL = "/api/v1/feed"
    row = CaseRow(detail.summary, presenter)
    facts = Self.facts(state, presenter)
    clocks = Self.clocks(state, presenter)
    deadlines = state.openDues.map { due in
      let left = presenter.left(due.at)
      return Deadline(step: words[due.step], clock: words[due.clock], left: state.pausedAt == nil ? left : nil,
                      paused: state.pausedAt == nil ? nil : words["paused"], at: left.at)
    }
    isPaused = state.pausedAt != nil
    reports = state.reports.map { Self.report($0.facts, extras, caller, presenter) }
    mayLook = caller.may(.vaultRead)
    purposes = Choice("purpose", words["purpose"], none: nil, LookIntoVault.Purpose.allCases.map {
      .init(value: $0.rawValue, text: words["purpose." + $0.rawValue])
    }, state.phase == .desk ? "judge" : "handle")
    wordsURL = PageURL.words(state.id).path
    timeline = detail.timeline.reversed().map { TimelineLine($0, of: state.id, caller: caller.actor, presenter) }
    let ofReports = Set(state.reports.compactMap(\.facts.vault))
    noteWords = extras.said.flatMap { ofReports.contains($0.reference) ? nil : $0 }
    duplicates = extras.offers.duplicates.map { match in
      Duplicate(row: CaseRow(match.summary, presenter),
                reasons: match.reasons.map { CaseOffers.reason($0, presenter) }.joined(separator: " · "))
    }
    mergedInto = state.mergedInto.map { PageURL.oneCase($0).path }
    mainForms = forms.filter { StepForm(rawValue: $0.noun)?.isMain == true }
    otherForms = forms.filter { StepForm(rawValue: $0.noun)?.isMain == false }
    done = extras.done
    failure = extras.failure
  }

  private static func facts(_ state: CaseState, _ presenter: Presenter) -> [Fact] {
    let words = presenter.words
    var facts = [Fact(label: words["holder"], text: presenter.holder(state.holder), note: nil)]
    if let judgement = state.judgement {
      let what = [presenter.kind(judgement.kind), words[judgement.jurisdiction], words[judgement.severity]]
      facts.append(Fact(
        label: words["kind"], text: what.joined(separator: " · "),
        note: TimelineLine.basis(judgement.basis, judgement.certainty, presenter)))
    } else {
      facts.append(Fact(label: words["kind"], text: words["notJudged"], note: words["abstained"]))
    }
    if let assignment = state.assignment {
      facts.append(Fact(
        label: words["responsible"], text: presenter.agency(assignment.agency),
        note: assignment.signedAt == nil ? words["notSigned"] : assignment.isBinding ? words["bound"] : nil))
      if !assignment.supporting.isEmpty {
        let names = assignment.supporting.map(presenter.agency).joined(separator: words["comma"])
        facts.append(Fact(label: words["supporting"], text: names, note: nil))
      }
    }
    if let squad = state.squad ?? state.lastSquad {
      facts.append(Fact(label: words["squad"], text: presenter.squad(squad), note: nil))
    }
    if let outcome = state.outcome {
      facts.append(Fact(label: words["outcome"], text: words[outcome], note: state.loss.map(presenter.loss)))
    }
    return facts
  }

  private static func clocks(_ state: CaseState, _ presenter: Presenter) -> [Clock] {
    let elapsed = Elapsed(state, at: max(presenter.now, state.lastAt), calendar: presenter.pack.calendar)
    func clock(_ key: String, _ time: Elapsed.Time, _ since: Instant) -> Clock {
      Clock(label: presenter.words[key], wall: presenter.span(time.wall),
            business: presenter.words("ofThatBusiness", ["span": presenter.span(time.business)]),
            since: presenter.time(since))
    }
    return [clock("clockPhase", elapsed.inPhase, state.phaseSince),
            clock("clockWhole", elapsed.whole, state.firstReportAt)]
  }

  private static func report(_ facts: ReportFacts, _ extras: Extras, _ caller: Caller, _ presenter: Presenter)
    -> ReportView
  {
    let dangers = facts.dangers.map { code in
      presenter.pack.triage.dangers.first { $0.code == code }?.names(presenter.language) ?? code
    }
    let looks = facts.vault.flatMap { extras.looks[$0] } ?? []
    return ReportView(
      door: presenter.door(facts.door), kind: facts.kind.map(presenter.kind) ?? presenter.words["kindNotNamed"],
      whereabouts: CaseRow.whereabouts(facts.place, facts.division, presenter), saidAt: presenter.time(facts.saidAt),
      dangers: dangers.joined(separator: presenter.words["comma"]).nonEmpty,
      plateMark: facts.plate.map { presenter.words("byPlate", ["n": String($0.number)]) },
      away: facts.plate?.awayMetres.map { presenter.words("phoneAway", ["metres": presenter.metres($0)]) },
      reference: facts.vault,
      looks: looks.suffix(5).map {
        LookLine(at: presenter.time($0.at), who: presenter.actor($0.actor, caller: caller.actor),
                 purpose: presenter.words.word("purpose", $0.purpose))
      },
      words: extras.said.flatMap { $0.reference == facts.vault ? $0 : nil })
  }
}
