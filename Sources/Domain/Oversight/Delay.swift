/// A deadline that was missed, by whom and by how much.
public struct Delay: Sendable, Hashable {
  public let `case`: String
  public let agency: String
  public let division: String
  public let step: DeadlineStep
  public let due: Instant
  /// Nil while it is still owed.
  public let doneAt: Instant?
  /// Until it was done, or until now.
  public let late: Elapsed.Time

  /// The missed deadlines of a case as of `at`: signatures, answers and closures, each of every round. A deadline that
  /// stands still in a pause is not missed.
  public static func delays(of state: CaseState, at: Instant, calendar: BusinessCalendar) -> [Delay] {
    (signatures(state) + rounds(state)).compactMap { owed in
      let end = owed.doneAt ?? at
      let isPaused = owed.doneAt == nil && state.pausedAt.map { $0 < owed.due.at } ?? false
      guard end > owed.due.at, !isPaused else { return nil }
      return Delay(case: state.id, agency: owed.agency, division: state.firstReport.division, step: owed.due.step,
                   due: owed.due.at, doneAt: owed.doneAt,
                   late: .init(from: owed.due.at, to: end, calendar: calendar))
    }
  }

  private struct Owed {
    let due: Due
    let agency: String
    /// Done, or asked for no longer.
    let doneAt: Instant?
  }

  private static func signatures(_ state: CaseState) -> [Owed] {
    state.assignments.compactMap { assignment in
      assignment.due.map { Owed(due: $0, agency: assignment.agency, doneAt: assignment.signedAt ?? assignment.voidAt) }
    }
  }

  private static func rounds(_ state: CaseState) -> [Owed] {
    let mergedAt = state.mergedInto == nil ? nil : state.phaseSince
    return state.rounds.flatMap { round in
      let agency = round.agency ?? state.assignment?.agency ?? state.desk
      let feedback = round.feedback.map {
        Owed(due: $0, agency: agency, doneAt: round.answeredAt ?? round.takenBackAt ?? mergedAt)
      }
      let closure = round.closure.map {
        Owed(due: $0, agency: agency, doneAt: round.closedAt ?? round.takenBackAt ?? mergedAt)
      }
      return [feedback, closure].compactMap { $0 }
    }
  }
}
