import CPQ
import SQL

/// One connection in libpq's pipeline mode; used by one thread only.
///
/// What begins a transaction travels with its first statement and a statement's preparation with its first run, so
/// that a transaction of n statements costs n + 1 round trips, and fewer where statements are run in one go.
final class PostgresConnection: Connection {
  let dialect = Dialect.postgres
  private let link: PostgresLink
  private var prepared: [String: Prepared] = [:]
  /// How many the server holds; more than are known here, after failures.
  private var preparedCount = 0
  private var statementCount = 0
  /// What begins the transaction and has not been sent yet.
  private var pendingBegin: [String] = []
  /// The channels that the running body has woken.
  private(set) var wakes: [String] = []

  private struct Prepared {
    let name: String
    let types: [Oid]
  }

  /// Beyond this the prepared statements are forgotten: texts differ by the lengths of lists.
  private static let preparedCountMax = 400

  init(url: String) throws {
    link = try PostgresLink(url: url)
    // A body has no business waiting a minute; an answered write is on the disk, whatever the server's default.
    try link.script(
      """
      SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s';
      SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
      """)
    guard PQenterPipelineMode(link.pointer) == 1 else { throw DatabaseError.lost(link.pointer) }
  }

  func run(_ statement: Statement) throws -> Int {
    try execute([statement]) { result in Int(String(cString: PQcmdTuples(result))) ?? 0 }
  }

  func run(_ statements: [Statement]) throws {
    guard !statements.isEmpty else { return }
    try execute(statements) { _ in }
  }

  func forEach(_ query: Statement, _ body: (any Row) throws -> Void) throws {
    try execute([query]) { result in
      for row in 0..<PQntuples(result) { try body(PostgresRow(result: result, row: row)) }
    }
  }

  func script(_ sql: String) throws {
    guard PQexitPipelineMode(link.pointer) == 1 else { throw DatabaseError.lost(link.pointer) }
    defer { _ = PQenterPipelineMode(link.pointer) }
    for begin in pendingBegin { try link.script(begin) }
    pendingBegin = []
    // Building an index may take longer than a statement should.
    try link.script("SET LOCAL statement_timeout = 0")
    try link.script(sql)
    try link.script("SET LOCAL statement_timeout = '60s'")
  }

  func wake(_ channel: String) throws {
    if !wakes.contains(channel) { wakes.append(channel) }
  }

  // MARK: - For the threads that own a connection

  var isLost: Bool { link.isLost }

  /// - Parameter commands: those that begin a transaction; they are sent with its first statement, if there is one.
  func begin(_ commands: [String]) {
    pendingBegin = commands
    wakes = []
  }

  /// - Throws: ``DatabaseError/unavailable(_:)`` if the line was lost: the transaction may or may not stand.
  func commit() throws {
    guard pendingBegin.isEmpty else { return }
    try sendCommit()
    let result = answerToControl()
    defer { PQclear(result) }
    try link.check(result, sql: "COMMIT")
    // A transaction in which a statement had failed is rolled back without an error.
    guard let result, String(cString: PQcmdStatus(result)) == "COMMIT" else {
      throw DatabaseError.failed("a statement had failed, and its error was ignored")
    }
  }

  /// Sends the commit of a read, for whose outcome nobody waits; ``awaitEnd()`` is to follow.
  func sendCommit() throws {
    guard pendingBegin.isEmpty else { return }
    try send("COMMIT")
    try sync()
  }

  func awaitEnd() {
    guard pendingBegin.isEmpty else { return }
    PQclear(answerToControl())
  }

  func rollback() {
    guard pendingBegin.isEmpty, !isLost else { return }
    do {
      try send("ROLLBACK")
      try sync()
      PQclear(answerToControl())
    } catch {
      // The line is lost, and the transaction with it.
    }
  }

  private func answerToControl() -> OpaquePointer? {
    var answer: OpaquePointer?
    collect(1) { _, result in answer = result }
    return answer
  }

  // MARK: - Statements

  private struct Step {
    enum Kind { case begin, forget, prepare, run }

    let kind: Kind
    let sql: String
  }

