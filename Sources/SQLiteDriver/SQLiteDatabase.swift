import Foundation
import SQL

/// The embedded engine: one file, one writing thread, a few reading threads, each with a connection of its own.
///
/// Writes are committed in groups. Commands that arrive while a transaction runs form the next one, and all are answered
/// after the commit. One rejection does not undo its neighbours; a failed commit is every caller's failure. Only one
/// process at a time writes well; a second one (an import beside a server) waits its turn for up to five seconds.
public final class SQLiteDatabase: Database {
  public enum Durability: Sendable {
    /// An answered write survives a crash of the process and the loss of power (`synchronous = FULL`).
    case full
    /// Nothing is forced to the disk: a crash of the machine may damage the file. For simulations and tests only.
    case none
  }

  public let dialect = Dialect.sqlite
  private let path: String
  private let writes = BlockingQueue<SQLiteWriter.Turn>()
  private let reads = BlockingQueue<any Job>()
  private let hasReaders: Bool
  private let registry = WakeRegistry()
  private let watch: SQLiteWatch
  private let writing = BlockingThreads()
  private let reading = BlockingThreads()

  /// Opens the file, creating it if need be.
  /// - Parameters:
  ///   - path: a file, or `:memory:` for a database that ends with this object (for simulations and tests).
  ///   - readers: how many reads may run at once, beside the writer. With 0, and in memory, reads take their turn
  ///     among the writes.
  /// - Throws: ``DatabaseError/unavailable(_:)`` if the file cannot be opened.
  public init(path: String, readers: Int = 2, durability: Durability = .full) throws {
    self.path = path
    watch = SQLiteWatch(registry: registry)
    hasReaders = readers > 0 && path != Self.inMemory
    let writer = try SQLiteHandle.forWriting(path, durability: durability)
    let readers = try (0..<(hasReaders ? readers : 0)).map { _ in try SQLiteHandle.forReading(path) }
    let watching = path == Self.inMemory ? nil : try SQLiteHandle.forReading(path)
    writing.start("sqlite-writer") { [writes, registry] in
      writer.use { SQLiteWriter(connection: $0, registry: registry).work(through: writes) }
    }
    if let watching {
      reading.start("sqlite-watch") { [watch] in watching.use { watch.work(on: $0) } }
    }
    for reader in readers {
      reading.start("sqlite-reader") { [reads] in
        reader.use { connection in
          while let job = reads.take() { Self.answer(job, on: connection) }
        }
      }
    }
  }

  deinit { end() }

  public func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { caller in
      let job = BodyJob(body, caller: caller)
      let isTaken = hasReaders ? reads.put(job) : writes.put(SQLiteWriter.Turn(job: job, isRead: true))
      if !isTaken { job.finish(throwing: Self.isClosed) }
    }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { caller in
      let job = BodyJob(body, caller: caller)
      if !writes.put(SQLiteWriter.Turn(job: job, isRead: false)) { job.finish(throwing: Self.isClosed) }
    }
  }

  /// At once for commits of this object, within half a second for those of others on the same file.
  public func wakes(channel: String) -> AsyncStream<Void> { registry.stream(of: channel) }

  /// Finishes what waits, then closes every connection: the writer last, so that it folds the write-ahead log back into
  /// the file.
  public func close() async {
    reads.end()
    watch.end()
    await reading.end()
    end()
    await writing.end()
  }

  /// Writes a consistent copy while reads and writes go on: it holds everything that was answered before the call.
  /// - Throws: ``DatabaseError/failed(_:)`` if something stands at `path` already, or if this database is in memory.
  public func backup(to path: String) async throws {
    guard self.path != Self.inMemory else { throw DatabaseError.failed("a database in memory has no backup") }
    guard !FileManager.default.fileExists(atPath: path) else { throw DatabaseError.failed("\(path) exists") }
    let source = self.path
    try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Void, any Error>) in
      BlockingThreads().start("sqlite-backup") {
        caller.resume(with: Result { try SQLiteHandle.copy(source, to: path) })
      }
    }
  }

  private static let inMemory = ":memory:"
  private static let isClosed = DatabaseError.unavailable("the database is closed")

  private func end() {
    writes.end()
    reads.end()
    watch.end()
    registry.finish()
  }

  /// A read sees one snapshot, taken at its first statement. A commit before the answer could only fail for reasons
  /// that do not concern what was read.
  private static func answer(_ job: any Job, on connection: SQLiteConnection) {
    var failure: (any Error)?
    do {
      try connection.control("BEGIN")
      try job.run(on: connection)
      failure = connection.failure
    } catch { failure = error }
    connection.forgetFailure()
    if connection.isInTransaction {
      do { try connection.control("ROLLBACK") } catch { failure = failure ?? error }
    }
    connection.forgetWakes(beyond: 0)
    job.finish(throwing: failure)
  }
}
