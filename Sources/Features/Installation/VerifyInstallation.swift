import Crypto
import Domain
import Journal
import SQL
import Synchronization

/// Proves an installation: every hash and checkpoint of the journal, every case folded again, every row of the views
/// compared with what the journal says. Reads only; may run beside a server.
public struct VerifyInstallation: Sendable {
  private let site: Installation
  private let keys: [Curve25519.Signing.PublicKey]

  /// - Parameter keys: whose checkpoints count.
  public init(_ site: Installation, trusting keys: [Curve25519.Signing.PublicKey]) {
    self.site = site
    self.keys = keys
  }

  /// Something that does not hold.
  public enum Fault: Sendable, Equatable {
    case journal(JournalVerification.Finding)
    /// A case that this program cannot fold.
    case unreadable(stream: String, kind: String)
    /// The rows of a view for a case differ from what its events say.
    case view(table: String, case: String)
    /// Rows of a view that no stream of the journal accounts for.
    case orphans(table: String, count: Int)
  }

  public struct Report: Sendable {
    public let streams: Int
    public let events: Int
    public let cases: Int
    public let checkpoint: Checkpoint?
    /// At most some thousand; empty if all holds.
    public let faults: [Fault]
  }

  public static let faultsMax = 1_000

  public func callAsFunction() async throws -> Report {
    let found = Found()
    let journal = try await JournalVerification(of: site.journal, trusting: keys).run(on: site.database) {
      stream, events, connection in
      guard stream.hasPrefix(CaseRecord.streamPrefix) else { return }
      let id = String(stream.dropFirst(CaseRecord.streamPrefix.count))
      do {
        guard let record = try CaseRecord(id: id, events: events) else { return }
        found.count()
        try compare(CaseViews(record, grid: site.pack.grid), case: id, on: connection) { found.add($0) }
      } catch let unreadable as CaseEventCodec.Unreadable {
        found.add(.unreadable(stream: stream, kind: unreadable.kind))
      }
    }
    for fault in try await orphans() { found.add(fault) }
    let (cases, faults) = found.all
    return Report(streams: journal.streams, events: journal.events, cases: cases, checkpoint: journal.lastCheckpoint,
                  faults: journal.findings.map(Fault.journal) + faults)
  }

  private func compare(_ views: CaseViews, case id: String, on connection: any Connection, fault: (Fault) -> Void)
    throws
  {
    for (table, rows) in views.byTable {
      let stored = try table.rows(ofCase: id, district: site.district, on: connection)
      if Set(stored) != Set(rows) { fault(.view(table: table.name, case: id)) }
    }
  }

  private func orphans() async throws -> [Fault] {
    try await site.database.read { connection in
      let cases: Statement = """
        SELECT COUNT(*) FROM cases v WHERE v.district = \(site.district) AND NOT EXISTS (
          SELECT 1 FROM journal j WHERE j.district = v.district
            AND j.stream = \(CaseRecord.streamPrefix) || v.id AND j.version = 1)
        """
      var faults: [Fault] = []
      if let count = try connection.first(cases, { $0.int(0) }), count > 0 {
        faults.append(.orphans(table: CaseViews.caseTable.name, count: count))
      }
      for table in CaseViews.tables.dropFirst() {
        let query = Statement(
          sql: """
            SELECT COUNT(*) FROM \(table.name) v WHERE v.district = $1 AND NOT EXISTS (
              SELECT 1 FROM cases c WHERE c.district = v.district AND c.id = v.case_id)
            """, values: [.text(site.district)])
        if let count = try connection.first(query, { $0.int(0) }), count > 0 {
          faults.append(.orphans(table: table.name, count: count))
        }
      }
      return faults
    }
  }
}

/// What the threads have found together.
private final class Found: Sendable {
  private let state = Mutex<(cases: Int, faults: [VerifyInstallation.Fault])>((0, []))

  func count() { state.withLock { $0.cases += 1 } }

  func add(_ fault: VerifyInstallation.Fault) {
    state.withLock { if $0.faults.count < VerifyInstallation.faultsMax { $0.faults.append(fault) } }
  }

  var all: (Int, [VerifyInstallation.Fault]) { state.withLock { ($0.cases, $0.faults) } }
}
