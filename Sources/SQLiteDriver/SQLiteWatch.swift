import Dispatch
import SQL

/// Notices what other processes commit to the file (an import beside a server) and wakes every follower.
final class SQLiteWatch: Sendable {
  private static let interval = DispatchTimeInterval.milliseconds(500)

  private let registry: WakeRegistry
  private let ended = DispatchSemaphore(value: 0)

  init(registry: WakeRegistry) { self.registry = registry }

  func end() { ended.signal() }

  /// Looks at the file's counter of commits, on a connection and thread of its own, until ``end()``.
  func work(on connection: SQLiteConnection) {
    var last: Int64?
    while ended.wait(timeout: .now() + Self.interval) == .timedOut {
      // A busy file is looked at again next time.
      let version = try? connection.first("PRAGMA data_version") { $0.integer(0) }
      connection.forgetFailure()
      if let version, version != last {
        registry.wakeAll()
        last = version
      }
    }
  }
}
