import GRDBSQLite
import SQL

/// One connection; used by one thread only.
final class SQLiteConnection: Connection {
  let dialect = Dialect.sqlite
  private let handle: OpaquePointer
  private let cache: StatementCache
  private let counter: TallyFunction
  /// The channels that the running bodies have woken.
  private(set) var wakes: [String] = []
  /// The first statement that failed in the running body. PostgreSQL refuses everything behind it, so we do too:
  /// what passes here passes there.
  private(set) var failure: DatabaseError?
  /// How many statements were run that may have written.
  private(set) var writeCount = 0
  /// What values are bound from, kept between statements unless it has grown large.
  private var idleBytes: [UInt8] = []
  private static let idleBytesMax = 1 << 18

  init(_ handle: OpaquePointer) {
    self.handle = handle
    cache = StatementCache(handle)
    counter = TallyFunction(on: handle)
  }

  func run(_ statement: Statement) throws -> Int {
    try execute(statement) { _ in }
    return Int(sqlite3_changes64(handle))
  }

  func forEach(_ query: Statement, _ body: (any Row) throws -> Void) throws {
    try execute(query) { try body(SQLiteRow(statement: $0)) }
  }

  /// By a function of ours: SQLite's GROUP BY sorts all rows first, which costs three times the reading.
  func tally(_ query: Statement) throws -> [Tallied] {
    counter.begin()
    try execute("SELECT \(literal: TallyFunction.name)(q.key, q.number) FROM (\(query)) q") { _ in }
    return counter.found
  }

  func script(_ sql: String) throws {
    if let failure { throw failure }
    writeCount += 1
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
    // A row's callback may run other statements: each needs bytes of its own.
    var bytes = idleBytes
    idleBytes = []
    defer {
      cache.giveBack(prepared)
      bytes.removeAll(keepingCapacity: bytes.count <= Self.idleBytesMax)
      idleBytes = bytes
    }
    guard statement.values.count == prepared.valueCount else {
      let error = DatabaseError.failed("\(statement.values.count) values for: \(statement.sql)")
      failure = error
      throw error
    }
    if prepared.mayWrite { writeCount += 1 }
    for value in statement.values { bytes.append(contentsOf: value) }
    // So that an empty text has an address too: a null pointer would bind NULL.
    bytes.append(0)
    try bytes.withUnsafeBytes { bytes in
      // SQLite reads the bytes where they are: they stay until the statement is given back.
      guard bind(statement.values, in: bytes, to: prepared.pointer) else { throw failed(statement.sql) }
      while true {
        switch sqlite3_step(prepared.pointer) {
        case SQLITE_ROW: try onRow(prepared.pointer)
        case SQLITE_DONE: return
        default: throw failed(statement.sql)
        }
      }
    }
  }

  private func failed(_ sql: String) -> DatabaseError {
    let error = DatabaseError.sqlite(handle, sql: sql)
    failure = error
    return error
  }

  /// - Parameter bytes: those of the texts and blobs, one behind the other.
  private func bind(_ values: [Value], in bytes: UnsafeRawBufferPointer, to statement: OpaquePointer) -> Bool {
    guard var next = bytes.baseAddress else { return false }
    for (index, value) in values.enumerated() {
      let index = Int32(index + 1)
      let code: Int32
      switch value {
      case .null: code = sqlite3_bind_null(statement, index)
      case .integer(let integer): code = sqlite3_bind_int64(statement, index, integer)
      case .real(let real): code = sqlite3_bind_double(statement, index, real)
      case .text(let text):
        let count = text.utf8.count
        code = sqlite3_bind_text64(
          statement, index, next.assumingMemoryBound(to: CChar.self), UInt64(count), nil, UInt8(SQLITE_UTF8))
        next += count
      case .blob(let blob):
        code = sqlite3_bind_blob64(statement, index, next, UInt64(blob.count), nil)
        next += blob.count
      }
      guard code == SQLITE_OK else { return false }
    }
    return true
  }
}

extension [UInt8] {
  fileprivate mutating func append(contentsOf value: Value) {
    switch value {
    case .text(let text): append(contentsOf: text.utf8)
    case .blob(let blob): append(contentsOf: blob)
    case .null, .integer, .real: break
    }
  }
}
