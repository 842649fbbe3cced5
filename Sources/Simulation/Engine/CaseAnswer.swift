import Domain
import Features

/// The case after something was done to it: as much of it as people go by.
public struct CaseAnswer: Sendable, Hashable, Decodable {
  public let id: String
  let phase: Phase
  let kind: String?
  let agency: String?
  let squad: String?
  let division: String
  let severity: Severity
  let isDangerous: Bool
  let mergedInto: String?
  let isPaused: Bool
  /// In virtual time; nil where the clock is another.
  let dueAt: Instant?

  init(_ summary: CaseSummary) {
    id = summary.id
    phase = summary.phase
    kind = summary.kind
    agency = summary.agency
    squad = summary.squad
    division = summary.division
    severity = summary.severity
    isDangerous = summary.isDangerous
    mergedInto = summary.mergedInto
    isPaused = summary.pausedAt != nil
    dueAt = summary.dueAt
  }

  private enum CodingKeys: CodingKey {
    case id, phase, kind, agency, squad, division, severity, isDangerous, mergedInto, pausedAt
  }

  /// As the API writes a case.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(String.self, forKey: .id)
    phase = try values.decode(Phase.self, forKey: .phase)
    kind = try values.decodeIfPresent(String.self, forKey: .kind)
    agency = try values.decodeIfPresent(String.self, forKey: .agency)
    squad = try values.decodeIfPresent(String.self, forKey: .squad)
    division = try values.decode(String.self, forKey: .division)
    severity = try values.decode(Severity.self, forKey: .severity)
    isDangerous = try values.decode(Bool.self, forKey: .isDangerous)
    mergedInto = try values.decodeIfPresent(String.self, forKey: .mergedInto)
    isPaused = values.contains(.pausedAt)
    dueAt = nil
  }
}
