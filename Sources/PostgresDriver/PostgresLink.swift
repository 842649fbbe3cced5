import CPQ
import SQL

/// An open line to the server. Closed when it is let go.
final class PostgresLink {
  let pointer: OpaquePointer

  /// - Throws: ``DatabaseError/unavailable(_:)``.
  init(url: String) throws {
    // What stands before `dbname` is a default that the URL may override.
    let settings = [
      ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "30000"), ("fallback_application_name", "headwater"), ("dbname", url),
      ("client_encoding", "UTF8"),
    ]
    let opened = Self.withTexts(settings.map(\.0)) { keys in
      Self.withTexts(settings.map(\.1)) { values in PQconnectdbParams(keys, values, 1) }
    }
    guard let opened else { throw DatabaseError.unavailable("no memory for a connection") }
    pointer = opened
    guard PQstatus(opened) == CONNECTION_OK else { throw DatabaseError.lost(opened) }
    PQsetNoticeProcessor(opened, { _, _ in }, nil)
  }

  deinit { PQfinish(pointer) }

  var isLost: Bool { PQstatus(pointer) == CONNECTION_BAD }

  /// Runs statements without values, outside pipeline mode.
  func script(_ sql: String) throws {
    let result = PQexec(pointer, sql)
    defer { PQclear(result) }
    try check(result, sql: sql)
  }

  func check(_ result: OpaquePointer?, sql: String) throws {
    guard let result else { throw DatabaseError.lost(pointer) }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
    default:
      if isLost { throw DatabaseError.lost(pointer) }
      throw DatabaseError.postgres(result, sql: sql)
    }
  }

  /// Whether libpq can make sense of `url`.
  static func understands(_ url: String) -> Bool {
    var message: UnsafeMutablePointer<CChar>?
    let options = PQconninfoParse(url, &message)
    defer {
      PQconninfoFree(options)
      PQfreemem(message)
    }
    return options != nil
  }

  private static func withTexts<R>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
    let bytes = texts.map { Array($0.utf8CString) }
    let joined = bytes.flatMap { $0 }
    return joined.withUnsafeBufferPointer { buffer in
      var offset = 0
      var pointers: [UnsafePointer<CChar>?] = []
      for text in bytes {
        pointers.append(buffer.baseAddress?.advanced(by: offset))
        offset += text.count
      }
      return body(pointers + [nil])
    }
  }
}
