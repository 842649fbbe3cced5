import Domain
import Journal
import SQL

/// The numbered documents that went out: those of somebody's division, or sent to their agency, the newest first; and
/// each with the case as it stood when it went out.
public struct ListDocuments: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Entry: Sendable, Hashable {
    public let caseID: String
    public let version: Int
    public let sort: DocumentRules.Sort
    public let year: Int
    public let number: Int
    public let text: String
    /// The body that it was sent to.
    public let agency: String
    public let division: String
    public let at: Instant
  }

  public static let pageSize = 100

  /// - Parameters:
  ///   - sort: only these.
  ///   - year: of the number.
  ///   - number: only those below, for the next page of one sort and year.
  public func callAsFunction(_ sort: DocumentRules.Sort, year: Int, below number: Int? = nil, for actor: Actor)
    async throws -> [Entry]
  {
    try await site.database.read { connection in
      try connection.all(
        """
        SELECT \(Entry.columns) FROM case_documents d
        WHERE d.district = \(site.district) AND d.sort = \(sort.rawValue) AND d.year = \(year)
          AND d.number < \(number ?? .max)\(scope(actor))
        ORDER BY d.number DESC LIMIT \(Self.pageSize)
        """, Entry.init(row:))
    }
  }

  /// One document, and its case up to it.
  /// - Throws: ``Domain/Rejection/unknownCase`` where there is none, or it is not the caller's to see.
  public func one(_ id: String, version: Int, for actor: Actor) async throws -> (entry: Entry, state: CaseState) {
    try await site.database.read { connection in
      let entry = try connection.first(
        """
        SELECT \(Entry.columns) FROM case_documents d
        WHERE d.district = \(site.district) AND d.case_id = \(id) AND d.version = \(version)
        """, Entry.init(row:))
      let events = try site.journal.read(stream: CaseRecord.stream(id), on: connection)
      guard let entry, let now = try CaseRecord(id: id, events: events),
        let then = try CaseRecord(id: id, events: events.filter { $0.version <= version }),
        CaseScope(actor).includes(now.state) || actor.role == .agency && actor.agency == entry.agency
      else { throw Rejection.unknownCase }
      return (entry, then.state)
    }
  }

  private func scope(_ actor: Actor) -> Statement {
    switch actor.role {
    case .system: ""
    case .agency: " AND d.agency = \(actor.agency ?? "")"
    case .squadMember, .reporter: " AND 1 = 0"
    default: " AND \(Statement.within("d.division", actor.division))"
    }
  }
}

extension ListDocuments.Entry {
  static let columns: Statement = "d.case_id, d.version, d.sort, d.year, d.number, d.text, d.agency, d.division, d.at"

  init(row: any Row) throws {
    guard let sort = DocumentRules.Sort(rawValue: row.text(2)) else {
      throw DatabaseError.failed("case_documents: a sort that is none of ours")
    }
    self.init(caseID: row.text(0), version: row.int(1), sort: sort, year: row.int(3), number: row.int(4),
              text: row.text(5), agency: row.text(6), division: row.text(7), at: Instant(milliseconds: row.integer(8)))
  }
}
