/// The six rates and the repeat-report rate. Raw values are storage formats.
public enum Rate: String, Sendable, Hashable, Codable, CaseIterable {
  case signIn = "sign-in"
  case diversion, feedback, completion
  case returnFlow = "return-flow"
  case complaint
  case repeatReport = "repeat-report"

  /// Version of the formulas in ``RateFact/facts(of:)``. A change of any formula raises it.
  public static let formulaVersion = 1
}

extension Step {
  /// Whether any rate may look different afterwards. On the way to a place, on site, reminded or rated: none does, and
  /// most events of a case are of these kinds.
  public var movesRates: Bool {
    switch self {
    case .dispatched, .squadSigned, .setOut, .arrived, .concluded, .confirmed, .rated, .noticed, .rectified, .noted:
      false
    default: true
    }
  }
}

/// One thing that a rate counts: an assignment, a report, a round of a case, as its case's events have left it.
///
/// As of an instant T, over a period: it is in the denominator if `countedAt` lies in the period and the outcome was
/// known by T; in the numerator if it is also a hit; not yet due if it started in the period and the outcome is not
/// known by T. "As of T" means that only events up to T were folded into the state it comes from.
///
/// - sign-in: an assignment not withdrawn in time. Counted, and known, at the signature or the deadline, the earlier.
///   Hit: signed by the deadline.
/// - diversion: a report by a police door judged non-police. Counted at the judgement. Known at the signature of a body
///   that is not the police, else at the sign deadline (before an assignment the feedback's) or a closure, the earlier.
///   Hit: so signed.
/// - feedback: a round. Counted, and known, at the answer or the deadline, the earlier. Hit: answered by the deadline.
/// - completion: a round. Counted, and known, at the closure or the deadline, the earlier. Hit: closed by the deadline
///   and not taken back.
/// - return-flow: a diverted round closed or handed back. Counted then, known at the return window's end. Hit: came
///   back to the police within it.
/// - complaint: a closed round. Counted, and known, at the closure. Hit: with a complaint.
/// - repeat-report: a report judged non-police. Counted at its receipt, known at the judgement. Hit: an earlier one of
///   the same kind at the same place, or of the same case.
///
/// `docs/six-rates.md` tells the same in both languages, with an example.
public struct RateFact: Sendable, Hashable {
  public let rate: Rate
  /// Tells it from the other facts of the same rate in the same case.
  public let key: String
  public let agency: String
  public let division: String
  public let kind: String
  public let door: String
  public let startedAt: Instant
  public let countedAt: Instant
  /// When the outcome is known, which may lie ahead; nil while no clock runs towards it.
  public let knownAt: Instant?
  public let isHit: Bool
}

extension RateFact {
  /// All facts of one case; none of recorded history.
  public static func facts(of state: CaseState) -> [RateFact] {
    // Nobody here worked on a record of the past.
    guard state.recordedAt == nil else { return [] }
    let book = Book(state: state, kind: state.judgement?.kind ?? unsorted)
    var facts = book.signIns()
    guard state.mergedInto == nil else { return facts }
    for (index, round) in state.rounds.enumerated() { facts += book.rounds(round, key: String(index + 1)) }
    if let judgement = state.judgement, judgement.jurisdiction == .nonPolice { facts += book.reports(judgement) }
    return facts
  }

  /// Stands for the kind of a case that nobody has judged yet.
  public static let unsorted = "unsorted"
}

private struct Book {
  let state: CaseState
  let kind: String

  func signIns() -> [RateFact] {
    state.assignments.enumerated().compactMap { index, assignment in
      guard let due = assignment.due else { return nil }
      // Withdrawn in time: it asked nothing of the agency any more.
      if assignment.signedAt == nil, let void = assignment.voidAt, void < due.at { return nil }
      let settled = min(assignment.signedAt ?? due.at, due.at)
      let isOpen = assignment.signedAt == nil && assignment.stands
      return fact(.signIn, String(index + 1), agency: assignment.agency, started: assignment.at, counted: settled,
                  known: isOpen ? running(due) : settled, isHit: assignment.signedAt.map { $0 <= due.at } ?? false)
    }
  }

