import CPQ
import SQL

extension DatabaseError {
  /// What a failed result means. PostgreSQL's primary messages name objects, not values, except for data exceptions
  /// (class 22), whose message is therefore left out; details, which show rows, are never taken.
  static func postgres(_ result: OpaquePointer, sql: String) -> DatabaseError {
    let state = field(result, PG_DIAG_SQLSTATE)
    let message = "\(field(result, PG_DIAG_MESSAGE_PRIMARY)) (\(state))"
    switch (state.prefix(2), state) {
    case ("40", _):
      return .conflict(message)
    case _ where isStalePlan(state, message):
      return .conflict(message)
    case (_, "23505") where field(result, PG_DIAG_CONSTRAINT_NAME).hasSuffix("_guard"):
      return .conflict(message)
    case ("23", _):
      return .constraint(message)
    case ("08", _), ("53", _), ("57", _), ("58", _), (_, "55P03"):
      return .unavailable(message)
    case ("22", _):
      return .failed("a value of the wrong form (\(state)), in: \(sql)")
    default:
      return .failed("\(message), in: \(sql)")
    }
  }

  /// A connection that cannot be opened or was lost. The text may name the host, never the password.
  static func lost(_ link: OpaquePointer?) -> DatabaseError {
    let message = PQerrorMessage(link).map { String(cString: $0) } ?? ""
    let line = message.split(separator: "\n").first.map { String($0) }
    return .unavailable(line ?? "the connection to PostgreSQL was lost")
  }

  /// A table was changed under a prepared statement: prepare anew and try again.
  private static func isStalePlan(_ state: String, _ message: String) -> Bool {
    state == "0A000" && message.contains("cached plan")
  }

  private static func field(_ result: OpaquePointer, _ code: Int32) -> String {
    PQresultErrorField(result, code).map { String(cString: $0) } ?? ""
  }
}

/// The letters by which libpq knows the parts of an error; macros that Swift does not see.
private let PG_DIAG_SQLSTATE = Int32(UInt8(ascii: "C"))
private let PG_DIAG_MESSAGE_PRIMARY = Int32(UInt8(ascii: "M"))
private let PG_DIAG_CONSTRAINT_NAME = Int32(UInt8(ascii: "n"))
