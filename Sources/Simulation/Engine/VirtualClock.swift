import Domain
import Synchronization

/// The time of the simulated world, and how far the server's own clock is from it.
public final class VirtualClock: Sendable {
  private let milliseconds: Atomic<Int64>
  private let skew = Atomic<Int64>(0)

  public init(at instant: Instant) { milliseconds = Atomic(instant.milliseconds) }

  /// True time, which only runs forwards.
  public var now: Instant { Instant(milliseconds: milliseconds.load(ordering: .relaxed)) }

  /// What the server's clock shows.
  public var shown: Instant {
    Instant(milliseconds: milliseconds.load(ordering: .relaxed) + skew.load(ordering: .relaxed))
  }

  public func advance(to instant: Instant) {
    milliseconds.store(max(instant, now).milliseconds, ordering: .relaxed)
  }

  /// The server's clock jumps: it is off by so much from now on.
  public func setSkew(_ span: Span) { skew.store(span.milliseconds, ordering: .relaxed) }
}
