import Dispatch
import Foundation
import Synchronization

/// Threads that are allowed to block, each with one piece of work to its end.
package struct BlockingThreads: Sendable {
  private let running = DispatchGroup()

  package init() {}

  /// - Parameter name: of at most 15 bytes, as tools show it.
  package func start(_ name: String, _ work: @Sendable @escaping () -> Void) {
    // NB: Foundation lets a thread's block go when the thread is as good as gone: libdispatch has already freed what it
    // kept for the thread, and frees it once more if anything uses dispatch then, as GRDB's queues do when they are let
    // go. So the work is taken out of the block, and goes with its last line.
    let waiting = Mutex<(@Sendable () -> Void)?>(work)
    running.enter()
    Thread { [running] in
      Thread.current.name = name
      waiting.withLock { $0.take() }?()
      running.leave()
    }.start()
  }

  /// Waits until every thread has ended.
  package func end() async {
    await withCheckedContinuation { caller in running.notify(queue: .global()) { caller.resume() } }
  }
}
