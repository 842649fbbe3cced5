import Domain
import Foundation
import SQL

/// Takes over the rows of a CSV file as records of the past.
///
/// Each batch is one transaction: rows, journal, vault, views, what is known of rows, and the position in the file. A
/// run that was stopped at any moment is taken up where it was; the same file again adds nothing.
public struct ImportFile: Sendable {
  private let site: Installation
  private let mapping: ImportMapping
  private let ledger: ImportLedger
  private let batchRows: Int

  /// As many are turned into statements at once: the rows of each table side by side, and little memory.
  private static let casesPerRun = 64

  /// - Parameter batchRows: rows of one transaction.
  public init(_ site: Installation, mapping: ImportMapping, batchRows: Int = 2_000) {
    self.site = site
    self.mapping = mapping
    self.batchRows = batchRows
    ledger = ImportLedger(district: site.district, source: mapping.source)
  }

  public struct Progress: Sendable, Hashable {
    public let counts: ImportCounts
    /// Bytes of the file that are done; those that an earlier run did are counted.
    public let bytes: Int
    public let bytesTotal: Int?
    /// Bytes that were done when this run was taken up.
    public let bytesBefore: Int
  }

  /// - Parameters:
  ///   - rejects: where the rows that cannot be taken in are written; nil: they are only counted.
  ///   - progress: called after each transaction.
  /// - Returns: what became of the rows of the whole run, the part before an interruption included.
  /// - Throws: ``ImportFailure``, `DatabaseError`. What was committed stands.
  public func callAsFunction(
    _ input: ImportInput, rejects: URL? = nil, progress: @Sendable (Progress) -> Void = { _ in }
  ) async throws -> ImportCounts {
    let last = try await site.database.read { try ledger.lastRun(on: $0) }
    var journey = try resume(last, input, rejects) ?? begin(after: last, input, rejects)
    defer { journey.rejects?.close() }
    let (run, now) = (journey.run, site.now().milliseconds)
    if !journey.isResumed { try await site.database.write { try ledger.begin(run, at: now, on: $0) } }
    let before = run.position
    let system = Actor(id: "system:import", role: .system, division: site.district)
    let feed = ImportRowFeed(
      scanner: journey.scanner, reader: journey.reader, history: RecordHistory(site, by: system), rowsMax: batchRows)
    var batch = try await feed.next()
    while let current = batch {
      async let following = feed.next()
      journey.run = try await commit(current, journey)
      progress(.init(counts: journey.run.counts, bytes: current.position, bytesTotal: input.size,
                     bytesBefore: journey.isResumed ? before : 0))
      batch = try await following
    }
    return try await end(journey.run)
  }

  /// A run on its way.
  private struct Journey {
    var run: ImportLedger.Run
    let scanner: CSVScanner
    let reader: ImportRowReader
    let rejects: RejectsFile?
    let isResumed: Bool
  }

  /// Takes up a run that was stopped; nil if there is none, if it was over another file, or if its rejects are gone.
  private func resume(_ last: ImportLedger.Run?, _ input: ImportInput, _ rejects: URL?) throws -> Journey? {
    guard let last, !last.isEnded, (rejects == nil) == (last.rejectsBytes == 0),
      let scanner = try input.scanner(behind: last)
    else { return nil }
    var start = try input.scanner()
    let reader = try reader(&start)
    guard let rejects else {
      return Journey(run: last, scanner: scanner, reader: reader, rejects: nil, isResumed: true)
    }
    guard let file = try? RejectsFile(rejects, keeping: last.rejectsBytes) else { return nil }
    return Journey(run: last, scanner: scanner, reader: reader, rejects: file, isResumed: true)
  }

  private func begin(after last: ImportLedger.Run?, _ input: ImportInput, _ rejects: URL?) throws -> Journey {
    var scanner = try input.scanner()
    let reader = try reader(&scanner)
    let file = try rejects.map { url throws(ImportFailure) in try RejectsFile(url, keeping: 0) }
    let run = ImportLedger.Run(
      run: (last?.run ?? 0) + 1, position: scanner.position, line: scanner.line, prefix: scanner.hash.bytes,
      rejectsBytes: file?.length ?? 0, counts: ImportCounts(), isEnded: false)
    return Journey(run: run, scanner: scanner, reader: reader, rejects: file, isResumed: false)
  }

  private func reader(_ scanner: inout CSVScanner) throws -> ImportRowReader {
    guard let header = try scanner.next(), header.fault == nil, header.isUTF8 else {
      throw ImportFailure.headerMissing
    }
    return try ImportRowReader(mapping: mapping, header: header.fields.indices.map(header.text), pack: site.pack)
  }

  private func commit(_ batch: ImportRowFeed.Batch, _ journey: Journey) async throws -> ImportLedger.Run {
    try journey.rejects?.append(batch.rejects)
    let before = journey.run
    var after = before
    after.position = batch.position
    after.line = batch.line
    after.prefix = batch.prefix
    after.rejectsBytes = journey.rejects?.length ?? 0
    after.counts.rows += batch.rows
    after.counts.rejected += batch.rejects.count
    let run = after
    return try await site.database.write { try store(batch, run, from: before, on: $0) }
  }

  private func store(
    _ batch: ImportRowFeed.Batch, _ run: ImportLedger.Run, from before: ImportLedger.Run, on connection: any Connection
  ) throws -> ImportLedger.Run {
    let counts = batch.records.reduce(into: [[UInt8]: Int]()) { $0[$1.fingerprint, default: 0] += 1 }
    var fresh = try ledger.claim(
      counts.map { ($0.key, $0.value) }, run: run.run, isKey: !mapping.key.isEmpty, on: connection)
    let new = batch.records.filter { row in
      guard let count = fresh[row.fingerprint], count > 0 else { return false }
      fresh[row.fingerprint] = count - 1
      return true
    }
    for start in stride(from: 0, to: new.count, by: Self.casesPerRun) {
      let part = new[start..<min(start + Self.casesPerRun, new.count)].map(\.record)
      try FoundedCase.run(FoundedCase.statements(part, district: site.district), on: connection)
    }
    var run = run
    run.counts.added += new.count
    run.counts.known += batch.records.count - new.count
    try ledger.advance(run, from: before, at: site.now().milliseconds, on: connection)
    return run
  }

  private func end(_ run: ImportLedger.Run) async throws -> ImportCounts {
    var ended = run
    ended.isEnded = true
    let (last, now) = (ended, site.now().milliseconds)
    try await site.database.write { try ledger.advance(last, from: run, at: now, on: $0) }
    return run.counts
  }
}
