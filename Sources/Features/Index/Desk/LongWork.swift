import Dispatch
import Synchronization

/// Work of many seconds on a thread of its own, so that it holds none of those that serve requests.
enum LongWork {
  /// Whoever is cancelled waits no longer; what the thread still finds is dropped.
  static func run<Answer: Sendable>(_ work: @Sendable @escaping () throws -> Answer) async throws -> Answer {
    let waiting = Waiting<Answer>()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { caller in
        guard waiting.begin(caller) else { return }
        DispatchQueue.global(qos: .utility).async { waiting.end(Result { try work() }) }
      }
    } onCancel: {
      waiting.end(.failure(CancellationError()))
    }
  }

  /// The caller is answered once, by the work or by its own end, whichever is first.
  private final class Waiting<Answer: Sendable>: Sendable {
    private struct State {
      var caller: CheckedContinuation<Answer, any Error>?
      var hasEnded = false
    }

    private let state = Mutex(State())

    /// - Returns: false where it has ended before it began.
    func begin(_ caller: CheckedContinuation<Answer, any Error>) -> Bool {
      let isOpen = state.withLock { state in
        if !state.hasEnded { state.caller = caller }
        return !state.hasEnded
      }
      if !isOpen { caller.resume(throwing: CancellationError()) }
      return isOpen
    }

    func end(_ result: Result<Answer, any Error>) {
      let caller = state.withLock { state in
        defer { (state.caller, state.hasEnded) = (nil, true) }
        return state.caller
      }
      caller?.resume(with: result)
    }
  }
}
