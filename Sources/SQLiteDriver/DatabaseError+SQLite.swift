import GRDBSQLite
import SQL

extension DatabaseError {
  /// The last error of a connection. SQLite's messages name tables, columns and syntax, never bound values.
  static func sqlite(_ handle: OpaquePointer, sql: String) -> DatabaseError {
    let code = sqlite3_extended_errcode(handle)
    let message = String(cString: sqlite3_errmsg(handle))
    switch code & 0xff {
    case SQLITE_CONSTRAINT:
      let isGuard = code == SQLITE_CONSTRAINT_UNIQUE_CODE && violatesGuard(handle, message: message)
      return isGuard ? .conflict(message) : .constraint(message)
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_NOTADB,
      SQLITE_NOMEM, SQLITE_PROTOCOL:
      return .unavailable(message)
    default:
      return .failed("\(message), in: \(sql)")
    }
  }

  /// Whether the unique index that was violated is named as a guard. SQLite tells only its columns ("UNIQUE constraint
  /// failed: journal.district, journal.stream"), so the index is looked up by them.
  private static func violatesGuard(_ handle: OpaquePointer, message: String) -> Bool {
    guard let colon = message.firstIndex(of: ":") else { return false }
    let columns = message[message.index(after: colon)...].split(separator: ",").compactMap { part in
      part.split(separator: ".").last.map { String($0).trimmed }
    }
    let table = message[message.index(after: colon)...].split(separator: ".").first.map { String($0).trimmed } ?? ""
    let query = """
      SELECT 1 FROM pragma_index_list(?1) AS list WHERE list."unique" AND list.name LIKE '%\\_guard' ESCAPE '\\'
        AND ?2 = (SELECT group_concat(info.name, ',') FROM pragma_index_info(list.name) AS info)
      """
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(handle, query, -1, &statement, nil) == SQLITE_OK else { return false }
    sqlite3_bind_text(statement, 1, table, -1, copied)
    sqlite3_bind_text(statement, 2, columns.joined(separator: ","), -1, copied)
    return sqlite3_step(statement) == SQLITE_ROW
  }
}

/// Bound bytes are copied by SQLite at once.
let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

/// `SQLITE_CONSTRAINT_UNIQUE`, a macro that Swift does not see.
private let SQLITE_CONSTRAINT_UNIQUE_CODE = SQLITE_CONSTRAINT | (8 << 8)

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
