import SQL

/// The group commit: takes whatever waits, runs it in one transaction, answers after the commit.
struct SQLiteWriter {
  struct Turn: Sendable {
    let job: any Job
    /// A read without a reader of its own: what it might change is undone.
    let isRead: Bool
  }

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
      if connection.isInTransaction { try? connection.control("ROLLBACK") }
    }
    answer(turns, outcomes, failure)
  }

  /// What the body threw, if it did; throws itself if the whole transaction is lost.
  private func outcome(of turn: Turn) throws -> (any Error)? {
    try connection.control("SAVEPOINT turn")
    let wakeCount = connection.wakes.count
    var rejection: (any Error)?
    do { try turn.job.run(on: connection) } catch { rejection = error }
    if rejection != nil || turn.isRead {
      guard connection.isInTransaction else {
        throw rejection ?? DatabaseError.unavailable("the transaction was given up")
      }
      connection.forgetWakes(beyond: wakeCount)
      try connection.control("ROLLBACK TO turn")
    }
    try connection.control("RELEASE turn")
    return rejection
  }

  private func answer(_ turns: [Turn], _ outcomes: [(any Error)?], _ failure: (any Error)?) {
    if failure == nil { registry.wake(connection.wakes) }
    connection.forgetWakes(beyond: 0)
    for (index, turn) in turns.enumerated() {
      turn.job.finish(throwing: failure ?? outcomes[index])
    }
  }
}
