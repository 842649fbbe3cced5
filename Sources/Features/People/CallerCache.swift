import Domain
import Synchronization

/// Callers that were looked up a moment ago, so that not every request reads the database. What ends on another node
/// (a sign-out, a revoked token, a disabled account) is seen here when the entry has aged: in ``ageMax`` at the latest.
final class CallerCache: Sendable {
  static let ageMax = Span.seconds(3)

  private struct Entry {
    let caller: Caller
    let at: Instant
  }

  private let entries = Mutex<[[UInt8]: Entry]>([:])
  private let countMax: Int

  init(countMax: Int = 10_000) { self.countMax = countMax }

  func caller(_ hash: [UInt8], at now: Instant) -> Caller? {
    entries.withLock { entries in
      guard let entry = entries[hash], entry.at <= now, now - entry.at < Self.ageMax else { return nil }
      return entry.caller
    }
  }

  func keep(_ caller: Caller, for hash: [UInt8], at now: Instant) {
    entries.withLock { entries in
      if entries.count >= countMax { entries = entries.filter { now - $0.value.at < Self.ageMax } }
      if entries.count >= countMax { entries = [:] }
      entries[hash] = Entry(caller: caller, at: now)
    }
  }

  func forget(_ hash: [UInt8]) { entries.withLock { _ = $0.removeValue(forKey: hash) } }

  func forget(actor id: String) { entries.withLock { $0 = $0.filter { $0.value.caller.actor.id != id } } }
}
