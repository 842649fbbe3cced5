import Domain
import SQL

/// The ladder of notices: for each missed deadline which rung it has reached, since when, and what became of it.
public struct ListLadder: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// One missed deadline of one case, and the notices about it.
  public struct Stand: Sendable, Hashable {
    public struct Rung: Sendable, Hashable {
      public let notice: DeadlineTable.Rung.Notice
      public let at: Instant
    }

    public let caseID: String
    /// Who answers for the case, whoever the notices were addressed to.
    public let agency: String
    public let division: String
    public let step: DeadlineStep
    public let due: Instant
    /// In the order in which they were climbed; reminders are none.
    public let rungs: [Rung]
    /// Since when nothing is owed any more; nil while it stands.
    public let settledAt: Instant?
    /// The agency's word that what was ordered after its last rung was done.
    public let rectifiedAt: Instant?

    /// The rung it stands on.
    public var rung: Rung { rungs[rungs.count - 1] }
  }

  public static let noticesMax = 5_000

  /// Those that stand, the highest rung first and on it the oldest.
  public func standing(for actor: Actor) async throws -> [Stand] {
    try await stands("n.settled_at IS NULL", for: actor)
  }

  /// Those about which nothing is owed any more since `instant`, in the same order.
  public func settled(since instant: Instant, for actor: Actor) async throws -> [Stand] {
    try await stands("n.settled_at >= \(instant)", for: actor)
  }

  private func stands(_ condition: Statement, for actor: Actor) async throws -> [Stand] {
    let notices = try await site.database.read { connection in
      try connection.all(
        """
        SELECT n.case_id, n.number, n.at, n.notice, n.step, n.started_at, n.due_at, n.rung, n.addressee, n.agency,
          n.division, n.settled_at, n.rectified_at, COALESCE(c.agency, c.desk)
        FROM case_notices n JOIN cases c ON c.district = n.district AND c.id = n.case_id
        WHERE n.district = \(site.district) AND n.notice <> 'reminder' AND \(condition)\(ListNotices.scope(actor))
        ORDER BY n.at DESC, n.case_id, n.number LIMIT \(Self.noticesMax)
        """
      ) { row in
        func instant(_ column: Int) -> Instant? { row.optionalInteger(column).map(Instant.init(milliseconds:)) }
        return Notice(entry: try ListNotices.Entry(row: row), settledAt: instant(11), rectifiedAt: instant(12),
                      owner: row.text(13))
      }
    }
    let byDeadline = Dictionary(grouping: notices) { Deadline($0.entry) }
    return byDeadline.values.map(Self.stand).sorted(by: Self.comesFirst)
  }

  private struct Notice: Sendable {
    let entry: ListNotices.Entry
    let settledAt: Instant?
    let rectifiedAt: Instant?
    let owner: String
  }

  private struct Deadline: Hashable {
    let caseID: String
    let step: DeadlineStep
    let from: Instant

    init(_ entry: ListNotices.Entry) {
      caseID = entry.caseID
      step = entry.event.step
      from = entry.event.from
    }
  }

  private static func stand(_ notices: [Notice]) -> Stand {
    let inOrder = notices.sorted { ($0.entry.at, $0.entry.number) < ($1.entry.at, $1.entry.number) }
    let last = inOrder[inOrder.count - 1]
    return Stand(
      caseID: last.entry.caseID, agency: last.owner, division: last.entry.division,
      step: last.entry.event.step, due: last.entry.event.due,
      rungs: inOrder.map { .init(notice: $0.entry.event.notice, at: $0.entry.at) }, settledAt: last.settledAt,
      rectifiedAt: last.rectifiedAt)
  }

  private static func comesFirst(_ one: Stand, _ other: Stand) -> Bool {
    let order = DeadlineTable.Rung.Notice.allCases
    let (mine, its) = (order.firstIndex(of: one.rung.notice) ?? 0, order.firstIndex(of: other.rung.notice) ?? 0)
    return (its, one.rung.at, one.caseID) < (mine, other.rung.at, other.caseID)
  }
}
