import Domain
import Features
import Hummingbird

/// What people do to a case, each a noun below it. A satisfied step answers 200 again and changes nothing.
enum StepEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] {
    triage(parts) + custody(parts) + work(parts) + answers(parts) + oversight(parts)
  }

  private static func triage(_ parts: WebParts) -> [Endpoint] {
    [
      step(parts, "judgement", [.judged], JudgementInput.self, zh: "定类", en: "Judge what it is about",
           problems: [.unknownKind, .kindNotLeaf]) { input, _ in
        .init(.judge(.init(kind: input.kind, severity: input.severity)))
      },
      step(parts, "assignment", [.assigned], AssignmentInput.self, zh: "派单", en: "Assign to an agency",
           problems: [.unknownAgency, .notJudged, .dangerForbidsDiversion]) { input, _ in
        .init(.assign(.init(agency: input.agency, supporting: try input.checkedSupporting)))
      },
      step(parts, "joint-order", [.jointlyOrdered], AssignmentInput.self, zh: "指定交办", en: "Order jointly",
           problems: [.unknownAgency, .notJudged, .dangerForbidsDiversion]) { input, _ in
        .init(.orderJointly(.init(agency: input.agency, supporting: try input.checkedSupporting)))
      },
    ]
  }

  private static func custody(_ parts: WebParts) -> [Endpoint] {
    [
      step(parts, "signature", [.signed, .squadSigned], NothingInput.self, zh: "签收", en: "Sign") { _, role in
        .init(role == .squadMember ? .squadSign : .sign)
      },
      step(parts, "refusal", [.refused], ReasonInput.self, zh: "退回", en: "Refuse",
           problems: [.jointOrderBinds, .textTooLong]) { input, _ in
        .init(.refuse(reason: try input.checkedReason, note: nil), words: input.words)
      },
      step(parts, "hand-back", [.handedBack], ReasonInput.self, zh: "退还来件渠道", en: "Hand back to the desk",
           problems: [.textTooLong]) { input, _ in
        .init(.handBack(reason: try input.checkedReason, note: nil), words: input.words)
      },
    ]
  }

  private static func work(_ parts: WebParts) -> [Endpoint] {
    [
      step(parts, "dispatch", [.dispatched], DispatchInput.self, zh: "派队", en: "Send a squad",
           problems: [.unknownSquad]) { input, _ in
        .init(.dispatch(squad: input.squad, reasons: try input.checkedReasons))
      },
      step(parts, "departure", [.setOut], NothingInput.self, zh: "出发", en: "Set out") { _, _ in .init(.setOut) },
      step(parts, "arrival", [.arrived], NothingInput.self, zh: "到达", en: "Arrive") { _, _ in .init(.arrive) },
      step(parts, "outcome", [.concluded], OutcomeInput.self, zh: "处置结果", en: "What was done",
           problems: [.textTooLong, .lossOutOfRange, .kindWithoutLosses]) { input, _ in
        .init(.conclude(input.outcome, note: nil, loss: try input.checkedLoss), words: input.words)
      },
    ]
  }

  private static func answers(_ parts: WebParts) -> [Endpoint] {
    [
      step(parts, "feedback", [.answered], FeedbackInput.self, zh: "反馈诉求人", en: "Answer the reporter",
           problems: [.textTooLong]) { input, _ in
        .init(.answer(channel: input.channel.rawValue, note: nil), words: input.words)
      },
      step(parts, "confirmation", [.confirmed], NothingInput.self, zh: "诉求人认可", en: "The reporter agrees") { _, _ in
        .init(.confirm)
      },
      step(parts, "rating", [.rated], RatingInput.self, zh: "满意度", en: "Rate", problems: [.starsOutOfRange]) {
        input, _ in .init(.rate(stars: input.stars))
      },
      step(parts, "complaint", [.complained], WordsInput.self, zh: "投诉", en: "Complain",
           problems: [.textTooLong]) { input, _ in .init(.complain(note: nil), words: input.words) },
      step(parts, "closure", [.closed], NothingInput.self, zh: "办结", en: "Close",
           problems: [.noAnswerYet]) { _, _ in .init(.close) },
      step(parts, "reopening", [.reopened], ReasonInput.self, zh: "重办", en: "Reopen",
           problems: [.textTooLong]) { input, _ in
        .init(.reopen(reason: try input.checkedReason, note: nil), words: input.words)
      },
    ]
  }

  private static func oversight(_ parts: WebParts) -> [Endpoint] {
    [
      step(parts, "pause", [.paused], ReasonInput.self, zh: "暂停计时", en: "Pause the clocks",
           problems: [.textTooLong, .alreadyPaused]) { input, _ in
        .init(.pause(reason: try input.checkedReason, note: nil), words: input.words)
      },
      step(parts, "resumption", [.resumed], CodeInput.self, zh: "恢复计时", en: "Resume the clocks",
           problems: [.notPaused]) { input, _ in .init(.resume(reason: try input.checkedReason)) },
      step(parts, "rectification", [.rectified], WordsInput.self, zh: "整改完成", en: "Rectified",
           problems: [.textTooLong]) { input, _ in .init(.rectify(note: nil), words: input.words) },
      step(parts, "note", [.noted], NoteInput.self, zh: "附言", en: "Add a note",
           problems: [.textTooLong]) { input, _ in .init(.addNote(note: nil), words: input.words) },
    ]
  }

  // MARK: -

  /// One noun. Who may call it is what the table of transitions says.
  private static func step<Input: JSONInput>(
    _ parts: WebParts, _ noun: String, _ steps: [Step], _ type: Input.Type, zh: String, en: String,
    problems: [ProblemKind] = [],
    request: @Sendable @escaping (Input, Role) throws -> HandleCase.Request
  ) -> Endpoint {
    let handle = HandleCase(parts.site)
    let isOptional = Input.isOptional
    return Endpoint(
      .post, "/api/v1/cases/{id}/\(noun)", "post" + noun.camelCased, zh: zh, en: en, access: .scope(.casesWrite),
      roles: steps.reduce(into: []) { $0.formUnion(Transitions.of($1).by) },
      parameters: [.idempotencyKey()] + HandleCase.PhoneClock.parameters, body: Input.schema,
      isBodyOptional: isOptional, answer: .json(CaseView.schema), problems: ProblemKind.caseRules + problems
    ) { call in
      let id = try call.identifier("id")
      let actor = try call.actor
      let (input, bytes) = isOptional ? try await call.optionalBody(type) : try await call.body(type)
      let wish = try request(input, actor.role)
      let summary = try await handle(
        .init(wish.action, note: wish.note, phone: HandleCase.PhoneClock(call.request)), case: id, by: actor,
        key: call.requestKey(bytes))
      return try JSON.response(CaseView(summary))
    }
  }
}

extension JSONInput {
  /// Without a required field, the whole body may be left out.
  static var isOptional: Bool { (try? JSONReader.decode(Self.self, from: Array("{}".utf8))) != nil }
}

extension String {
  /// `hand-back` as `HandBack`.
  var camelCased: String { split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() }
}
