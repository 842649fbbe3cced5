import Domain
import SQL

/// An edition that somebody asked for at the desk, from the asking to the edition or to why there is none.
public struct EditionMaking: Sendable, Hashable {
  /// Why there is no edition. Raw values are storage formats.
  public enum Failure: String, Sendable, Hashable, Codable, CaseIterable {
    /// The node that made it stopped, or could not be reached for a while. Nobody tries again unasked: what brought one
    /// node down would bring down the next.
    case interrupted
    case failed
  }

  public enum State: Sendable, Hashable {
    case waiting
    case begun(at: Instant)
    case made(number: Int)
    case failed(Failure)
  }

  public let id: String
  public let askedAt: Instant
  /// Of whoever asked; no name.
  public let askedBy: String
  public let query: EditionQuery
  public let state: State
  /// Nil while it is under way.
  public let endedAt: Instant?

  public var isUnderWay: Bool { endedAt == nil }

  static let columns: Statement = """
    id, asked_at, asked_by, first_day, last_day, comparison, division, begun_at, ended_at, number, failure
    """

  /// A row of ``columns``; nil for one of a newer program.
  init?(row: any Row) {
    guard let from = CivilDate(row.text(3)), let to = CivilDate(row.text(4)),
      let comparison = EditionQuery.Comparison(rawValue: row.text(5)),
      let query = EditionQuery(from: from, to: to, comparison: comparison, division: row.optionalText(6))
    else { return nil }
    id = row.text(0)
    askedAt = Instant(milliseconds: row.integer(1))
    askedBy = row.text(2)
    self.query = query
    endedAt = row.optionalInteger(8).map(Instant.init(milliseconds:))
    if let number = row.optionalInteger(9) {
      state = .made(number: Int(number))
    } else if endedAt != nil {
      state = .failed(row.optionalText(10).flatMap(Failure.init(rawValue:)) ?? .failed)
    } else {
      state = row.optionalInteger(7).map { .begun(at: Instant(milliseconds: $0)) } ?? .waiting
    }
  }
}

/// Why an edition is not made.
public enum EditionMakingFault: Error, Sendable, Hashable {
  case notByRole
  /// The division is not the caller's own, or none.
  case elsewhere
  /// The first day lies behind the last.
  case daysOutOfOrder
  /// The last day is not over.
  case notOver
  /// It would share days with what it is compared with, or spans more than a year.
  case tooLong
  /// The pack in force has no `index.json`.
  case noDefinition
  /// Another one is being made: one at a time.
  case underWay
}
