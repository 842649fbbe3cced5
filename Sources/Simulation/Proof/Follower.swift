import Features
import Journal
import SQL

/// Follows the journal's tail through a run, as a screen or a linked platform does: it must see every event once, and
/// each stream in its order, whatever is committed late.
final class Follower {
  private let site: Installation
  private var position = Position.start
  private var versions: [String: Int] = [:]
  private var seen = 0
  private var disorder: [String] = []

  init(_ site: Installation) { self.site = site }

  func follow() async throws {
    let (journal, after) = (site.journal, position)
    let events = try await site.database.read { try journal.tail(after: after, limit: 10_000, on: $0) }
    for event in events {
      if event.version != versions[event.stream, default: 0] + 1 { disorder.append(event.stream) }
      versions[event.stream] = event.version
      position = event.position
    }
    seen += events.count
  }

  /// What it has missed or seen wrongly of `events` in the journal.
  func violations(events: Int) async throws -> [Violation] {
    // The tail waits for transactions of others on the same server; they are short, unless the machine is busy.
    let end = ContinuousClock.now + .seconds(60)
    while seen < events, .now < end { try await follow() }
    return disorder.isEmpty && seen == events ? [] : [.followed(seen: seen, of: events, disorder: disorder.count)]
  }
}
