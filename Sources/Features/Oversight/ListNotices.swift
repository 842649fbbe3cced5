import Domain
import SQL

/// The inbox of notices: reminders, warning notices, supervision orders and rectifications, the newest first.
///
/// An agency sees those addressed to it, also about cases that it never opened; supervisors, coordinators and the
/// desks see those of their division.
public struct ListNotices: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Entry: Sendable, Hashable {
    public let caseID: String
    public let number: Int
    public let at: Instant
    public let event: CaseEvent.Noticed
    public let division: String
    public var cursor: Cursor { Cursor(at: at, caseID: caseID, number: number) }
  }

  /// The last entry of a page. As text `milliseconds-case-number`.
  public struct Cursor: Sendable, Hashable {
    public let at: Instant
    public let caseID: String
    public let number: Int

    init(at: Instant, caseID: String, number: Int) {
      self.at = at
      self.caseID = caseID
      self.number = number
    }

    public init?(_ text: String) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 3, let at = Int64(parts[0]), let number = Int(parts[2]) else { return nil }
      self.init(at: Instant(milliseconds: at), caseID: String(parts[1]), number: number)
    }

    public var text: String { "\(at.milliseconds)-\(caseID)-\(number)" }
  }

  public static let pageSizeMax = 500

  /// - Parameters:
  ///   - from: start of the period; `to` is not itself in it.
  ///   - cursor: the last entry of the page before.
  public func callAsFunction(
    from: Instant, to: Instant, for actor: Actor, after cursor: Cursor? = nil, limit: Int = 100
  ) async throws -> [Entry] {
    try await site.database.read { connection in
      try Self.entries(
        site, from: from, to: to, scope: Self.scope(actor), after: cursor, limit: min(max(limit, 1), Self.pageSizeMax),
        on: connection)
    }
  }

  static func entries(
    _ site: Installation, from: Instant, to: Instant, scope: Statement, after cursor: Cursor?, limit: Int,
    on connection: any Connection
  ) throws -> [Entry] {
    let behind: Statement = cursor.map {
      " AND (n.at, n.case_id, n.number) < (\($0.at), \($0.caseID), \($0.number))"
    } ?? ""
    return try connection.all(
      """
      SELECT n.case_id, n.number, n.at, n.notice, n.step, n.started_at, n.due_at, n.rung, n.addressee, n.agency,
        n.division
      FROM case_notices n
      WHERE n.district = \(site.district) AND n.at >= \(from) AND n.at < \(to)\(scope)\(behind)
      ORDER BY n.at DESC, n.case_id DESC, n.number DESC LIMIT \(limit)
      """, Entry.init(row:))
  }

  static func scope(_ actor: Actor) -> Statement {
    switch actor.role {
    case .system: ""
    case .agency: " AND n.agency = \(actor.agency ?? "")"
    case .squadMember, .reporter: " AND 1 = 0"
    default: " AND \(Statement.within("n.division", actor.division))"
    }
  }
}

extension ListNotices.Entry {
  init(row: any Row) throws {
    guard let notice = DeadlineTable.Rung.Notice(rawValue: row.text(3)), let step = DeadlineStep(rawValue: row.text(4))
    else { throw DatabaseError.failed("case_notices: a word that is none of ours") }
    func instant(_ column: Int) -> Instant { Instant(milliseconds: row.integer(column)) }
    self.init(
      caseID: row.text(0), number: row.int(1), at: instant(2),
      event: .init(notice: notice, step: step, from: instant(5), due: instant(6), rung: row.int(7),
                   addressee: row.text(8), agency: row.text(9)),
      division: row.text(10))
  }
}
