/// A body that waits for its turn on a blocking thread, and the caller that waits for its answer.
package protocol Job: AnyObject, Sendable {
  /// Runs the body, as often as the engine needs; the last answer counts.
  func run(on connection: any Connection) throws
  /// Resumes the caller: with the answer of the last run, or with `error`. To be called exactly once.
  func finish(throwing error: (any Error)?)
}

/// Only one thread at a time holds a job, so its answer needs no lock.
package final class BodyJob<Answer: Sendable>: Job, @unchecked Sendable {
  private let body: @Sendable (any Connection) throws -> Answer
  private let caller: CheckedContinuation<Answer, any Error>
  private var answer: Answer?

  package init(
    _ body: @Sendable @escaping (any Connection) throws -> Answer, caller: CheckedContinuation<Answer, any Error>
  ) {
    self.body = body
    self.caller = caller
  }

  package func run(on connection: any Connection) throws { answer = try body(connection) }

  package func finish(throwing error: (any Error)?) {
    if let error {
      caller.resume(throwing: error)
    } else if let answer {
      caller.resume(returning: answer)
    } else {
      caller.resume(throwing: DatabaseError.failed("a body was answered before it ran"))
    }
  }
}
