import Foundation

/// Work handed from any task to threads that are allowed to block: in order, unbounded, ended once.
package final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [Element] = []
  private var taken = 0
  private var isEnded = false

  package init() {}

  /// False if the queue has ended; the element was then not taken on.
  package func put(_ element: Element) -> Bool {
    condition.withLock {
      guard !isEnded else { return false }
      waiting.append(element)
      condition.signal()
      return true
    }
  }

  /// Waits for the next element; nil once the queue has ended and is empty.
  package func take() -> Element? {
    condition.withLock {
      guard awaitElement() else { return nil }
      let element = waiting[taken]
      taken += 1
      if taken == waiting.count { waiting.removeAll(keepingCapacity: true); taken = 0 }
      return element
    }
  }

  /// Waits until there is something, then takes all of it; nil once the queue has ended and is empty.
  package func takeAll() -> [Element]? {
    condition.withLock {
      guard awaitElement() else { return nil }
      defer { waiting = []; taken = 0 }
      return taken == 0 ? waiting : Array(waiting[taken...])
    }
  }

  /// Takes on nothing more; what waits is still handed out.
  package func end() {
    condition.withLock {
      isEnded = true
      condition.broadcast()
    }
  }

  private func awaitElement() -> Bool {
    while waiting.isEmpty {
      if isEnded { return false }
      condition.wait()
    }
    return true
  }
}
