import CSQLite
import GRDBSQLite
import SQL

/// SQLite's C interface and nothing of ours between: what the figures are held against. Same journal mode, same
/// flushing, same cache and settings as our engine.
final class BareSQLite {
  struct Failure: Error {
    let message: String
  }

  private let handle: OpaquePointer
  private var statements: [OpaquePointer] = []

  /// A statement that was prepared once.
  struct Prepared {
    fileprivate let statement: OpaquePointer
  }

  init(path: String) throws {
    _ = csqlite_forgo_memory_statistics()
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else { throw Failure(message: "cannot open, code \(code)") }
    self.handle = handle
    for setting in ["journal_mode = WAL", "synchronous = FULL", "cache_size = -16384", "wal_autocheckpoint = 4096",
                    "secure_delete = ON", "temp_store = MEMORY"] {
      try run("PRAGMA \(setting)")
    }
  }

  deinit {
    for statement in statements { sqlite3_finalize(statement) }
    sqlite3_close(handle)
  }

  /// Statements without values.
  func run(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
  }

  /// One statement, its values bound in order.
  func run(_ prepared: Prepared, _ values: [Value]) throws {
    let statement = prepared.statement
    for (index, value) in values.enumerated() { bind(value, to: Int32(index + 1), of: statement) }
    let code = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure() }
  }

  /// Calls `body` with the statement standing on each row.
  func forEach(_ sql: String, _ body: (OpaquePointer) -> Void) throws {
    let statement = try prepare(sql).statement
    while sqlite3_step(statement) == SQLITE_ROW { body(statement) }
    sqlite3_reset(statement)
  }

  func prepare(_ sql: String) throws -> Prepared {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw failure() }
    statements.append(statement)
    return Prepared(statement: statement)
  }

  private func bind(_ value: Value, to index: Int32, of statement: OpaquePointer) {
    // SQLite copies what it is given.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: sqlite3_bind_null(statement, index)
    case .integer(let number): sqlite3_bind_int64(statement, index, number)
    case .real(let number): sqlite3_bind_double(statement, index, number)
    case .text(var text):
      text.withUTF8 { bytes in
        _ = bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), transient)
        }
      }
    case .blob(let bytes): sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), transient)
    }
  }

  private func failure() -> Failure { Failure(message: String(cString: sqlite3_errmsg(handle))) }
}