  func rounds(_ round: CaseState.Round, key: String) -> [RateFact] {
    let agency = round.agency ?? state.assignment?.agency ?? state.desk
    var facts: [RateFact] = []
    if let due = round.feedback {
      let settled = min(round.answeredAt ?? due.at, due.at)
      facts.append(fact(.feedback, key, agency: agency, started: round.from, counted: settled,
                        known: round.answeredAt == nil ? running(due) : settled,
                        isHit: round.answeredAt.map { $0 <= due.at } ?? false))
    }
    // Reopened before it was closed or due: the next round answers for it.
    if let due = round.closure, round.closedAt != nil || round.takenBackAt.map({ $0 >= due.at }) ?? true {
      let settled = min(round.closedAt ?? due.at, due.at)
      facts.append(fact(.completion, key, agency: agency, started: round.from, counted: settled,
                        known: round.closedAt == nil ? running(due) : settled,
                        isHit: round.takenBackAt == nil && round.closedAt.map { $0 <= due.at } ?? false))
    }
    if let closed = round.closedAt {
      facts.append(fact(.complaint, key, agency: agency, started: closed, counted: closed, known: closed,
                        isHit: round.complainedAt != nil))
    }
    return facts + returnFlow(round, key: key, agency: agency)
  }

  private func returnFlow(_ round: CaseState.Round, key: String, agency: String) -> [RateFact] {
    if let back = round.handedBack {
      return [fact(.returnFlow, key, agency: back.agency, started: back.at, counted: back.at, known: back.windowEnd,
                   isHit: true)]
    }
    guard let closed = round.closedAt, let end = round.returnWindowEnd else { return [] }
    return [fact(.returnFlow, key, agency: agency, started: closed, counted: closed, known: end,
                 isHit: round.returnedAt.map { $0 <= end } ?? false)]
  }

  func reports(_ judgement: CaseState.Judgement) -> [RateFact] {
    let agency = state.assignment?.agency ?? state.desk
    return state.reports.enumerated().flatMap { index, report in
      let judgedAt = max(judgement.since, report.joinedAt)
      let isRepeat = index > 0 || judgement.repeats[report.facts.id] != nil
      var facts = [
        fact(.repeatReport, report.facts.id, agency: agency, door: report.facts.door, started: report.facts.receivedAt,
             counted: report.facts.receivedAt, known: judgedAt, isHit: isRepeat)
      ]
      if report.facts.isPoliceDoor {
        let signed = state.signedByOtherThanPoliceAt
        facts.append(fact(.diversion, report.facts.id, agency: agency, door: report.facts.door, started: judgedAt,
                          counted: judgedAt, known: (signed ?? undivertedAt).map { max(judgedAt, $0) },
                          isHit: signed != nil))
      }
      return facts
    }
  }

  /// Unsigned, it is known not to be diverted once the assignment's deadline, or else the feedback's, has passed, or
  /// the case was closed before.
  private var undivertedAt: Instant? {
    let due = (state.assignment?.due ?? state.rounds[0].feedback).flatMap(running)
    let closed = state.rounds.lazy.compactMap(\.closedAt).first
    guard let due, let closed else { return due ?? closed }
    return min(due, closed)
  }

  /// The deadline, unless the clocks stand still before it.
  private func running(_ due: Due) -> Instant? {
    guard let paused = state.pausedAt, paused < due.at else { return due.at }
    return nil
  }

  private func fact(
    _ rate: Rate, _ key: String, agency: String, door: String? = nil, started: Instant, counted: Instant,
    known: Instant?, isHit: Bool
  ) -> RateFact {
    RateFact(rate: rate, key: key, agency: agency, division: state.firstReport.division, kind: kind,
             door: door ?? state.firstReport.door, startedAt: started, countedAt: counted, knownAt: known,
             isHit: isHit)
  }
}
