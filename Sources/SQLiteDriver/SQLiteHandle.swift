import CSQLite
import class GRDB.DatabaseQueue
import struct GRDB.Configuration
import GRDBSQLite
import SQL

/// An open connection that has no thread yet.
struct SQLiteHandle: Sendable {
  private let queue: DatabaseQueue

  /// Memory: 16 MiB of pages for the writer and 8 MiB for each reader; no memory map, since its pages would count as
  /// ours. The write-ahead log is folded back every 16 MiB. What is deleted is overwritten: it may be personal data.
  /// What may undo a statement is kept in memory: files for it cost more than the statements.
  static func forWriting(_ path: String, durability: SQLiteDatabase.Durability) throws -> SQLiteHandle {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    let isInMemory = path == ":memory:"
    let handle = try open {
      isInMemory
        ? try DatabaseQueue(configuration: configuration)
        : try DatabaseQueue(path: path, configuration: configuration)
    }
    // NB: after opening, because entering WAL mode sets NORMAL, which loses answered writes when power fails.
    let level = durability == .full ? "FULL" : "OFF"
    try handle.script(
      """
      PRAGMA synchronous = \(level);
      PRAGMA secure_delete = ON;
      PRAGMA cache_size = -16384;
      PRAGMA mmap_size = 0;
      PRAGMA temp_store = MEMORY;
      PRAGMA wal_autocheckpoint = 4096;
      PRAGMA journal_size_limit = 67108864
      """)
    return handle
  }

  static func forReading(_ path: String) throws -> SQLiteHandle {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let handle = try open { try DatabaseQueue(path: path, configuration: configuration) }
    try handle.script("PRAGMA cache_size = -8192; PRAGMA mmap_size = 0")
    return handle
  }

  /// A copy of what was committed when it began, through a connection of its own.
  static func copy(_ source: String, to target: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let from = try open { try DatabaseQueue(path: source, configuration: configuration) }
    let to = try open { try DatabaseQueue(path: target) }
    try wrapped {
      try from.queue.backup(to: to.queue)
      try to.queue.close()
    }
  }

  /// Lends the connection to `body` and closes it afterwards.
  func use(_ body: (SQLiteConnection) -> Void) {
    queue.writeWithoutTransaction { database in
      guard let pointer = database.sqliteConnection else { return }
      let connection = SQLiteConnection(pointer)
      body(connection)
      connection.finish()
    }
    try? queue.close()
  }

  private func script(_ sql: String) throws {
    try queue.writeWithoutTransaction { database in
      guard let pointer = database.sqliteConnection else { throw DatabaseError.unavailable("not open") }
      try SQLiteConnection(pointer).script(sql)
    }
  }

  private static let forgoesMemoryStatistics = csqlite_forgo_memory_statistics() == SQLITE_OK

  private static func open(_ opening: () throws -> DatabaseQueue) throws -> SQLiteHandle {
    // Refused where somebody has used SQLite before in this process: then it is only slower.
    _ = forgoesMemoryStatistics
    return SQLiteHandle(queue: try wrapped(opening))
  }

  /// GRDB's errors as ours.
  private static func wrapped<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError { throw error } catch {
      throw DatabaseError.unavailable("\(error)")
    }
  }
}
