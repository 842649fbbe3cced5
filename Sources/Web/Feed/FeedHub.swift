import Domain
import Features
import Logging
import NIOCore
import ServiceLifecycle

/// Follows the journal once for everybody on this node, and hands each change to those who may see it.
///
/// It rests while nobody follows. A change is encoded once, and the followers of one class (role, division, agency,
/// squad) share the bytes. A follower too slow for its bounded queue is cut; it comes back with `Last-Event-ID`.
package actor FeedHub: Service {
  private let settings: FeedSettings
  private let follow: FollowCases
  private let meter: Meter
  private let logger: Logger
  /// Behind the last change that was handed out; nil while nobody follows.
  private var position: FollowPosition?
  private var audience: [FeedClass: [Int: FeedSeat]] = [:]
  private var lastSeat = 0

  package init(_ site: Installation, settings: FeedSettings, meter: Meter, logger: Logger) {
    self.settings = settings
    self.meter = meter
    self.logger = logger
    follow = FollowCases(site)
  }

  private static let batchMax = 256

  /// Takes a follower in: it gets every change behind the position that comes with its seat, until it ends.
  /// - Parameter cut: closes the connection of a follower that does not keep up.
  /// - Throws: ``ProblemKind/tooManyFollowers``.
  package func join(_ actor: Actor, cut: @escaping @Sendable () -> Void) async throws
    -> (changes: AsyncStream<ByteBuffer>, from: FollowPosition, end: @Sendable () -> Void)
  {
    guard followers < settings.followersMax else { throw Problem(.tooManyFollowers, retryAfterSeconds: 10) }
    if position == nil {
      let head = try await follow.head()
      // Another one may have come first.
      position = position ?? head
    }
    guard let position else { throw Problem(.unavailable) }
    let (stream, continuation) = AsyncStream.makeStream(
      of: ByteBuffer.self, bufferingPolicy: .bufferingOldest(settings.queueMax))
    lastSeat += 1
    let group = FeedClass(actor)
    let seat = lastSeat
    audience[group, default: [:]][seat] = FeedSeat(
      queue: continuation, until: .now + .seconds(settings.streamSecondsMax), cut: cut)
    continuation.onTermination = { [weak self] _ in Task { await self?.leave(seat, of: group) } }
    meter.add(1, to: "feed_followers")
    return (stream, position, { continuation.finish() })
  }

  package var followers: Int { audience.values.reduce(0) { $0 + $1.count } }

  private func leave(_ seat: Int, of group: FeedClass) {
    guard audience[group]?.removeValue(forKey: seat) != nil else { return }
    meter.add(-1, to: "feed_followers")
    if audience[group]?.isEmpty == true { audience[group] = nil }
    if audience.isEmpty { position = nil }
  }

  // MARK: - Following

  package func run() async throws {
    let (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { for await _ in self.follow.wakes() { ring.yield() } }
        group.addTask { await Self.every(.milliseconds(self.settings.pollMilliseconds)) { ring.yield() } }
        group.addTask { await Self.every(.milliseconds(self.settings.heartbeatMilliseconds)) { await self.beat() } }
        for await _ in bell {
          await self.pump()
          // What arrives meanwhile rings once more and goes out together.
          try? await Task.sleep(for: .milliseconds(self.settings.gatherMilliseconds))
        }
        group.cancelAll()
      }
    }
    for seats in audience.values { for seat in seats.values { seat.queue.finish() } }
  }

  private static func every(_ duration: Duration, _ body: () async -> Void) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: duration)
      await body()
    }
  }

  private func pump() async {
    do {
      while let start = position {
        let batch = try await follow(after: start, limit: Self.batchMax)
        // Everybody left meanwhile, and somebody new began elsewhere.
        guard position == start else { return }
        publish(batch.changes)
        position = batch.position
        if !batch.isFull { return }
      }
    } catch {
      // The next bell tries again from the same position.
      logger.warning("the live feed could not read the journal", metadata: ["type": "\(type(of: error))"])
    }
  }

  private func publish(_ changes: [CaseChange]) {
    guard !changes.isEmpty else { return }
    let events = FeedEvents(changes)
    for (group, seats) in audience {
      guard let bytes = events.bytes(for: group.scope) else { continue }
      send(bytes, to: seats, of: group)
    }
    meter.add(changes.count, to: "feed_events")
  }

  private func send(_ bytes: ByteBuffer, to seats: [Int: FeedSeat], of group: FeedClass) {
    for (id, seat) in seats {
      guard case .dropped = seat.queue.yield(bytes) else { continue }
      leave(id, of: group)
      seat.queue.finish()
      seat.cut()
      meter.add(1, to: "feed_cut")
    }
  }

  /// Keeps silent streams alive, tells them how far the journal has come, and ends those that are too old.
  private func beat() {
    guard let position else { return }
    let bytes = FeedEvents.heartbeat(at: position)
    for (group, seats) in audience {
      for seat in seats.values where seat.until <= .now { seat.queue.finish() }
      send(bytes, to: seats.filter { $0.value.until > .now }, of: group)
    }
  }
}

/// Followers who see the same.
struct FeedClass: Hashable, Sendable {
  let scope: CaseScope

  init(_ actor: Actor) {
    scope = CaseScope(
      Actor(id: "feed", role: actor.role, division: actor.division, agency: actor.agency, squad: actor.squad))
  }
}

/// One follower.
struct FeedSeat: Sendable {
  let queue: AsyncStream<ByteBuffer>.Continuation
  let until: ContinuousClock.Instant
  let cut: @Sendable () -> Void
}
