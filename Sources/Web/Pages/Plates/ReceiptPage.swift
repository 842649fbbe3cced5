import Domain
import Features
import HTTPTypes
import Hummingbird

/// What became of a report, for whoever has its code: where it is, who has it, and what the reporter may do.
struct ReceiptPage: Sendable {
  struct Line: Sendable {
    let at: Presenter.Time
    let text: String
  }

  struct Form: Sendable {
    let noun: String
    let title: String
    let lead: String
    let url: String
    let key: String
    let takesWords: Bool
    let stars: [Star]
    let isOpen: Bool
    let text: String
    let fault: PageProblem?
  }

  struct Star: Sendable {
    let value: String
    let text: String
  }

  let code: String
  let headline: String
  let phaseCode: String
  let holder: String
  let kind: String
  let place: String
  let receivedAt: Presenter.Time
  let promise: String?
  let lines: [Line]
  let answeredAt: Presenter.Time?
  /// Where its words are shown; nil where it has none.
  let answerURL: String?
  let answerWords: String?
  let isAnsweredOtherwise: Bool
  let forms: [Form]
  let done: String?
  let bigCall: PlatePage.Call?
  let otherURL: String
  let styleURL = PageAssets.link("resident.css")

  /// What a page knows besides the receipt.
  struct Extras: Sendable {
    var done: String?
    var answer: String?
    var refused: (form: StepForm, fields: PageForm, problem: PageProblem)?
  }

  /// What a reporter may do, the friendliest first.
  static let steps: [StepForm] = [.confirmation, .rating, .reopening, .complaint]

  init(_ status: FollowReceipt.Status, extras: Extras, makeKey: () -> String, _ presenter: Presenter) {
    let (words, state) = (presenter.words, status.detail.state)
    code = status.code.grouped
    headline = words("stands." + state.phase.rawValue, [
      "name": presenter.agency(state.assignment?.agency ?? state.agency ?? state.holder.body),
    ])
    phaseCode = state.phase.rawValue
    holder = presenter.holder(state.holder)
    kind = presenter.kind(state.judgement?.kind ?? status.report.kind)
    place = CaseRow.whereabouts(status.report.place, status.report.division, presenter)
    receivedAt = presenter.time(status.report.receivedAt)
    promise = state.pausedAt == nil && state.round.answeredAt == nil
      ? state.round.feedback.map { words("promise", ["time": presenter.time($0.at).text]) } : nil
    lines = status.detail.timeline.compactMap { Self.line($0, presenter) }
    answeredAt = state.round.answeredAt.map(presenter.time)
    let url = PageURL.receiptStep(status.code.text, noun: "answer").path
    answerURL = state.round.answer?.note != nil && extras.answer == nil ? url : nil
    answerWords = extras.answer
    isAnsweredOtherwise = state.round.answer?.note == nil
    done = extras.done
    bigCall = PlatePage.calls(presenter).first
    otherURL = PageURL.receipt(status.code.text).link([("lang", presenter.language.other.rawValue)])
    var forms: [Form] = []
    for step in Self.steps
    where step.isPossible(state, by: status.actor, at: max(presenter.now, state.lastAt), pack: presenter.pack) {
      forms.append(Self.form(step, status.code, extras, key: makeKey(), words))
    }
    self.forms = forms
  }

  private static func form(_ step: StepForm, _ code: ReceiptCode, _ extras: Extras, key: String, _ words: Words)
    -> Form
  {
    let refused = extras.refused.flatMap { $0.form == step ? $0 : nil }
    return Form(
      noun: step.rawValue, title: words["mine." + step.rawValue], lead: words["mineLead." + step.rawValue],
      url: PageURL.receiptStep(code.text, noun: step.rawValue).path, key: key,
      takesWords: step.fields.contains(.words),
      stars: step == .rating ? (1...5).reversed().map { Star(value: "\($0)", text: words["stars.\($0)"]) } : [],
      isOpen: refused != nil, text: refused?.fields.exact("words") ?? "", fault: refused?.problem)
  }

  /// A step in plain words; nil for what happens inside the offices.
  private static func line(_ entry: ShowCase.Entry, _ presenter: Presenter) -> Line? {
    let name: String? = switch entry.event {
    case .assigned(let body), .jointlyOrdered(let body): presenter.agency(body.agency)
    case .dispatched(let body): presenter.squad(body.squad)
    case .concluded(let body): presenter.words[body.outcome]
    case .opened, .signed, .squadSigned, .setOut, .arrived, .answered, .confirmed, .rated, .complained, .closed,
      .reopened, .handedBack:
      ""
    default: nil
    }
    guard let name else { return nil }
    let text = presenter.words("told." + entry.event.step.rawValue, ["name": name])
    return Line(at: presenter.time(entry.at), text: text)
  }
}

extension ReceiptPage {
  static let routes: [PageRoute] = [
    .get(.receipts, .open) { call in try await PlatePage.residents(call) { try find(call) } },
    .get(.receipt("{code}"), .open) { call in
      try await PlatePage.residents(call) {
        try await show(call, Extras(done: call.query["done"].flatMap { call.words.texts["mineDone." + $0] }))
      }
    },
    .post(.receiptStep("{code}", noun: "answer"), .open) { call in
      try await PlatePage.residents(call) {
        _ = try await call.form()
        let answer = try await FollowReceipt(call.site).answer(code(call))
        return try await show(call, Extras(answer: answer ?? call.words["answerGone"]))
      }
    },
  ] + steps.map { step in
    .post(.receiptStep("{code}", noun: step.rawValue), .open) { call in
      try await PlatePage.residents(call) { try await take(step, call) }
    }
  }

  private static func code(_ call: PageCall) throws -> ReceiptCode {
    guard let code = ReceiptCode(typed: call.parameters.get("code") ?? "") else { throw ReceiptUnknown() }
    return code
  }

  private static func show(_ call: PageCall, _ extras: Extras, status: HTTPResponse.Status = .ok) async throws
    -> Response
  {
    let found = try await FollowReceipt(call.site)(try code(call))
    let page = ReceiptPage(found, extras: extras, makeKey: call.site.makeID, call.presenter)
    return call.page("receipt", title: page.code, status: status, page)
  }

  private static func take(_ step: StepForm, _ call: PageCall) async throws -> Response {
    let fields = try await call.form()
    do {
      let words = step.fields.contains(.words) ? fields["words"] : nil
      try await FollowReceipt(call.site).handle(
        .init(try step.action(fields, role: .reporter), words: words), try code(call), nonce: fields["key"] ?? "",
        body: fields.bytes)
      return call.redirect(PageURL.receipt(try code(call).text).link([("done", step.rawValue)]))
    } catch {
      let problem = PageProblem(error, call.words)
      guard ![ProblemKind.unknownReceipt, .internal, .unavailable].contains(problem.kind) else { throw error }
      return try await show(call, Extras(refused: (step, fields, problem)), status: .init(code: problem.kind.status))
    }
  }

  /// Where a code is typed in; one that is given leads to its page.
  private static func find(_ call: PageCall) throws -> Response {
    if let typed = call.query["code"] {
      guard let code = ReceiptCode(typed: typed) else { throw ReceiptUnknown() }
      return call.redirect(PageURL.receipt(code.text).path)
    }
    let other = PageURL.receipts.link([("lang", call.language.other.rawValue)])
    return call.page("receiptfind", title: call.words["findTitle"], FindPage(otherURL: other))
  }

  private struct FindPage: Sendable {
    let otherURL: String
    let url = PageURL.receipts.path
    let scanURL = PageURL.scan.path
    let styleURL = PageAssets.link("resident.css")
  }
}
