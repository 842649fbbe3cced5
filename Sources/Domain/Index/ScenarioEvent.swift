/// The same kind at the same place in the same hours: one scenario, whichever edition suggests it. Fields are storage
/// formats.
public struct Scenario: Sendable, Hashable, Codable {
  public let kind: String
  public let place: String
  /// Hours of the day from the first up to the last, which is not included; over midnight where the last is earlier.
  public let from: Int
  public let to: Int

  public init(kind: String, place: String, from: Int, to: Int) {
    self.kind = kind
    self.place = place
    self.from = from
    self.to = to
  }

  /// Another one of the same kind at the same place that shares hours with this: what was decided about the one is worth
  /// knowing for the other.
  public func isAkin(to other: Scenario) -> Bool {
    self != other && kind == other.kind && place == other.place && !hours.isDisjoint(with: other.hours)
  }

  private var hours: Set<Int> {
    let end = to > from ? to : to + 24
    return Set((from..<end).map { $0 % 24 })
  }
}

/// What an edition said of a scenario when it was decided about. Fields are storage formats.
public struct ScenarioEvidence: Sendable, Hashable, Codable {
  /// The edition's number, and its days.
  public let edition: Int
  public let firstDay: String
  public let lastDay: String
  /// Reports, rounded down so that no small count is told.
  public let atLeast: Int
  /// Of all reports of the kind, those in these hours: at the place, and elsewhere.
  public let share: Double
  public let shareElsewhere: Double

  public init(edition: Int, firstDay: String, lastDay: String, atLeast: Int, share: Double, shareElsewhere: Double) {
    self.edition = edition
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.atLeast = atLeast
    self.share = share
    self.shareElsewhere = shareElsewhere
  }
}

/// What people decided about a suggested scenario. Raw values are storage formats.
public enum ScenarioVerdict: String, Sendable, Hashable, Codable, CaseIterable {
  case accepted, refused

  /// The reasons that are offered, as words of the journal. What does not fit is said in full beside it.
  public var reasons: [String] {
    switch self {
    case .accepted: ["seen-on-site", "known-to-residents", "clear-evidence", "other"]
    case .refused: ["in-hand", "passed", "not-so", "no-means", "other"]
    }
  }
}

/// A decision; its kind in the journal is its verdict. Fields are storage formats.
public struct ScenarioEvent: Sendable, Hashable {
  public struct Body: Sendable, Hashable, Codable {
    public let scenario: Scenario
    public let evidence: ScenarioEvidence
    /// Of whoever decided.
    public let role: Role
    public let reason: String
    /// Where the vault holds the reason in full.
    public let note: String?

    public init(scenario: Scenario, evidence: ScenarioEvidence, role: Role, reason: String, note: String?) {
      self.scenario = scenario
      self.evidence = evidence
      self.role = role
      self.reason = reason
      self.note = note
    }
  }

  public let verdict: ScenarioVerdict
  public let body: Body

  public init(_ verdict: ScenarioVerdict, _ body: Body) {
    self.verdict = verdict
    self.body = body
  }
}
