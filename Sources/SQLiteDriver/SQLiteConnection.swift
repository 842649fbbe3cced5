import GRDBSQLite
import SQL

/// One connection; used by one thread only.
final class SQLiteConnection: Connection {
  let dialect = Dialect.sqlite
  private let handle: OpaquePointer
  private let cache: StatementCache
  /// The channels that the running bodies have woken.
  private(set) var wakes: [String] = []
  /// The first statement that failed in the running body. PostgreSQL refuses everything behind it, so we do too:
  /// what passes here passes there.
  private(set) var failure: DatabaseError?

  init(_ handle: OpaquePointer) {
    self.handle = handle
    cache = StatementCache(handle)
  }

  func run(_ statement: Statement) throws -> Int {
    try execute(statement) { _ in }
    return Int(sqlite3_changes64(handle))
  }

  func forEach(_ query: Statement, _ body: (any Row) throws -> Void) throws {
    try execute(query) { try body(SQLiteRow(statement: $0)) }
  }

  func script(_ sql: String) throws {
    if let failure { throw failure }
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failed(sql) }
  }

  func wake(_ channel: String) throws {
    if !wakes.contains(channel) { wakes.append(channel) }
  }

  // MARK: - For the threads that own a connection

  /// False once SQLite has given up the transaction by itself (a full disk, an I/O error).
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  func control(_ sql: String) throws { try execute(Statement(sql: sql)) { _ in } }

  func forgetFailure() { failure = nil }

  func forgetWakes(beyond count: Int) { wakes.removeLast(wakes.count - count) }

  /// To be called before the connection is closed.
  func finish() { cache.empty() }

  // MARK: -

  private func execute(_ statement: Statement, _ onRow: (OpaquePointer) throws -> Void) throws {
    if let failure { throw failure }
    guard let prepared = cache.take(statement.sql) else { throw failed(statement.sql) }
    defer { cache.giveBack(prepared) }
    guard statement.values.count == prepared.valueCount else {
      let error = DatabaseError.failed("\(statement.values.count) values for: \(statement.sql)")
      failure = error
      throw error
    }
    for (index, value) in statement.values.enumerated() {
      guard bind(value, at: Int32(index + 1), of: prepared.pointer) == SQLITE_OK else {
        throw failed(statement.sql)
      }
    }
    while true {
      switch sqlite3_step(prepared.pointer) {
      case SQLITE_ROW: try onRow(prepared.pointer)
      case SQLITE_DONE: return
      default: throw failed(statement.sql)
      }
    }
  }

  private func failed(_ sql: String) -> DatabaseError {
    let error = DatabaseError.sqlite(handle, sql: sql)
    failure = error
    return error
  }

  private func bind(_ value: Value, at index: Int32, of statement: OpaquePointer) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let integer): return sqlite3_bind_int64(statement, index, integer)
    case .real(let real): return sqlite3_bind_double(statement, index, real)
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          // A null pointer would bind NULL, so the empty text needs an address of its own.
          guard let start = characters.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, copied) }
          return sqlite3_bind_text64(statement, index, start, UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let blob):
      guard !blob.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
      return sqlite3_bind_blob64(statement, index, blob, UInt64(blob.count), copied)
    }
  }
}
