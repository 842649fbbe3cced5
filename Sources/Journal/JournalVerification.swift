import Crypto
import SQL

/// Reckons the whole journal again: every hash of every stream, every checkpoint's signature and place in their
/// chain, and the roots of the latest checkpoints from the heads of all streams as they were then. So a stream that is
/// gone, or that was cut off before a checkpoint, is found as well.
public struct JournalVerification: Sendable {
  public enum Finding: Sendable, Equatable {
    case event(stream: String, version: Int, EventFault)
    case checkpoint(number: Int, CheckpointFault)
  }

  public enum CheckpointFault: Error, Sendable, Equatable {
    /// None of the trusted keys has signed it.
    case signature
    /// It does not continue the one before, or one is missing before it.
    case chain
    /// The journal holds something else than was signed: this many streams and events fewer (negative: more) than
    /// then; 0 and 0 if they were only altered.
    case content(streamsMissing: Int, eventsMissing: Int)
  }

  public struct Report: Sendable {
    public internal(set) var streams = 0
    public internal(set) var events = 0
    /// The first ``JournalVerification/findingsMax`` findings; empty if all is well.
    public internal(set) var findings: [Finding] = []
    /// To be compared with the copy that was sent elsewhere: that it is the last cannot be told from inside.
    public internal(set) var lastCheckpoint: Checkpoint?
  }

  public typealias Visit = @Sendable ([(stream: String, events: [RecordedEvent])], any Connection) throws -> Void

  public static let findingsMax = 1_000

  private let journal: Journal
  private let keys: [Curve25519.Signing.PublicKey]
  private let recomputed: Int
  private let threads: Int

  /// - Parameters:
  ///   - keys: whose signatures count.
  ///   - recomputed: of how many of the latest checkpoints the roots are reckoned again; each takes 32 bytes a stream.
  public init(
    of journal: Journal, trusting keys: [Curve25519.Signing.PublicKey], recomputed: Int = 1, threads: Int = 2
  ) {
    self.journal = journal
    self.keys = keys
    self.recomputed = recomputed
    self.threads = threads
  }

  /// Reads the journal once, in short snapshots, so that it may be called on a database in use.
  /// - Parameter visit: called with every stream and its events, some thousand events at a time and in the order of
  ///   names, and the connection of the snapshot in which they were read, on several threads at once: what is to be
  ///   compared with the journal in the same pass.
  public func run(on database: any Database, visit: @escaping Visit = { _, _ in }) async throws -> Report {
    let checkpoints = try await database.read { try journal.checkpoints(on: $0) }
    let latest = checkpoints.suffix(recomputed)
    let walk = try await walked(database, asOf: latest.map(\.position), visit)
    var report = walk.report
    report.lastCheckpoint = checkpoints.last
    let findings = chainFindings(checkpoints) + zip(latest, walk.heads).compactMap(contentFinding)
    report.findings = Array((findings + report.findings).prefix(Self.findingsMax))
    return report
  }

  /// Signs what the journal holds now, once it has been verified up to here, and stores the checkpoint.
  /// - Throws: ``NotWhole`` if something is wrong; ``DatabaseError/conflict(_:)`` if another node was first.
  public func seal(at: Int64, by key: Curve25519.Signing.PrivateKey, in database: any Database) async throws
    -> Checkpoint
  {
    let (checkpoints, head) = try await database.read { connection in
      (try journal.checkpoints(on: connection), try journal.head(on: connection))
    }
    let last = checkpoints.last
    let walk = try await walked(database, asOf: [head] + (last.map { [$0.position] } ?? [])) { _, _ in }
    let content = last.flatMap { contentFinding($0, walk.heads[1]) }
    let findings = chainFindings(checkpoints) + (content.map { [$0] } ?? []) + walk.report.findings
    guard findings.isEmpty else { throw NotWhole(findings: findings) }
    let checkpoint = try Checkpoint(
      sealing: walk.heads[0], district: journal.district, after: last, at: at, by: key)
    try await database.write { try journal.insert(checkpoint, on: $0) }
    return checkpoint
  }

  /// Why a journal is not signed.
  public struct NotWhole: Error, Sendable, Equatable {
    public let findings: [Finding]

    public init(findings: [Finding]) { self.findings = findings }
  }

  // MARK: -

  private func walked(
    _ database: any Database, asOf positions: [Position], _ visit: @escaping Visit
  ) async throws -> Walk {
    let ranges = try await database.read { try journal.ranges(threads, on: $0) }
    let start = Walk(journal, positions)
    return try await withThrowingTaskGroup(of: (Int, Walk).self) { group in
      for (index, range) in ranges.enumerated() {
        group.addTask { (index, try await walk(from: start, through: range, database, visit)) }
      }
      var walks: [Int: Walk] = [:]
      for try await (index, walk) in group { walks[index] = walk }
      return ranges.indices.compactMap { walks[$0] }.reduce(into: start) { $0.append($1) }
    }
  }

  private func walk(
    from start: Walk, through range: StreamRange, _ database: any Database, _ visit: @escaping Visit
  ) async throws -> Walk {
    var walk = start
    var rest: StreamRange? = range
    while let part = rest {
      let page: Walk
      (page, rest) = try await database.read { connection in
        var page = start
        var streams: [(stream: String, events: [RecordedEvent])] = []
        let rest = try journal.visitStreams(in: part, on: connection) { stream, events in
          page.add(stream, events)
          streams.append((stream, events))
        }
        try visit(streams, connection)
        return (page, rest)
      }
      walk.append(page)
    }
    return walk
  }

  private func chainFindings(_ checkpoints: [Checkpoint]) -> [Finding] {
    var findings: [Finding] = []
    var last: Checkpoint?
    for checkpoint in checkpoints {
      if !checkpoint.isSigned(by: keys, district: journal.district) {
        findings.append(.checkpoint(number: checkpoint.number, .signature))
      }
      if checkpoint.number != (last?.number ?? 0) + 1 || checkpoint.previous != last?.root ?? [] {
        findings.append(.checkpoint(number: checkpoint.number, .chain))
      }
      last = checkpoint
    }
    return findings
  }

  private func contentFinding(_ checkpoint: Checkpoint, _ heads: StreamHeads) -> Finding? {
    guard checkpoint.root != heads.root else { return nil }
    let fault = CheckpointFault.content(
      streamsMissing: checkpoint.streams - heads.streams, eventsMissing: checkpoint.events - heads.events)
    return .checkpoint(number: checkpoint.number, fault)
  }
}

/// What has been seen of a range.
private struct Walk: Sendable {
  private(set) var report = JournalVerification.Report()
  private(set) var heads: [StreamHeads]
  private var chain: ChainCheck

  init(_ journal: Journal, _ positions: [Position]) {
    heads = positions.map { StreamHeads(as: $0) }
    chain = ChainCheck(district: journal.district)
  }

  mutating func add(_ stream: String, _ events: [RecordedEvent]) {
    report.streams += 1
    report.events += events.count
    for index in heads.indices { heads[index].add(events) }
    for (version, fault) in chain.faults(of: events) where report.findings.count < JournalVerification.findingsMax {
      report.findings.append(.event(stream: stream, version: version, fault))
    }
  }

  mutating func append(_ next: Walk) {
    report.streams += next.report.streams
    report.events += next.report.events
    report.findings += next.report.findings
    for index in heads.indices { heads[index].add(next.heads[index]) }
  }
}
