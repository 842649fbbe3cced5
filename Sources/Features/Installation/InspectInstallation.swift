import Domain
import Journal
import SQL

/// What an administrator wants to know of an installation: its nodes, what waits, the pack and its proof, what was
/// erased, and the journal's checkpoints.
public struct InspectInstallation: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Node: Sendable, Hashable {
    public let name: String
    public let lastBeat: Instant
  }

  /// A checkpoint, and whether its signature and its place in the chain hold. What it says of the journal's content
  /// takes a whole reading: `headwater verify`.
  public struct Sealed: Sendable, Equatable {
    public let number: Int
    public let at: Instant
    public let streams: Int
    public let events: Int
    /// Hexadecimal.
    public let root: String
    /// Nil where this server knows no key to hold it against.
    public let isSigned: Bool?
    public let isChained: Bool
    public var holds: Bool { isSigned != false && isChained }
  }

  public struct Report: Sendable {
    /// One file; else PostgreSQL.
    public let isEmbedded: Bool
    /// Nodes that have worked off deadlines within ``nodesKept``, the latest first.
    public let nodes: [Node]
    /// Deadlines whose next rung lies ahead or is due.
    public let deadlines: Int
    /// Cases whose vault entries retention has erased, and those whose time has come.
    public let erasedCases: Int
    public let dueCases: Int
    /// The newest first, at most ``checkpointsMax``.
    public let checkpoints: [Sealed]
    /// Empty if the pack in force holds.
    public let packFaults: [PackFault]
  }

  public static let nodesKept = Span.days(1)
  public static let checkpointsMax = 30

  public func callAsFunction() async throws -> Report {
    let now = site.now()
    return try await site.database.read { connection in
      func count(_ query: Statement) throws -> Int { try connection.first(query) { $0.int(0) } ?? 0 }
      let nodes = try connection.all(
        """
        SELECT node, at FROM scheduler_beats WHERE district = \(site.district) AND at >= \(now - Self.nodesKept)
        ORDER BY at DESC LIMIT 20
        """
      ) { Node(name: $0.text(0), lastBeat: Instant(milliseconds: $0.integer(1))) }
      return Report(
        isEmbedded: connection.dialect == .sqlite, nodes: nodes,
        deadlines: try count("SELECT COUNT(*) FROM case_deadlines WHERE district = \(site.district)"),
        erasedCases: try count("SELECT COUNT(*) FROM vault_retention WHERE district = \(site.district)"),
        dueCases: try count(
          """
          SELECT COUNT(*) FROM cases c
          LEFT JOIN vault_retention r ON r.district = c.district AND r.case_id = c.id
          WHERE c.district = \(site.district) AND c.phase IN ('closed', 'merged')
            AND c.last_at <= \(now - site.pack.windows.retention) AND (r.version IS NULL OR r.version < c.version)
          """),
        checkpoints: try checkpoints(on: connection), packFaults: try packFaults(on: connection))
    }
  }

  private func checkpoints(on connection: any Connection) throws -> [Sealed] {
    let all = try site.journal.checkpoints(on: connection)
    let sealed = all.enumerated().map { index, checkpoint in
      let before = index == 0 ? nil : all[index - 1]
      return Sealed(
        number: checkpoint.number, at: Instant(milliseconds: checkpoint.at), streams: checkpoint.streams,
        events: checkpoint.events,
        root: checkpoint.root.hexadecimal,
        isSigned: site.checkpointKeys.isEmpty
          ? nil : checkpoint.isSigned(by: site.checkpointKeys, district: site.district),
        isChained: checkpoint.number == (before?.number ?? 0) + 1 && checkpoint.previous == before?.root ?? [])
    }
    return Array(sealed.suffix(Self.checkpointsMax).reversed())
  }

  /// Proves the pack that is stored as the one in force once more.
  private func packFaults(on connection: any Connection) throws -> [PackFault] {
    do {
      _ = try PackShelf.inForce(on: connection)
      return []
    } catch let faults as PackFaults { return faults.faults }
  }
}