  /// Sends the statements in one go, behind what begins the transaction, and hands the last one's result to `read`.
  private func execute<R>(_ statements: [Statement], _ read: (OpaquePointer) throws -> R) throws -> R {
    var sent: [Step] = []
    for begin in pendingBegin { try send(.begin, begin, PostgresParameters([]), &sent) }
    if preparedCount >= Self.preparedCountMax {
      prepared = [:]
      preparedCount = 0
      try forget("ALL", &sent)
    }
    for statement in statements { try send(.run, statement.sql, PostgresParameters(statement.values), &sent) }
    try sync()
    let result = try answer(to: sent)
    defer { PQclear(result) }
    return try read(result)
  }

  private func send(_ kind: Step.Kind, _ sql: String, _ parameters: PostgresParameters, _ sent: inout [Step]) throws {
    let statement = try prepare(sql, parameters, &sent)
    let isSent = parameters.withPointers { values, lengths, formats in
      PQsendQueryPrepared(link.pointer, statement.name, parameters.count, values, lengths, formats, 1)
    }
    guard isSent == 1 else { throw DatabaseError.lost(link.pointer) }
    sent.append(Step(kind: kind, sql: sql))
  }

  /// The statement by which `sql` can be run with these types, sent for preparation if there is none.
  private func prepare(_ sql: String, _ parameters: PostgresParameters, _ sent: inout [Step]) throws -> Prepared {
    let known = prepared[sql]
    if let known, accepts(known.types, parameters.types) { return known }
    if let known { try forget(known.name, &sent) }
    statementCount += 1
    preparedCount += 1
    let types = zip(parameters.types, known?.types ?? parameters.types).map { $0 == PostgresType.unknown ? $1 : $0 }
    let new = Prepared(name: "s\(statementCount)", types: types)
    guard PQsendPrepare(link.pointer, new.name, sql, parameters.count, types) == 1 else {
      throw DatabaseError.lost(link.pointer)
    }
    sent.append(Step(kind: .prepare, sql: sql))
    prepared[sql] = new
    return new
  }

  private func forget(_ name: String, _ sent: inout [Step]) throws {
    let sql = "DEALLOCATE \(name)"
    try send(sql)
    sent.append(Step(kind: .forget, sql: sql))
  }

  /// NULL may stand for any type.
  private func accepts(_ declared: [Oid], _ wanted: [Oid]) -> Bool {
    declared.count == wanted.count
      && zip(declared, wanted).allSatisfy { $0 == $1 || $1 == PostgresType.unknown }
  }

  /// The result of the last step. All answers are read before any row is, because a row's reader may run statements.
  private func answer(to sent: [Step]) throws -> OpaquePointer {
    var failure: (any Error)?
    var last: OpaquePointer?
    collect(sent.count) { index, result in
      let (step, isLast) = (sent[index], index == sent.count - 1)
      defer { if !isLast || failure != nil { PQclear(result) } }
      // After a failure the rest is only reported as skipped, and what it would have prepared is not there.
      guard failure == nil else {
        if step.kind == .prepare { prepared[step.sql] = nil }
        return
      }
      do {
        try link.check(result, sql: step.sql)
        if step.kind == .begin { pendingBegin = [] }
        if isLast { last = result }
      } catch {
        prepared[step.sql] = nil
        failure = error
      }
    }
    if let failure { throw failure }
    guard let last else { throw DatabaseError.lost(link.pointer) }
    return last
  }

  private func send(_ control: String) throws {
    guard PQsendQueryParams(link.pointer, control, 0, nil, nil, nil, nil, 0) == 1 else {
      throw DatabaseError.lost(link.pointer)
    }
  }

  private func sync() throws {
    guard PQpipelineSync(link.pointer) == 1 else { throw DatabaseError.lost(link.pointer) }
  }

  /// Reads the results of `count` commands and of the sync behind them; on a lost line, of as many as came. Each
  /// result belongs to the one it is handed to.
  private func collect(_ count: Int, _ each: (Int, OpaquePointer?) -> Void) {
    for index in 0..<count {
      each(index, PQgetResult(link.pointer))
      while let rest = PQgetResult(link.pointer) { PQclear(rest) }
      if isLost { return }
    }
    PQclear(PQgetResult(link.pointer))
  }
}
