import Domain
import Synchronization

/// A clock that only moves when a test says so.
final class TestClock: Sendable {
  /// Thursday, 2026-01-15, 10:00 in Shanghai: office hours.
  static let start = Instant(milliseconds: 1_768_442_400_000)

  private let instant: Mutex<Instant>

  init(_ start: Instant = TestClock.start) { instant = Mutex(start) }

  var now: Instant { instant.withLock { $0 } }

  func advance(_ span: Span) { instant.withLock { $0 = $0 + span } }
}
