import CPQ
import Foundation
import SQL
import Synchronization

/// Carries wakes between the nodes of a database by LISTEN and NOTIFY, on a connection of its own.
///
/// NB: the notification is sent after the commit, not inside its transaction. PostgreSQL takes one lock for the whole
/// server while it commits a transaction that notifies, so that such commits no longer share a flush of the log. What
/// is lost when a node dies between the two is a wake, never an event: the next one brings both.
final class PostgresMessenger: Sendable {
  private struct Outbox {
    var channels: Set<String> = []
    var isListening = false
    var isEnded = false
  }

  private let url: String
  private let registry: WakeRegistry
  private let outbox = Mutex(Outbox())
  private let bell: Bell

  init(url: String, registry: WakeRegistry) throws {
    self.url = url
    self.registry = registry
    bell = try Bell()
  }

  /// Wakes the followers here at once, and those elsewhere soon.
  func send(_ channels: [String]) {
    guard !channels.isEmpty else { return }
    registry.wake(channels)
    let isFirst = outbox.withLock { outbox in
      defer { outbox.channels.formUnion(channels) }
      return outbox.channels.isEmpty
    }
    if isFirst { bell.ring() }
  }

  /// Makes sure that every channel with followers here is listened to.
  func listen() {
    outbox.withLock { $0.isListening = true }
    bell.ring()
  }

  func end() {
    outbox.withLock { $0.isEnded = true }
    bell.ring()
  }

  /// The messenger's thread.
  func work() {
    var line = Line(url: url, registry: registry)
    while true {
      let outbox = outbox.withLock { outbox in
        defer { outbox.channels = [] }
        return outbox
      }
      if outbox.isEnded { return }
      line.carry(outbox.channels, isListening: outbox.isListening)
      bell.wait(beside: line.socket, for: line.patience)
      line.receive()
    }
  }
}

/// The messenger's connection and what it knows; used by its thread only.
private struct Line {
  /// When followers are woken once more after a wake.
  private static let echoes: [Duration] = [.milliseconds(25), .milliseconds(100), .milliseconds(500)]
  /// Notifications are merged for this long.
  private static let pause = Duration.milliseconds(5)
  /// Followers are woken at least this often, and a silent loss of the line is noticed.
  private static let heartbeat = Duration.seconds(15)

  private let url: String
  private let registry: WakeRegistry
  private var link: PostgresLink?
  private var backoff = Backoff()
  private var listened: Set<String> = []
  private var unsent: Set<String> = []
  private var lastSent = ContinuousClock.now
  private var woken: [String: (at: ContinuousClock.Instant, echoes: Int)] = [:]
  private var lastHeartbeat = ContinuousClock.now

  init(url: String, registry: WakeRegistry) {
    self.url = url
    self.registry = registry
  }

  var socket: Int32? { link.map { PQsocket($0.pointer) } }

  /// How long there is nothing to do unless someone rings.
  var patience: Duration {
    let now = ContinuousClock.now
    var due = lastHeartbeat + Self.heartbeat
    if !unsent.isEmpty { due = min(due, link == nil ? now + backoff.remaining : lastSent + Self.pause) }
    if link == nil, !registry.channels.isEmpty { due = min(due, now + backoff.remaining) }
    for wake in woken.values where wake.echoes < Self.echoes.count {
      due = min(due, wake.at + Self.echoes[wake.echoes])
    }
    return max(.zero, now.duration(to: due))
  }

  mutating func carry(_ channels: Set<String>, isListening: Bool) {
    unsent.formUnion(channels)
    for channel in channels { woken[channel] = (.now, 0) }
    echo()
    guard isListening || !unsent.isEmpty, connect() else { return }
    do {
      for channel in registry.channels where !listened.contains(channel) {
        try link?.script("LISTEN \(Self.identifier(channel))")
        listened.insert(channel)
        // What was committed before the LISTEN took hold was not announced.
        registry.wake([channel])
      }
      if !unsent.isEmpty, lastSent + Self.pause <= .now {
        try link?.script(unsent.map { "NOTIFY \(Self.identifier($0))" }.joined(separator: ";"))
        unsent = []
        lastSent = .now
      }
    } catch { lose() }
  }

  /// Hands on what other nodes have announced.
  mutating func receive() {
    guard let link else { return }
    guard PQconsumeInput(link.pointer) == 1 else { return lose() }
    let own = PQbackendPID(link.pointer)
    while let notice = PQnotifies(link.pointer) {
      defer { PQfreemem(notice) }
      guard notice.pointee.be_pid != own, let name = notice.pointee.relname else { continue }
      let channel = String(cString: name)
      woken[channel] = (.now, 0)
      registry.wake([channel])
    }
  }

  private mutating func echo() {
    let now = ContinuousClock.now
    for (channel, wake) in woken where wake.echoes < Self.echoes.count && wake.at + Self.echoes[wake.echoes] <= now {
      woken[channel] = (wake.at, wake.echoes + 1)
      registry.wake([channel])
    }
    guard lastHeartbeat + Self.heartbeat <= now else { return }
    lastHeartbeat = now
    registry.wakeAll()
  }

  private mutating func connect() -> Bool {
    if link != nil { return true }
    guard backoff.remaining <= .zero else { return false }
    do {
      let opened = try PostgresLink(url: url)
      // A lost notification costs a heartbeat; a flushed one would cost every commit.
      try opened.script("SET synchronous_commit = off")
      link = opened
      backoff.succeeded()
      return true
    } catch {
      backoff.failed()
      return false
    }
  }

  private mutating func lose() {
    link = nil
    listened = []
  }

  private static func identifier(_ channel: String) -> String {
    "\"" + channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
