import SQL

/// A PostgreSQL server behind a pool of connections, each with a thread of its own: simpler than an asynchronous
/// client, and faster. Connections are opened when they are first needed, so an absent server shows in the first call.
public final class PostgresDatabase: Database {
  public let dialect = Dialect.postgres
  private let turns = BlockingQueue<PostgresWorker.Turn>()
  private let registry = WakeRegistry()
  private let messenger: PostgresMessenger
  private let threads = BlockingThreads()

  /// - Parameters:
  ///   - url: as libpq takes it, `postgres://user@host:port/database?…` or `key=value …`.
  ///   - connections: how many transactions may run at once, beside one more connection for wakes.
  /// - Throws: ``DatabaseError/failed(_:)`` if the URL makes no sense.
  public init(url: String, connections: Int = 8) throws {
    guard PostgresLink.understands(url) else { throw DatabaseError.failed("not the URL of a PostgreSQL database") }
    let messenger = try PostgresMessenger(url: url, registry: registry)
    self.messenger = messenger
    threads.start("pg-messenger") { messenger.work() }
    for _ in 0..<connections {
      threads.start("pg-connection") { [turns] in
        PostgresWorker(url: url) { messenger.send($0) }.work(through: turns)
      }
    }
  }

  deinit { end() }

  public func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    try await perform(body, isRead: true)
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    try await perform(body, isRead: false)
  }

  /// Wakes come from every node of the database. Each is followed by a few more within half a second, because what a
  /// follower may read (``Connection/wake(_:)`` in the journal) can settle a little later than its own commit.
  public func wakes(channel: String) -> AsyncStream<Void> {
    let stream = registry.stream(of: channel)
    messenger.listen()
    return stream
  }

  /// Finishes what waits, then closes every connection.
  public func close() async {
    end()
    await threads.end()
  }

  private func perform<T: Sendable>(
    _ body: @Sendable @escaping (any Connection) throws -> T, isRead: Bool
  ) async throws -> T {
    try await withCheckedThrowingContinuation { caller in
      let job = BodyJob(body, caller: caller)
      if !turns.put(PostgresWorker.Turn(job: job, isRead: isRead)) {
        job.finish(throwing: DatabaseError.unavailable("the database is closed"))
      }
    }
  }

  private func end() {
    turns.end()
    messenger.end()
    registry.finish()
  }
}
