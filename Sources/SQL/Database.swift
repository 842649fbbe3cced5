/// Which of the two engines stands behind a ``Database``; only for the few statements that truly differ.
public enum Dialect: String, Sendable {
  case sqlite, postgres

  /// The column type of ``Value/blob(_:)``, for migrations. Integers are `BIGINT`, reals `DOUBLE PRECISION` and texts
  /// `TEXT` on both engines.
  public var blobType: String { self == .sqlite ? "BLOB" : "BYTEA" }
}

/// One engine with its connections. Bodies run on a thread where blocking is allowed.
public protocol Database: Sendable {
  var dialect: Dialect { get }

  /// Runs `body` in a read-only transaction that sees one snapshot.
  func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T

  /// Runs `body` in a transaction and returns after it is durable. If `body` throws, nothing of it stays.
  ///
  /// SQLite: callers that arrive while a transaction runs share the next one (group commit), and all are answered
  /// after the commit. PostgreSQL: a transaction a call. On ``DatabaseError/conflict`` (a unique version taken by
  /// another node, a serialisation failure, a deadlock), and where a neighbour in the group had to be undone, the body
  /// is run again from the start, so it must have no effect outside the connection.
  @discardableResult
  func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T

  /// Wakes whoever follows: an element after commits that called ``Connection/wake(_:)`` with this channel, on any
  /// node. It may be merged or repeated; it carries no truth. Ends when the consumer stops.
  func wakes(channel: String) -> AsyncStream<Void>

  func close() async
}

/// One connection inside a transaction. Not to be kept beyond the body it was given to.
///
/// A statement that fails spoils the transaction: whatever the body does about the error, nothing of it stays, and
/// every later statement fails too. Avoid the error (`ON CONFLICT DO NOTHING`) where a duplicate is expected.
public protocol Connection: AnyObject {
  var dialect: Dialect { get }

  /// Runs a statement and returns the number of rows it changed.
  @discardableResult
  func run(_ statement: Statement) throws -> Int

  /// Runs statements one after the other, whatever number of rows each changes. An engine behind a line gets them in
  /// one go.
  func run(_ statements: [Statement]) throws

  /// Runs a query and calls `body` with each row in turn; the row is only valid inside the call.
  func forEach(_ query: Statement, _ body: (any Row) throws -> Void) throws

  /// How often each pair of a text and a number comes up in the rows of `query`, in no order.
  /// - Parameter query: gives the columns `key` (a text, not null) and `number` (an integer, not null).
  func tally(_ query: Statement) throws -> [Tallied]

  /// Runs statements without values, separated by semicolons (migrations).
  func script(_ sql: String) throws

  /// Wakes the followers of `channel` once this transaction has been committed.
  func wake(_ channel: String) throws
}

/// A pair that came up in a query's rows, and how often.
public struct Tallied: Sendable, Hashable {
  public let key: String
  public let number: Int
  public let count: Int

  public init(key: String, number: Int, count: Int) {
    self.key = key
    self.number = number
    self.count = count
  }
}

/// One row of a result, columns counted from 0.
public protocol Row {
  var columnCount: Int { get }
  func isNull(_ column: Int) -> Bool
  /// - Precondition: the column is not null and an integer (respectively real, text, blob).
  func integer(_ column: Int) -> Int64
  func real(_ column: Int) -> Double
  func text(_ column: Int) -> String
  func blob(_ column: Int) -> [UInt8]
  /// Whatever stands there, by its own type.
  func value(_ column: Int) -> Value
}

extension Row {
  public func int(_ column: Int) -> Int { Int(integer(column)) }
  public func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
  public func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }
  public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
  public func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}

extension Connection {
  public func run(_ statements: [Statement]) throws {
    for statement in statements { try run(statement) }
  }

  public func tally(_ query: Statement) throws -> [Tallied] {
    try all("SELECT q.key, q.number, COUNT(*) FROM (\(query)) q GROUP BY q.key, q.number") {
      Tallied(key: $0.text(0), number: $0.int(1), count: $0.int(2))
    }
  }

  /// All rows of a query, each read by `read`.
  public func all<T>(_ query: Statement, _ read: (any Row) throws -> T) throws -> [T] {
    var rows: [T] = []
    try forEach(query) { rows.append(try read($0)) }
    return rows
  }

  /// The first row of a query, or nil.
  public func first<T>(_ query: Statement, _ read: (any Row) throws -> T) throws -> T? {
    var found: T?
    try forEach(query) { if found == nil { found = try read($0) } }
    return found
  }
}

/// What an engine may answer with. A unique index (or key) is a *guard* of versions when its name ends in `_guard`:
/// only there is a duplicate a race, ``conflict(_:)``; elsewhere it is a ``constraint(_:)``.
/// Texts never hold bound values: they are residents' data.
public enum DatabaseError: Error, Sendable, Equatable {
  /// Another writer was first: a unique key that guards a version, a serialisation failure, a deadlock. Try again.
  case conflict(String)
  /// A constraint other than such a race: the program's mistake, or a duplicate the caller provokes on purpose.
  case constraint(String)
  /// The engine cannot be reached or the disk refuses; the transaction may or may not stand.
  case unavailable(String)
  case failed(String)
}
