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

  private func commit(_ turns: [Turn]) {
    var outcomes: [(any Error)?] = []
    outcomes.reserveCapacity(turns.count)
    var failure: (any Error)?
    do {
      try connection.control("BEGIN IMMEDIATE")
      for turn in turns { outcomes.append(try outcome(of: turn)) }
      try connection.control("COMMIT")
    } catch {
      failure = error
      connection.forgetFailure()
      if connection.isInTransaction { try? connection.control("ROLLBACK") }
    }
    if case DatabaseError.constraint? = failure, turns.count > 1 {
      // One of them broke a rule that is only checked at the commit; each alone, the others are spared.
      connection.forgetWakes(beyond: 0)
      for turn in turns { commit([turn]) }
    } else {
      answer(turns, outcomes, failure)
    }
  }

  /// What the body threw, if it did; throws itself if the whole transaction is lost.
  private func outcome(of turn: Turn) throws -> (any Error)? {
    let wakeCount = connection.wakes.count
    var attempts = 0
    while true {
      attempts += 1
      try connection.control("SAVEPOINT turn")
      let rejection = run(turn.job)
      if rejection != nil || turn.isRead {
        guard connection.isInTransaction else {
          throw rejection ?? DatabaseError.unavailable("the transaction was given up")
        }
        connection.forgetWakes(beyond: wakeCount)
        try connection.control("ROLLBACK TO turn")
      }
      try connection.control("RELEASE turn")
      guard case DatabaseError.conflict? = rejection, attempts < Self.attemptsMax else { return rejection }
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
