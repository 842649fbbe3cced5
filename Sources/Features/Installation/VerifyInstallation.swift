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
    /// The numbers of a sort of documents have a gap in a year, or the counter does not stand at the last.
    case numbering(sort: String, year: Int)
    /// The counts of a day, or of a month, differ from what the journal says up to where it was counted.
    case counts(level: String, period: String)
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
    let recount = try await site.database.read { try CubeRecount(site, on: $0) }
    let journal = try await JournalVerification(of: site.journal, trusting: keys).run(on: site.database) {
      streams, connection in
      let cases = try streams.compactMap { stream, events in try views(of: stream, events) { found.add($0) } }
      found.count(cases.count)
      for (_, events) in streams { recount?.add(events) }
      try compare(cases, on: connection) { found.add($0) }
      for (stream, events) in streams where stream.hasPrefix(ScenarioRecord.streamPrefix) {
        if let fault = try scenarioFault(stream, events, on: connection) { found.add(fault) }
      }
    }
    for fault in try await orphans() { found.add(fault) }
    for page in recount?.differing() ?? [] { found.add(.counts(level: page.level.rawValue, period: page.name)) }
    let (cases, faults) = found.all
    return Report(streams: journal.streams, events: journal.events, cases: cases, checkpoint: journal.lastCheckpoint,
                  faults: journal.findings.map(Fault.journal) + faults)
  }

  /// What the events of a stream give; nil for a stream that is no case, or cannot be read.
  private func views(of stream: String, _ events: [RecordedEvent], fault: (Fault) -> Void) throws
    -> (case: String, views: CaseViews)?
  {
    guard stream.hasPrefix(CaseRecord.streamPrefix) else { return nil }
    let id = String(stream.dropFirst(CaseRecord.streamPrefix.count))
    do {
      return try CaseRecord(id: id, events: events).map { (id, CaseViews($0, grid: site.pack.grid)) }
    } catch let error as CaseEventCodec.Unreadable {
      fault(.unreadable(stream: stream, kind: error.kind))
      return nil
    }
  }

  /// - Parameter cases: a run of neighbours, in the order of their names.
  private func compare(
    _ cases: [(case: String, views: CaseViews)], on connection: any Connection, fault: (Fault) -> Void
  ) throws {
    guard let first = cases.first?.case, let last = cases.last?.case else { return }
    for (index, table) in CaseViews.tables.enumerated() {
      let stored = try table.rows(ofCasesFrom: first, through: last, district: site.district, on: connection)
      for (id, views) in cases {
        let (found, wanted) = (stored[id] ?? [], views.rows[index])
        if found != wanted, Set(found) != Set(wanted) { fault(.view(table: table.name, case: id)) }
      }
    }
  }

  private func scenarioFault(_ stream: String, _ events: [RecordedEvent], on connection: any Connection) throws
    -> Fault?
  {
    let id = String(stream.dropFirst(ScenarioRecord.streamPrefix.count))
    do {
      let stored = try ScenarioViews.table.rows(ofCasesFrom: id, through: id, district: site.district, on: connection)
      let wanted = try ScenarioRecord(events: events).map(ScenarioViews.row)
      return stored[id] == wanted.map { [$0] } ? nil : .view(table: ScenarioViews.table.name, case: id)
    } catch let error as CaseEventCodec.Unreadable { return .unreadable(stream: stream, kind: error.kind) }
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
      let scenarios: Statement = """
        SELECT COUNT(*) FROM scenarios v WHERE v.district = \(site.district) AND NOT EXISTS (
          SELECT 1 FROM journal j WHERE j.district = v.district
            AND j.stream = \(ScenarioRecord.streamPrefix) || v.id AND j.version = 1)
        """
      if let count = try connection.first(scenarios, { $0.int(0) }), count > 0 {
        faults.append(.orphans(table: ScenarioViews.table.name, count: count))
      }
      let gaps = try DocumentNumbers(site: site, connection: connection).gaps()
      return faults + gaps.map { .numbering(sort: $0.sort, year: $0.year) }
    }
  }
}

/// What the threads have found together.
private final class Found: Sendable {
  private let state = Mutex<(cases: Int, faults: [VerifyInstallation.Fault])>((0, []))

  func count(_ cases: Int) { state.withLock { $0.cases += cases } }

  func add(_ fault: VerifyInstallation.Fault) {
    state.withLock { if $0.faults.count < VerifyInstallation.faultsMax { $0.faults.append(fault) } }
  }

  var all: (Int, [VerifyInstallation.Fault]) { state.withLock { ($0.cases, $0.faults) } }
}
