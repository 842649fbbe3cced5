import Domain
import Features
import Hummingbird

/// Suggested scenarios: what people decided about them, and deciding.
enum ScenarioEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] {
    [suggested(parts), list(parts), read(parts)] + ScenarioVerdict.allCases.map { decide($0, parts) }
      + [look(parts), erase(parts)]
  }

  private static let path = "/api/v1/scenarios"

  private static func suggested(_ parts: WebParts) -> Endpoint {
    let list = ListScenarios(parts.site)
    return Endpoint(
      .get, "/api/v1/editions/{number}/scenarios", "listSuggestedScenarios",
      zh: "一期建议的场景,及如今的决定", en: "The scenarios that an edition suggests, and what stands decided",
      access: .scope(.ratesRead), roles: ListScenarios.readers,
      answer: .json(.object([.required("scenarios", .list(ScenarioView.schema))])), problems: [.unknownEdition]
    ) { call in
      let edition = try await EditionEndpoints.edition(call, parts)
      let decided = try await list.standing()
      return try JSON.response(["scenarios": edition.scenarios.map { suggested in
        ScenarioView(suggested.scenario, evidence: suggested.evidence(of: edition), decided[suggested.scenario.id])
      }])
    }
  }

  private static func list(_ parts: WebParts) -> Endpoint {
    let list = ListScenarios(parts.site)
    return Endpoint(
      .get, path, "listScenarios", zh: "已作决定的场景,最新在前", en: "The scenarios that were decided about, the latest first",
      access: .scope(.ratesRead), roles: ListScenarios.readers,
      parameters: [.query("verdict", .words(ScenarioVerdict.self), "只列采纳或不采纳的", "Only those accepted, or refused")],
      answer: .json(.object([.required("scenarios", .list(ScenarioView.schema))]))
    ) { call in
      let lines = try await list(call.query.word("verdict"))
      return try JSON.response(["scenarios": lines.map { ScenarioView($0.scenario, evidence: $0.evidence, $0) }])
    }
  }

  private static func read(_ parts: WebParts) -> Endpoint {
    let list = ListScenarios(parts.site)
    return Endpoint(
      .get, path + "/{id}", "readScenario", zh: "一个场景的历次决定", en: "All decisions about a scenario",
      access: .scope(.ratesRead), roles: ListScenarios.readers, answer: .json(ScenarioHistoryView.schema),
      problems: [.unknownScenario]
    ) { call in
      guard let state = try await list.state(call.identifier("id", orElse: .unknownScenario)) else {
        throw ScenarioUnknown()
      }
      return try JSON.response(ScenarioHistoryView(state))
    }
  }

  private static func decide(_ verdict: ScenarioVerdict, _ parts: WebParts) -> Endpoint {
    let (decide, list) = (DecideScenario(parts.site), ListScenarios(parts.site))
    let (zh, en) = verdict == .accepted ? ("采纳一个建议的场景", "Accept a suggested scenario")
      : ("不采纳一个建议的场景", "Refuse a suggested scenario")
    return Endpoint(
      .post, "\(path)/{id}/\(verdict.noun)", "postScenario" + verdict.noun.camelCased, zh: zh, en: en,
      access: .scope(.casesWrite), roles: ScenarioDecider.roles, parameters: [.idempotencyKey()],
      body: ScenarioInput.schema,
      answer: .json(ScenarioHistoryView.schema),
      problems: [
        .unknownScenario, .notAllowedThere, .reasonMissing, .olderEvidence, .textTooLong, .idempotencyKeyInvalid,
        .idempotencyKeyReused,
      ]
    ) { call in
      let id = try call.identifier("id", orElse: .unknownScenario)
      let (input, bytes) = try await call.body(ScenarioInput.self)
      try await decide(.init(verdict, edition: input.edition, reason: input.reason, words: input.words), scenario: id,
                       by: call.actor, key: call.requestKey(bytes))
      guard let state = try await list.state(id) else { throw ScenarioUnknown() }
      return try JSON.response(ScenarioHistoryView(state))
    }
  }

  // MARK: - What was written

  private static func look(_ parts: WebParts) -> Endpoint {
    let words = ScenarioWords(parts.site)
    return Endpoint(
      .get, path + "/{id}/words/{reference}", "readScenarioWords", zh: "决定的说明;每次查看均有留痕",
      en: "What was written of a decision; every look is journalled", access: .scope(.ratesRead),
      roles: ListScenarios.readers, answer: .json(.object([.required("text", .string())])),
      problems: [.unknownScenario, .unknownWords, .wordsErased]
    ) { call in
      let text = try await words.look(
        call.identifier("reference", orElse: .unknownWords), scenario: call.identifier("id", orElse: .unknownScenario),
        by: call.actor)
      return try JSON.response(["text": text])
    }
  }

  private static func erase(_ parts: WebParts) -> Endpoint {
    let words = ScenarioWords(parts.site)
    return Endpoint(
      .delete, path + "/{id}/words/{reference}", "eraseScenarioWords", zh: "删除决定的说明,不可恢复",
      en: "Erase what was written of a decision, for good", access: .scope(.admin),
      roles: AccountEndpoints.administrators,
      parameters: [.query("reason", .words(EraseEntry.Reason.self), "删除缘由", "Why", isRequired: true)],
      answer: .empty, problems: [.unknownScenario, .unknownWords, .notAllowedThere]
    ) { call in
      guard let reason = try call.query.word("reason", EraseEntry.Reason.self) else {
        throw call.query.invalid("reason")
      }
      try await words.erase(
        call.identifier("reference", orElse: .unknownWords), scenario: call.identifier("id", orElse: .unknownScenario),
        reason: reason, by: call.signedIn)
      return Response(status: .noContent)
    }
  }
}

struct ScenarioInput: JSONInput {
  /// The number of the edition that suggests it.
  let edition: Int
  let reason: String
  let words: String?

  static let schema = Schema.object([
    .required("edition", .integer(1...1_000_000)),
    .required("reason", .words(Set(ScenarioVerdict.allCases.flatMap(\.reasons)).sorted())), .optional("words", .words),
  ]).named("ScenarioInput")
}
