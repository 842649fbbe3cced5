import Domain
import Features

/// Where somebody accepts or refuses a scenario.
struct ScenarioForm: Sendable {
  /// As it was sent, and what is wrong with it.
  struct Failed: Sendable {
    let verdict: ScenarioVerdict
    let fields: PageForm
    let problem: PageProblem
  }

  let action: String
  let heading: String
  let isGrave: Bool
  let isOpen: Bool
  let edition: String
  let key: String
  /// The page that it stands on.
  let origin: String
  let reasons: Choice
  let written: String?
  let fault: PageProblem?

  /// Those of a scenario for somebody; none for who may not decide about it.
  static func all(_ scenario: Scenario, edition: Int, _ standing: ScenarioVerdict?, origin: String,
                  failed: Failed? = nil, _ call: PageCall) throws -> [ScenarioForm] {
    let caller = try call.signedIn
    guard caller.may(.casesWrite), ScenarioDecider.roles.contains(caller.actor.role),
      call.site.pack.isPlace(scenario.place, within: caller.actor.division)
    else { return [] }
    return ScenarioVerdict.allCases.map { verdict in
      ScenarioForm(scenario, verdict, edition: edition, standing, origin: origin,
                   failed: failed?.verdict == verdict ? failed : nil, call)
    }
  }

  private init(_ scenario: Scenario, _ verdict: ScenarioVerdict, edition: Int, _ standing: ScenarioVerdict?,
               origin: String, failed: Failed?, _ call: PageCall) {
    let words = call.words
    action = PageURL.scenarioAct(scenario.id, noun: verdict.noun).path
    let change = standing == nil ? "" : standing == verdict ? ".again" : ".instead"
    heading = words["scenarioDecide." + verdict.rawValue + change]
    isGrave = verdict == .refused
    isOpen = failed != nil
    self.edition = String(edition)
    key = call.site.makeID()
    self.origin = origin
    reasons = Choice("reason", words["field.reason"], none: words["scenarioChooseReason"],
                     verdict.reasons.map { .init(value: $0, text: words["scenarioReason." + $0]) },
                     failed?.fields["reason"])
    written = failed?.fields["words"]
    fault = failed?.problem
  }
}

extension ScenarioVerdict {
  /// As it stands in addresses.
  var noun: String {
    switch self {
    case .accepted: "acceptance"
    case .refused: "refusal"
    }
  }
}
