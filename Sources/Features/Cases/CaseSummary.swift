import Domain

/// A case as lists, answers and the live feed show it: no personal data.
public struct CaseSummary: Sendable, Hashable, Codable {
  public let id: String
  public let version: Int
  public let phase: Phase
  public let phaseSince: Instant
  public let holder: Holder
  public let kind: String?
  public let jurisdiction: Jurisdiction?
  public let severity: Severity
  public let agency: String?
  public let squad: String?
  public let door: String
  public let division: String
  public let place: String?
  public let point: Coordinate?
  public let reports: Int
  public let isDangerous: Bool
  public let outcome: Outcome?
  public let openedAt: Instant
  public let dueAt: Instant?
  public let closedAt: Instant?
  public let pausedAt: Instant?
  public let mergedInto: String?
  /// How often an agency refused it.
  public let refusals: Int
  /// How often it came back after work on it: handed back, reopened, or reported again after closure.
  public let returns: Int
}

extension CaseSummary {
  public init(_ state: CaseState) {
    self.init(
      id: state.id, version: state.version, phase: state.phase, phaseSince: state.phaseSince, holder: state.holder,
      kind: state.judgement?.kind, jurisdiction: state.judgement?.jurisdiction,
      severity: state.judgement?.severity ?? .ordinary, agency: state.assignment?.agency ?? state.agency,
      squad: state.squadAtWork, door: state.firstReport.door, division: state.firstReport.division,
      place: state.firstReport.place, point: state.firstReport.point, reports: state.reports.count,
      isDangerous: !state.dangers.isEmpty, outcome: state.outcome, openedAt: state.firstReportAt,
      dueAt: state.pausedAt == nil ? state.openDues.map(\.at).min() : nil, closedAt: state.closedAt,
      pausedAt: state.pausedAt, mergedInto: state.mergedInto, refusals: state.refusals, returns: state.returns)
  }
}

extension CaseState {
  /// How often it came back after work on it: hand-backs, reopenings, and reports that marked a closure as returned.
  var returns: Int { assignments.count { $0.handBack != nil } + rounds.count - 1 + returnedBy.count }
}
