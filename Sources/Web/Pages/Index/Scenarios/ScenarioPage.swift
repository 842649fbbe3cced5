import Domain
import Features
import Hummingbird

/// One scenario: its evidence, what was decided about it and why, and where one decides.
struct ScenarioPage: Sendable {
  struct Line: Sendable {
    let at: Presenter.Time
    let verdict: String
    let verdictCode: String
    let who: String
    let reason: String
    let evidence: String
    /// Of what was written, in the vault.
    let reference: String?
    /// What was written, once somebody has looked.
    let written: String?
  }

  let card: ScenarioCard
  let listURL: String
  let editionURL: String
  let editionText: String
  let wordsURL: String
  let lines: [Line]
  let done: String?
  let styleURL: String

  static let routes: [PageRoute] = [
    .get(.scenario("{id}"), .signedIn) { call in
      try EditionsPage.admit(call)
      return try await show(call, edition: call.query.integer("edition", in: 1...1_000_000))
    },
    .post(.scenarioWords("{id}"), .signedIn) { call in
      try EditionsPage.admit(call)
      let fields = try await call.form()
      let reference = try fields.needed("reference")
      guard Call.isIdentifier(reference) else { throw Problem(.fieldInvalid, field: "reference") }
      let text = try await ScenarioWords(call.site).look(reference, scenario: identifier(call), by: call.actor)
      return try await show(call, said: (reference, text))
    },
  ] + ScenarioVerdict.allCases.map { verdict in
    .post(.scenarioAct("{id}", noun: verdict.noun), .scope(.casesWrite)) { call in try await decide(verdict, call) }
  }

  /// - Throws: ``ProblemKind/unknownScenario``.
  private static func identifier(_ call: PageCall) throws -> String {
    guard let id = call.parameters.get("id"), Call.isIdentifier(id) else { throw ScenarioUnknown() }
    return id
  }

  private static func decide(_ verdict: ScenarioVerdict, _ call: PageCall) async throws -> Response {
    let (id, fields) = (try identifier(call), try await call.form())
    guard let edition = Int(try fields.needed("edition")) else { throw Problem(.fieldInvalid, field: "edition") }
    do {
      try await DecideScenario(call.site)(
        .init(verdict, edition: edition, reason: fields["reason"] ?? "", words: fields["words"]), scenario: id,
        by: call.actor, key: call.requestKey(fields))
    } catch {
      let problem = PageProblem(error, call.words)
      guard problem.kind != .internal, problem.kind != .unknownScenario, problem.kind != .roleForbidden else {
        throw error
      }
      return try await show(call, edition: edition, failed: .init(verdict: verdict, fields: fields, problem: problem))
    }
    let isFromEdition = fields["origin"] == "edition"
    return call.redirect(isFromEdition ? PageURL.edition(String(edition)).path + "#s-" + id
      : PageURL.scenario(id).link([("edition", String(edition)), ("done", verdict.rawValue)]))
  }

  /// - Parameter given: the edition by which one decides; nil for that of the decision that stands.
  private static func show(_ call: PageCall, edition given: Int? = nil, said: (reference: String, text: String)? = nil,
                           failed: ScenarioForm.Failed? = nil) async throws -> Response {
    let (id, presenter, words) = (try identifier(call), call.presenter, call.words)
    let state = try await ListScenarios(call.site).state(id)
    guard let number = given ?? state?.standing.body.evidence.edition,
      let edition = try await EditionStore(call.site).edition(number),
      let suggested = edition.scenarios.first(where: { $0.scenario.id == id })
    else { throw ScenarioUnknown() }
    let decided = try await ListScenarios(call.site).standing()
    let standing = decided[id]
    let akin = decided.values.filter { $0.scenario.isAkin(to: suggested.scenario) }.sorted { $0.id < $1.id }
    let forms = try ScenarioForm.all(suggested.scenario, edition: number, standing?.verdict, origin: "scenario",
                                     failed: failed, call)
    let done: ScenarioVerdict? = try call.query.word("done")
    let page = ScenarioPage(
      card: ScenarioCard(suggested.scenario, evidence: suggested.evidence(of: edition), standing, akin: akin,
                         forms: forms, presenter),
      listURL: PageURL.scenarios.path, editionURL: PageURL.edition(String(number)).path,
      editionText: words("editionNumber", ["n": String(number)]), wordsURL: PageURL.scenarioWords(id).path,
      lines: (state?.decisions ?? []).reversed().map { Line($0, said: said, call) },
      done: done.map { words["scenarioDone." + $0.rawValue] }, styleURL: PageAssets.link("edition.css"))
    return call.page("scenario", title: page.card.kind + " · " + page.card.place, here: .editions,
                     status: failed.map { .init(code: $0.problem.kind.status) } ?? .ok, page)
  }
}

extension ScenarioPage.Line {
  init(_ decision: ScenarioState.Decision, said: (reference: String, text: String)?, _ call: PageCall) {
    let (presenter, words, body) = (call.presenter, call.words, decision.body)
    at = presenter.time(decision.at)
    verdictCode = decision.verdict.rawValue
    verdict = words["scenarioState." + verdictCode]
    who = words[body.role] + " · " + presenter.actor(decision.actor, caller: call.caller?.actor)
    reason = words["scenarioReason." + body.reason]
    evidence = ScenarioCard.text(body.evidence, words)
    written = said?.reference == body.note ? said?.text : nil
    reference = written == nil ? body.note : nil
  }
}
