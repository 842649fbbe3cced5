import SQL

/// The group commit: takes whatever waits, runs it in one transaction, answers after the commit.
struct SQLiteWriter {
  struct Turn: Sendable {
    let job: any Job
    /// A read without a reader of its own: what it might change is undone.
    let isRead: Bool
  }

  /// How often a body is run before a conflict is handed to the caller. With one writer a conflict is the body's own,
  /// but it is promised to be tried again, as on PostgreSQL.
  private static let attemptsMax = 10

  let connection: SQLiteConnection
  let registry: WakeRegistry

  func work(through queue: BlockingQueue<Turn>) {
    while let turns = queue.takeAll() { commit(turns) }
  }

  /// A turn wrote, and nothing of it may stay, or it has to be run again; with what its body threw, if it did.
  private struct NeedsUndo: Error {
    let turn: Int
    let rejection: (any Error)?

    var isConflict: Bool {
      if case DatabaseError.conflict? = rejection { true } else { false }
    }
  }

  /// Runs the turns without savepoints first: one before every turn makes SQLite copy each page that the turn touches,
  /// some forty for a report, and nearly every turn succeeds. Where one does not and has written, the group is rolled
  /// back and the others are run again, each with a savepoint.
  private func commit(_ turns: [Turn]) {
    var outcomes: [(any Error)?] = []
    var failure: (any Error)?
    do {
      do {
        outcomes = try transaction { try turns.indices.map { try outcome(of: turns, $0) } }
      } catch let undo as NeedsUndo {
        outcomes = try transaction {
          try turns.indices.map { index in
            index == undo.turn && !undo.isConflict ? undo.rejection : try guardedOutcome(of: turns[index])
          }
        }
      }
    } catch {
      failure = error
    }
    if case DatabaseError.constraint? = failure, turns.count > 1 {
      // One of them broke a rule that is only checked at the commit; each alone, the others are spared.
      for turn in turns { commit([turn]) }
    } else {
      answer(turns, outcomes, failure)
    }
  }

  private func transaction<T>(_ body: () throws -> T) throws -> T {
    do {
      try connection.control("BEGIN IMMEDIATE")
      let result = try body()
      try connection.control("COMMIT")
      return result
    } catch {
      connection.forgetFailure()
      connection.forgetWakes(beyond: 0)
      if connection.isInTransaction { try? connection.control("ROLLBACK") }
      throw error
    }
  }

  /// What the body threw, if it did.
  /// - Throws: ``NeedsUndo``, or why the whole transaction is lost.
  private func outcome(of turns: [Turn], _ index: Int) throws -> (any Error)? {
    let wakeCount = connection.wakes.count
    let writeCount = connection.writeCount
    let rejection = run(turns[index].job)
    guard rejection != nil || turns[index].isRead else { return nil }
    try needTransaction(after: rejection)
    let undo = NeedsUndo(turn: index, rejection: rejection)
    guard !undo.isConflict, connection.writeCount == writeCount else { throw undo }
    connection.forgetWakes(beyond: wakeCount)
    return rejection
  }

  /// The same inside a savepoint.
  private func guardedOutcome(of turn: Turn) throws -> (any Error)? {
    let wakeCount = connection.wakes.count
    var attempts = 0
    while true {
      attempts += 1
      try connection.control("SAVEPOINT turn")
      let rejection = run(turn.job)
      if rejection != nil || turn.isRead {
        try needTransaction(after: rejection)
        connection.forgetWakes(beyond: wakeCount)
        try connection.control("ROLLBACK TO turn")
      }
      try connection.control("RELEASE turn")
      guard case DatabaseError.conflict? = rejection, attempts < Self.attemptsMax else { return rejection }
    }
  }

  /// SQLite gives a transaction up by itself when the disk is full or fails.
  private func needTransaction(after rejection: (any Error)?) throws {
    guard connection.isInTransaction else {
      throw rejection ?? DatabaseError.unavailable("the transaction was given up")
    }
  }

  private func run(_ job: any Job) -> (any Error)? {
    defer { connection.forgetFailure() }
    do { try job.run(on: connection) } catch { return error }
    return connection.failure
  }

  private func answer(_ turns: [Turn], _ outcomes: [(any Error)?], _ failure: (any Error)?) {
    if failure == nil { registry.wake(connection.wakes) }
    connection.forgetWakes(beyond: 0)
    for (index, turn) in turns.enumerated() {
      turn.job.finish(throwing: failure ?? outcomes[index])
    }
  }
}
