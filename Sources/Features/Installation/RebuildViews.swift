import Dispatch
import Domain
import Journal
import SQL
import Synchronization

/// Re-creates every view from the journal, in one transaction: whoever reads meanwhile sees the old rows, and a
/// rebuild that is cut off changes nothing. Counts are forgotten, and made anew by whoever follows the journal next.
public struct RebuildViews: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Report: Sendable {
    public let cases: Int
    public let events: Int
  }

  public func callAsFunction() async throws -> Report {
    try await site.database.write { connection in
      // Nobody may append while the views do not follow: SQLite has one writer; PostgreSQL is told.
      if connection.dialect == .postgres { try connection.script("LOCK TABLE journal IN EXCLUSIVE MODE") }
      for table in CaseViews.tables + [ScenarioViews.table] {
        try connection.run(Statement(sql: "DELETE FROM \(table.name) WHERE district = $1",
                                     values: [.text(site.district)]))
      }
      var batch = Batch(site: site)
      try site.journal.forEachStream(on: connection) { stream, events in
        if stream.hasPrefix(CaseRecord.streamPrefix) {
          try batch.add(stream, events, on: connection)
        } else if stream.hasPrefix(ScenarioRecord.streamPrefix), let record = try ScenarioRecord(events: events) {
          try ScenarioViews.table.upsert([ScenarioViews.row(record)], district: site.district, on: connection)
        }
      }
      try batch.finish(on: connection)
      try DocumentNumbers(site: site, connection: connection).recount()
      try IncidentCube(site).clear(on: connection)
      try ViewBuild(site).note(on: connection)
      return Report(cases: batch.cases, events: batch.events)
    }
  }

  /// Streams that are gathered until statements are full. What was gathered is folded on other threads while this one
  /// writes what was folded before.
  private struct Batch {
    let site: Installation
    private(set) var cases = 0
    private(set) var events = 0
    private var streams: [Folding.Stream] = []
    private var waiting = 0
    private var folding: Folding?

    static let eventsMax = 4_096

    init(site: Installation) { self.site = site }

    mutating func add(_ stream: String, _ recorded: [RecordedEvent], on connection: any Connection) throws {
      streams.append((String(stream.dropFirst(CaseRecord.streamPrefix.count)), recorded))
      waiting += recorded.count
      if waiting >= Self.eventsMax { try pass(on: connection) }
    }

    mutating func finish(on connection: any Connection) throws {
      try pass(on: connection)
      try write(on: connection)
    }

    private mutating func pass(on connection: any Connection) throws {
      let next = Folding(streams, grid: site.pack.grid)
      cases += streams.count
      events += waiting
      streams.removeAll(keepingCapacity: true)
      waiting = 0
      try write(on: connection)
      folding = next
    }

    private func write(on connection: any Connection) throws {
      for share in try folding?.views() ?? [] {
        try connection.run(CaseViews.insertions(share, district: site.district))
      }
    }
  }

  /// The views of streams, made on other threads.
  private final class Folding: Sendable {
    typealias Stream = (id: String, events: [RecordedEvent])

    private static let share = 32

    private let shares: [ArraySlice<Stream>]
    private let made = Mutex<[Int: Result<[CaseViews], any Error>]>([:])
    private let running = DispatchGroup()

    init(_ streams: [Stream], grid: Grid) {
      shares = stride(from: 0, to: streams.count, by: Self.share).map {
        streams[$0..<min($0 + Self.share, streams.count)]
      }
      DispatchQueue.global(qos: .userInitiated).async(group: running) { [self] in
        DispatchQueue.concurrentPerform(iterations: shares.count) { index in
          let views = Result {
            try shares[index].compactMap { stream in
              try CaseRecord(id: stream.id, events: stream.events).map { CaseViews($0, grid: grid) }
            }
          }
          made.withLock { $0[index] = views }
        }
      }
    }

    /// Waits for them; in the order of their streams, by shares.
    func views() throws -> [[CaseViews]] {
      running.wait()
      return try made.withLock { made in try shares.indices.compactMap { try made[$0]?.get() } }
    }
  }
}
