import Domain
import Features

/// A scenario in a list: what it is, on what evidence, and what stands decided. The edition that suggests it never says
/// more than that it does.
struct ScenarioCard: Sendable {
  let id: String
  let url: String
  let kind: String
  let place: String
  let hours: String
  let evidence: String
  let stateCode: String
  let state: String
  /// By whom, when, and why; nil where nobody has decided.
  let decided: String?
  /// What stands decided about the same kind at the same place, an hour or two earlier or later.
  let akin: [Frame.Link]
  let forms: [ScenarioForm]

  init(_ scenario: Scenario, evidence: ScenarioEvidence, _ standing: ListScenarios.Line?,
       akin: [ListScenarios.Line] = [], forms: [ScenarioForm] = [], _ presenter: Presenter) {
    let words = presenter.words
    id = "s-" + scenario.id
    url = PageURL.scenario(scenario.id).link([("edition", String(evidence.edition))])
    kind = presenter.kind(scenario.kind)
    place = Self.place(scenario.place, presenter)
    hours = Self.hours(scenario)
    self.evidence = Self.text(evidence, words)
    stateCode = standing?.verdict.rawValue ?? "suggested"
    state = words["scenarioState." + stateCode]
    decided = standing.map { line in
      Self.decided(role: line.role, reason: line.reason, at: line.at, edition: line.evidence.edition, presenter)
    }
    self.akin = akin.map { line in
      Frame.Link(text: Self.hours(line.scenario) + " " + words["scenarioState." + line.verdict.rawValue],
                 url: PageURL.scenario(line.id).path, isHere: false)
    }
    self.forms = forms
  }

  private static func hours(_ scenario: Scenario) -> String { "\(scenario.from):00–\(scenario.to):00" }

  static func place(_ code: String, _ presenter: Presenter) -> String {
    let name = presenter.place(code)
    guard let place = presenter.pack.place(code) else { return name }
    let division = presenter.division(place.division)
    return presenter.language == .zh ? division + " " + name : name + ", " + division
  }

  static func text(_ evidence: ScenarioEvidence, _ words: Words) -> String {
    words("scenarioEvidence", [
      "n": String(evidence.edition), "from": evidence.firstDay, "to": evidence.lastDay,
      "count": String(evidence.atLeast), "share": EditionPictures.percent(evidence.share),
      "elsewhere": EditionPictures.percent(evidence.shareElsewhere),
    ])
  }

  static func decided(role: Role, reason: String, at: Instant, edition: Int, _ presenter: Presenter) -> String {
    presenter.words("scenarioDecided", [
      "role": presenter.words[role], "at": presenter.time(at).text,
      "reason": presenter.words["scenarioReason." + reason], "n": String(edition),
    ])
  }
}
