import Domain
import Features

/// The scenarios that stand accepted, or were refused.
struct ScenariosPage: Sendable {
  let tabs: [Frame.Link]
  let verdicts: [Frame.Link]
  let heading: String
  let cards: [ScenarioCard]
  let none: String
  let styleURL: String

  static let route = PageRoute.get(.scenarios, .signedIn) { call in
    try EditionsPage.admit(call)
    let verdict: ScenarioVerdict = try call.query.word("verdict") ?? .accepted
    let words = call.words
    let lines = try await ListScenarios(call.site)(verdict)
    return call.page("scenarios", title: words["scenarios"], here: .editions, ScenariosPage(
      tabs: IndexTabs.links(.scenarios, words),
      verdicts: ScenarioVerdict.allCases.map {
        Frame.Link(text: words["scenarioState." + $0.rawValue],
                   url: PageURL.scenarios.link([("verdict", $0.rawValue)]), isHere: $0 == verdict)
      },
      heading: words["scenarioState." + verdict.rawValue],
      cards: lines.map { ScenarioCard($0.scenario, evidence: $0.evidence, $0, call.presenter) },
      none: words["scenarioNone." + verdict.rawValue], styleURL: PageAssets.link("edition.css")))
  }
}
