/// A squad for a case, with the reasons for and against in words of a fixed list, so that each language has its own.
///
/// For: `on-shift`, `free`, `nearest`, `metres:850`, `last-seen` or `base` (what the distance was taken from),
/// `skill:mediator`, `own-town`, `own-agency`. Against: `off-shift`, `busy:CASE`, `no-vehicle`, `lacks:mediator`.
/// A squad that is off shift, busy, or without a vehicle where hurry is, is not eligible; one that lacks a skill is,
/// behind those that have it.
public struct DispatchProposal: Sendable, Hashable {
  public let squad: String
  public let isEligible: Bool
  /// From where the squad was last seen, else from its base; nil where the case has no point.
  public let metres: Double?
  public let reasons: [String]
  public let against: [String]

  /// What the case asks for.
  public struct Need: Sendable, Hashable {
    public let point: Coordinate?
    public let division: String
    /// The responsible agency.
    public let agency: String?
    public let severity: Severity
    public let skills: [String]

    public init(point: Coordinate?, division: String, agency: String?, severity: Severity, skills: [String]) {
      self.point = point
      self.division = division
      self.agency = agency
      self.severity = severity
      self.skills = skills
    }

    /// What a case as it stands asks for.
    public init(_ state: CaseState, pack: CityPack) {
      let kind = state.judgement.flatMap { pack.kind($0.kind) }
      self.init(point: state.firstReport.point, division: state.firstReport.division,
                agency: state.agency ?? state.assignment?.agency, severity: state.judgement?.severity ?? .ordinary,
                skills: kind?.skills ?? [])
    }

    var isHurried: Bool { severity == .critical || severity == .urgent }
  }

  /// A squad as it is now.
  public struct Candidate: Sendable, Hashable {
    public let plan: SquadPlan
    public let duty: Roster.Duty
    /// The case that it is on.
    public let caseInHand: String?
    /// Where it was last seen, if lately enough to mean anything.
    public let lastSeen: Coordinate?

    public init(plan: SquadPlan, duty: Roster.Duty, caseInHand: String? = nil, lastSeen: Coordinate? = nil) {
      self.plan = plan
      self.duty = duty
      self.caseInHand = caseInHand
      self.lastSeen = lastSeen
    }
  }

  /// All candidates: the eligible ones first, best first. Compared by, in this order:
  /// - critical and urgent cases: eligible; metres; skills lacked; own town; own agency; code
  /// - others: eligible; skills lacked; own town; own agency; metres; code
  ///
  /// Without a point all distances are equal. The same input gives the same order, whatever the order of candidates.
  public static func rank(_ need: Need, _ candidates: [Candidate], pack: CityPack) -> [DispatchProposal] {
    let sorted = candidates.map { Judged(need, $0, pack) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let nearest = sorted.lazy.filter(\.isEligible).compactMap(\.metres).min()
    return sorted.map { $0.proposal(nearest: nearest) }
  }
}

private struct Judged {
  let need: DispatchProposal.Need
  let candidate: DispatchProposal.Candidate
  let metres: Double?
  let isOwnTown: Bool
  let isOwnAgency: Bool
  let lacks: [String]

  init(_ need: DispatchProposal.Need, _ candidate: DispatchProposal.Candidate, _ pack: CityPack) {
    self.need = need
    self.candidate = candidate
    metres = need.point.map { $0.distanceMetres(to: candidate.lastSeen ?? candidate.plan.base) }
    isOwnTown = pack.isDivision(need.division, within: candidate.plan.division)
    isOwnAgency = need.agency == candidate.plan.agency
    lacks = need.skills.filter { !candidate.duty.skills.contains($0) }
  }

  var isOnShift: Bool { !candidate.duty.members.isEmpty }
  var isWithoutVehicle: Bool { need.isHurried && candidate.duty.gaps.contains(.noVehicle) }
  var isEligible: Bool { isOnShift && candidate.caseInHand == nil && !isWithoutVehicle }

  /// Smaller is better.
  var key: [SortKey] {
    let distance = [SortKey.number(metres ?? 0)]
    let fitness: [SortKey] = [.number(Double(lacks.count)), .number(isOwnTown ? 0 : 1), .number(isOwnAgency ? 0 : 1)]
    return [.number(isEligible ? 0 : 1)] + (need.isHurried ? distance + fitness : fitness + distance)
      + [.text(candidate.plan.code)]
  }

  func proposal(nearest: Double?) -> DispatchProposal {
    var reasons: [String] = []
    if isOnShift { reasons.append("on-shift") }
    if candidate.caseInHand == nil { reasons.append("free") }
    if let metres {
      if isEligible, metres == nearest { reasons.append("nearest") }
      reasons.append("metres:\(Int(metres.rounded()))")
      reasons.append(candidate.lastSeen == nil ? "base" : "last-seen")
    }
    if isOnShift { reasons += need.skills.filter { !lacks.contains($0) }.map { "skill:" + $0 } }
    if isOwnTown { reasons.append("own-town") }
    if isOwnAgency { reasons.append("own-agency") }
    return DispatchProposal(squad: candidate.plan.code, isEligible: isEligible, metres: metres, reasons: reasons,
                            against: against)
  }

  private var against: [String] {
    var against: [String] = []
    if !isOnShift { against.append("off-shift") }
    if let other = candidate.caseInHand { against.append("busy:" + other) }
    if isWithoutVehicle { against.append("no-vehicle") }
    return isOnShift ? against + lacks.map { "lacks:" + $0 } : against
  }
}

private enum SortKey: Comparable {
  case number(Double)
  case text(String)
}
