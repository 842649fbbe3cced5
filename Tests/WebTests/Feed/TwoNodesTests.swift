import Crypto
import Domain
import Features
import Foundation
import SQL
import Synchronization
import Testing

/// Two servers on one PostgreSQL: whoever follows one hears what is written through the other.
@Suite struct TwoNodesTests {
  private func withTwoNodes(_ body: @Sendable @escaping ([RunningServer], String) async throws -> Void) async throws {
    let place = TestPlace(engine: .postgres)
    try await place.create()
    let databases = [try place.open(), try place.open()]
    let vault = Vault(master: SymmetricKey(size: .bits256))
    let outcome: Result<Void, any Error>
    do {
      try await RunningServer.with(databases[0], vault: vault) { one in
        try await RunningServer.with(databases[1], vault: vault) { two in
          try await body([one, two], one.token())
        }
      }
      outcome = .success(())
    } catch { outcome = .failure(error) }
    for database in databases { await database.close() }
    try await place.remove()
    try outcome.get()
  }

  @Test(.timeLimit(.minutes(2))) func bothFeedsTellEveryEventInOrderWhoeverWroteIt() async throws {
    try await withTwoNodes { nodes, token in
      let followers = try await onThread { try nodes.map { try Follower(port: $0.port, token: token) } }
      let alternating = try await onThread {
        try (0..<30).map { try Self.report($0, to: nodes[$0 % 2].port, token) }
      }
      // And both at once.
      let crowd = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 30..<60 {
          group.addTask { try await onThread { try Self.report(number, to: nodes[number % 2].port, token) } }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let ids = alternating + crowd
      #expect(Set(ids).count == 60)

      let heard = try await onThread { try followers.map { try $0.messages(3 * 60) } }
      #expect(heard[0].map(\.id) == heard[1].map(\.id))
      #expect(heard[0].map(\.data) == heard[1].map(\.data))
      #expect(Set(heard[0].map(\.id)).count == 180)
      for id in ids {
        #expect(heard[0].filter { $0.caseID == id }.map(\.step) == ["opened", "judged", "assigned"])
      }
      let opened = heard[0].filter { $0.step == "opened" }.map(\.caseID)
      #expect(opened.prefix(30) == alternating[...])
    }
  }

  @Test(.timeLimit(.minutes(2))) func aFollowerGoesOnAtTheOtherNode() async throws {
    try await withTwoNodes { nodes, token in
      let whole = try await onThread { try Follower(port: nodes[0].port, token: token) }
      let first = try await onThread { try (0..<8).map { try Self.report($0, to: nodes[$0 % 2].port, token) } }
      let all = try await onThread { try whole.messages(24) }
      // From any event on: what was missed there, and then what happens, through either node.
      for (index, last) in all.enumerated() where index.isMultiple(of: 5) {
        let missed = try await onThread {
          try Follower(port: nodes[1].port, token: token, lastEventID: last.id).messages(all.count - index - 1)
        }
        #expect(missed.map(\.id) == all.dropFirst(index + 1).map(\.id))
      }
      let last = try #require(all.last)
      let other = try await onThread { try Follower(port: nodes[1].port, token: token, lastEventID: last.id) }
      let more = try await onThread { try (8..<16).map { try Self.report($0, to: nodes[$0 % 2].port, token) } }
      let rest = try await onThread { try [whole, other].map { try $0.messages(24) } }
      #expect(rest[0].map(\.id) == rest[1].map(\.id))
      #expect(rest[1].filter { $0.step == "opened" }.map(\.caseID) == more)
      #expect(Set(first).isDisjoint(with: rest[1].map(\.caseID)))
    }
  }

  /// Takes a report in and returns its case.
  private static func report(_ number: Int, to port: Int, _ token: String) throws -> String {
    let body = ReportEndpointsTests.noise
    let socket = try PlainSocket(port: port)
    try socket.send(
      "POST /api/v1/reports HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
        + "Idempotency-Key: k\(number)\r\nContent-Type: application/json\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    let answer = try socket.readToEnd()
    let mark = try #require(answer.range(of: "\"case\":\""), "\(answer)")
    return String(answer[mark.upperBound...].prefix { $0 != "\"" })
  }
}

/// An open stream of a node's live feed.
private final class Follower: Sendable {
  private let socket: PlainSocket
  private let text = Mutex("")
  private let taken = Mutex(0)

  /// Returns when the stream is open: everything after it will be heard.
  init(port: Int, token: String, lastEventID: String? = nil) throws {
    socket = try PlainSocket(port: port)
    let last = lastEventID.map { "Last-Event-ID: \($0)\r\n" } ?? ""
    try socket.send("GET /api/v1/feed HTTP/1.1\r\nHost: a\r\n\(last)Authorization: Bearer \(token)\r\n\r\n")
    let head = try socket.read(until: "retry: 2000")
    try #require(head.hasPrefix("HTTP/1.1 200"), "\(head)")
    text.withLock { $0 = head }
  }

  /// The next so many events, when they have come.
  func messages(_ count: Int) throws -> [FeedTests.Message] {
    while true {
      let all = text.withLock { FeedTests.Message.all(in: Self.withoutFrames($0)) }
      let next = all.dropFirst(taken.withLock { $0 })
      if next.count >= count {
        taken.withLock { $0 += count }
        return Array(next.prefix(count))
      }
      let more = try socket.read(until: "\n\n")
      text.withLock { $0 += more }
    }
  }

  /// The lines between the chunks of the transfer tell their lengths.
  private static func withoutFrames(_ text: String) -> String {
    text.replacingOccurrences(of: "\r\n[0-9a-fA-F]+\r\n", with: "", options: .regularExpression)
  }
}
