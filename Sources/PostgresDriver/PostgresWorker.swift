import SQL

/// A thread's part of the pool: takes one job after another and runs each in a transaction on its own connection,
/// which is opened when it is first needed and again after it was lost.
final class PostgresWorker {
  struct Turn: Sendable {
    let job: any Job
    let isRead: Bool
  }

  /// How often a body is run before a conflict is handed to the caller.
  private static let attemptsMax = 20
  /// From this attempt on a writer waits until no other writes, on any node. Else whoever goes to the disk while the
  /// next reads would win every time: the loser begins again behind a commit that the winner already follows up.
  private static let aloneAttempt = 3
  private static let together = ["BEGIN", "SELECT pg_advisory_xact_lock_shared(7242, hashtext(current_schema()))"]
  private static let alone = ["BEGIN", "SELECT pg_advisory_xact_lock(7242, hashtext(current_schema()))"]

  private let url: String
  private let onCommit: @Sendable ([String]) -> Void
  private var connection: PostgresConnection?
  private var backoff = Backoff()

  init(url: String, onCommit: @Sendable @escaping ([String]) -> Void) {
    self.url = url
    self.onCommit = onCommit
  }

  func work(through queue: BlockingQueue<Turn>) {
    while let turn = queue.take() { perform(turn) }
  }

  private func perform(_ turn: Turn) {
    var attempts = 0
    var lossesLeft = 1
    while true {
      attempts += 1
      do {
        return try turn.isRead ? read(turn.job) : write(turn.job, isAlone: attempts >= Self.aloneAttempt)
      } catch let refusal as Refusal {
        if refusal.isLoss, lossesLeft > 0 {
          lossesLeft -= 1
        } else if !refusal.isConflict || attempts >= Self.attemptsMax {
          return turn.job.finish(throwing: refusal.reason)
        }
      } catch { return turn.job.finish(throwing: error) }
    }
  }

  /// Why a job was not done, and that nothing of it stands.
  private struct Refusal: Error {
    let reason: any Error
    /// A connection that had been idle or in the middle of the body was lost.
    let isLoss: Bool

    var isConflict: Bool { if case DatabaseError.conflict = reason { true } else { false } }
  }

  /// READ COMMITTED, the engine's default, is enough: a decision rests on one stream, and the guard of its versions
  /// refuses it if the stream has moved. A stricter level would turn every counter that two commands touch into a
  /// conflict.
  private func write(_ job: any Job, isAlone: Bool) throws {
    let connection = try run(job, in: isAlone ? Self.alone : Self.together)
    do { try connection.commit() } catch {
      if connection.isLost {
        drop()
        throw error
      }
      throw Refusal(reason: error, isLoss: false)
    }
    onCommit(connection.wakes)
    job.finish(throwing: nil)
  }

  private func read(_ job: any Job) throws {
    let connection = try run(job, in: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"])
    let isSent = (try? connection.sendCommit()) != nil
    job.finish(throwing: nil)
    if isSent { connection.awaitEnd() }
    if connection.isLost { drop() }
  }

  private func run(_ job: any Job, in begin: [String]) throws -> PostgresConnection {
    let connection = try usable()
    connection.begin(begin)
    do {
      try job.run(on: connection)
    } catch {
      let isLoss = connection.isLost
      if isLoss { drop() } else { connection.rollback() }
      throw Refusal(reason: error, isLoss: isLoss)
    }
    return connection
  }

  private func usable() throws -> PostgresConnection {
    if let connection { return connection }
    try backoff.check()
    do {
      let opened = try PostgresConnection(url: url)
      backoff.succeeded()
      connection = opened
      return opened
    } catch {
      backoff.failed()
      throw error
    }
  }

  private func drop() { connection = nil }
}
