import SQL

/// When a lost server may be tried again: at first soon, then at most every two seconds. In between callers are told
/// at once, so that they do not queue up behind a server that is away.
struct Backoff {
  private static let first = Duration.milliseconds(50)
  private static let last = Duration.seconds(2)

  private var delay = first
  private var notBefore: ContinuousClock.Instant?

  /// - Throws: ``DatabaseError/unavailable(_:)`` if it is too early.
  func check() throws {
    if remaining > .zero { throw DatabaseError.unavailable("PostgreSQL is away; it will be tried again soon") }
  }

  var remaining: Duration { notBefore.map { ContinuousClock.now.duration(to: $0) } ?? .zero }

  mutating func failed() {
    notBefore = .now + delay
    delay = min(delay * 2, Self.last)
  }

  mutating func succeeded() { self = Backoff() }
}
