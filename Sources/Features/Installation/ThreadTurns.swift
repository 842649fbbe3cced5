import Dispatch
import Foundation
import Synchronization

/// Runs heavy work for strangers (hashing passwords, decoding photos) on threads of their own, few at a time: a flood
/// takes neither the threads that serve requests nor more than a share of the processors, nor memory beyond that of the
/// few.
///
/// Work for those who are known (a device that has signed in before) goes first; so a flood of strangers does not keep
/// them waiting. Beyond a bounded number of strangers that wait, the next is turned away.
final class ThreadTurns: Sendable {
  enum Lane: Sendable { case known, stranger }

  /// Too many wait already.
  struct Busy: Error {}

  private struct State {
    var running = 0
    var known: [CheckedContinuation<Void, any Error>] = []
    var strangers: [CheckedContinuation<Void, any Error>] = []
  }

  private let state = Mutex(State())
  private let threads: DispatchQueue
  private let runningMax: Int
  private let waitingMax: Int

  /// - Parameters:
  ///   - label: of the threads.
  ///   - runningMax: at a time; half the processors unless told otherwise.
  ///   - waitingMax: how many may wait in each lane.
  init(label: String, runningMax: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2),
       waitingMax: Int = 64) {
    threads = DispatchQueue(label: label, qos: .utility, attributes: .concurrent)
    self.runningMax = runningMax
    self.waitingMax = waitingMax
  }

  /// Runs `work` when its turn has come.
  /// - Throws: ``Busy``, or what `work` throws.
  func run<Answer: Sendable>(_ lane: Lane, _ work: @Sendable @escaping () throws -> Answer) async throws -> Answer {
    try await takeTurn(lane)
    defer { passTurn() }
    return try await withCheckedThrowingContinuation { caller in
      threads.async { caller.resume(with: Result { try work() }) }
    }
  }

  private func takeTurn(_ lane: Lane) async throws {
    try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Void, any Error>) in
      let answer = state.withLock { state -> Result<Void, any Error>? in
        if state.running < runningMax {
          state.running += 1
          return .success(())
        }
        switch lane {
        case .known:
          guard state.known.count < waitingMax else { return .failure(Busy()) }
          state.known.append(caller)
        case .stranger:
          guard state.strangers.count < waitingMax else { return .failure(Busy()) }
          state.strangers.append(caller)
        }
        return nil
      }
      if let answer { caller.resume(with: answer) }
    }
  }

  /// Hands the turn to the next that waits.
  private func passTurn() {
    let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      if !state.known.isEmpty { return state.known.removeFirst() }
      if !state.strangers.isEmpty { return state.strangers.removeFirst() }
      state.running -= 1
      return nil
    }
    next?.resume()
  }
}
