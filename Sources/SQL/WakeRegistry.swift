import Synchronization

/// The followers of each channel inside this process.
package final class WakeRegistry: Sendable {
  private struct Followers {
    var next = 0
    var byChannel: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
  }

  private let followers = Mutex(Followers())

  package init() {}

  /// The channels that have been followed; one stays listed when its last follower leaves.
  package var channels: [String] { followers.withLock { $0.byChannel.keys.sorted() } }

  package func stream(of channel: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id = followers.withLock { followers in
      followers.next += 1
      followers.byChannel[channel, default: [:]][followers.next] = continuation
      return followers.next
    }
    continuation.onTermination = { [weak self] _ in
      self?.followers.withLock { _ = $0.byChannel[channel]?.removeValue(forKey: id) }
    }
    return stream
  }

  package func wake(_ channels: some Sequence<String>) {
    let woken = followers.withLock { followers in
      channels.flatMap { followers.byChannel[$0].map { Array($0.values) } ?? [] }
    }
    for follower in woken { follower.yield() }
  }

  package func wakeAll() { wake(channels) }

  /// Ends every stream.
  package func finish() {
    let all = followers.withLock { followers in
      defer { followers.byChannel = [:] }
      return followers.byChannel.values.flatMap(\.values)
    }
    for follower in all { follower.finish() }
  }
}
