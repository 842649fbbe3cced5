import Synchronization

/// A database that fails where it is told to, for the simulator and for tests: what a crash, a full disk or a lost
/// line does to the program is tried out by throwing at every step in turn.
///
/// The plan is asked at each ``Point``; where it says true, ``DatabaseError/unavailable(_:)`` is thrown there. A body
/// that is run again after a conflict counts as a new transaction. Reads fail only at their statements.
public final class FaultyDatabase: Database {
  /// A place inside a transaction; `transaction` counts the attempts of this database from 1 in the order in which
  /// they began, `statement` counts the statements of the attempt from 1.
  public enum Point: Sendable, Hashable {
    /// The statement is not run.
    case beforeStatement(transaction: Int, statement: Int)
    /// The statement was run, its answer is lost, and the transaction is rolled back.
    case afterStatement(transaction: Int, statement: Int)
    /// The transaction is rolled back.
    case beforeCommit(transaction: Int)
    /// The transaction stands, but the caller sees an error.
    case afterCommit(transaction: Int)
  }

  public typealias Plan = @Sendable (Point) -> Bool

  private let base: any Database
  private let plan: Plan
  private let transactions = Mutex(0)

  public init(_ base: any Database, plan: @escaping Plan) {
    self.base = base
    self.plan = plan
  }

  public var dialect: Dialect { base.dialect }

  public func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    try await base.read { [self] connection in
      try body(FaultyConnection(connection, transaction: nextTransaction(), plan: plan))
    }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    let (answer, transaction) = try await base.write { [self] connection in
      let transaction = nextTransaction()
      let answer = try body(FaultyConnection(connection, transaction: transaction, plan: plan))
      try fail(plan, at: .beforeCommit(transaction: transaction))
      return (answer, transaction)
    }
    try fail(plan, at: .afterCommit(transaction: transaction))
    return answer
  }

  public func wakes(channel: String) -> AsyncStream<Void> { base.wakes(channel: channel) }

  public func close() async { await base.close() }

  private func nextTransaction() -> Int {
    transactions.withLock { count in
      count += 1
      return count
    }
  }
}

private final class FaultyConnection: Connection {
  private let base: any Connection
  private let transaction: Int
  private let plan: FaultyDatabase.Plan
  private var statements = 0

  init(_ base: any Connection, transaction: Int, plan: @escaping FaultyDatabase.Plan) {
    self.base = base
    self.transaction = transaction
    self.plan = plan
  }

  var dialect: Dialect { base.dialect }

  func run(_ statement: Statement) throws -> Int { try step { try base.run(statement) } }

  func forEach(_ query: Statement, _ body: (any Row) throws -> Void) throws {
    try step { try base.forEach(query, body) }
  }

  func tally(_ query: Statement) throws -> [Tallied] { try step { try base.tally(query) } }

  func script(_ sql: String) throws { try step { try base.script(sql) } }

  func wake(_ channel: String) throws { try base.wake(channel) }

  private func step<T>(_ body: () throws -> T) throws -> T {
    statements += 1
    try fail(plan, at: .beforeStatement(transaction: transaction, statement: statements))
    let answer = try body()
    try fail(plan, at: .afterStatement(transaction: transaction, statement: statements))
    return answer
  }
}

private func fail(_ plan: FaultyDatabase.Plan, at point: FaultyDatabase.Point) throws {
  if plan(point) { throw DatabaseError.unavailable("a fault was injected") }
}
