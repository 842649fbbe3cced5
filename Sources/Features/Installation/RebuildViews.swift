import Domain
import Journal
import SQL
import Synchronization

/// Re-creates every view from the journal, in one transaction: whoever reads meanwhile sees the old rows, and a
/// rebuild that is cut off changes nothing.
public struct RebuildViews: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Report: Sendable {
    public let cases: Int
    public let events: Int
  }

  /// - Parameter progress: called now and then with the number of cases written.
  public func callAsFunction(progress: @Sendable @escaping (Int) -> Void = { _ in }) async throws -> Report {
    try await site.database.write { connection in
      // Nobody may append while the views do not follow: SQLite has one writer; PostgreSQL is told.
      if connection.dialect == .postgres { try connection.script("LOCK TABLE journal IN EXCLUSIVE MODE") }
      for table in CaseViews.tables {
        try connection.run(Statement(sql: "DELETE FROM \(table.name) WHERE district = $1",
                                     values: [.text(site.district)]))
      }
      var cases = 0
      var events = 0
      var batch = Batch()
      try site.journal.forEachStream(on: connection) { stream, recorded in
        guard stream.hasPrefix(CaseRecord.streamPrefix),
          let record = try CaseRecord(id: String(stream.dropFirst(CaseRecord.streamPrefix.count)), events: recorded)
        else { return }
        batch.add(CaseViews(record, grid: site.pack.grid))
        cases += 1
        events += recorded.count
        if cases.isMultiple(of: Batch.size) {
          try batch.write(site.district, connection)
          progress(cases)
        }
      }
      try batch.write(site.district, connection)
      return Report(cases: cases, events: events)
    }
  }

  /// Rows of several cases, so that statements are full.
  private struct Batch {
    static let size = 256
    private var rows = [[ViewTable.Row]](repeating: [], count: CaseViews.tables.count)

    mutating func add(_ views: CaseViews) {
      for (index, (_, more)) in views.byTable.enumerated() { rows[index] += more }
    }

    mutating func write(_ district: String, _ connection: any Connection) throws {
      for (index, table) in CaseViews.tables.enumerated() {
        try table.write(rows[index], isNew: true, district: district, on: connection)
        rows[index].removeAll(keepingCapacity: true)
      }
    }
  }
}
