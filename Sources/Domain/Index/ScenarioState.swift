/// A scenario as its decisions have left it. One that nobody decided about has no state: it is suggested, no more.
public struct ScenarioState: Sendable, Hashable {
  public struct Decision: Sendable, Hashable {
    public let verdict: ScenarioVerdict
    public let body: ScenarioEvent.Body
    public let at: Instant
    /// Who decided, as the journal names them.
    public let actor: String
  }

  public let scenario: Scenario
  /// All of them, the first one first; the last one stands.
  public private(set) var decisions: [Decision]
  public var standing: Decision { decisions[decisions.count - 1] }

  public init(founding event: ScenarioEvent, at: Instant, by actor: String) {
    scenario = event.body.scenario
    decisions = [Decision(verdict: event.verdict, body: event.body, at: at, actor: actor)]
  }

  public mutating func evolve(_ event: ScenarioEvent, at: Instant, by actor: String) {
    decisions.append(Decision(verdict: event.verdict, body: event.body, at: at, actor: actor))
  }
}
