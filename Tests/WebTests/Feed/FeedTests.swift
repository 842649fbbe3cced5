import Domain
import Features
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization
import Testing
import Web

@Suite struct FeedTests {
  /// One message of a stream.
  struct Message: Sendable {
    let id: String
    let data: String
    var caseID: String { member("case.id") }
    var step: String { member("step") }

    private func member(_ path: String) -> String {
      var value: Any? = try? JSONSerialization.jsonObject(with: Data(data.utf8))
      for part in path.split(separator: ".") { value = (value as? [String: Any])?[String(part)] }
      return value as? String ?? ""
    }

    static func all(in text: String) -> [Message] {
      text.split(separator: "\n\n").compactMap { block in
        let lines = block.split(separator: "\n")
        func value(_ name: String) -> String? {
          lines.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
        }
        guard let id = value("id"), let data = value("data") else { return nil }
        return Message(id: id, data: data)
      }
    }
  }

  /// Runs `body` with a hub that follows the server's journal.
  private func withHub(
    queueMax: Int = 256, _ body: @Sendable @escaping (WebTest, FeedHub, Meter) async throws -> Void
  ) async throws {
    try await withServer { server in
      let meter = Meter()
      let settings = FeedSettings(gatherMilliseconds: 0, queueMax: queueMax)
      let hub = FeedHub(server.site, settings: settings, meter: meter, logger: Logger(label: "test"))
      let running = Task { try await hub.run() }
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await body(server, hub, meter)) } catch { outcome = .failure(error) }
      running.cancel()
      try await running.value
      try outcome.get()
    }
  }

  private func desk(_ division: String) -> Actor {
    Actor(id: "account:x", role: .operator, division: division)
  }

  @Test func aChangeReachesThoseWhoMaySeeIt() async throws {
    try await withHub { server, hub, _ in
      let east = try await hub.join(desk(SmallCity.east), cut: {})
      let west = try await hub.join(desk(SmallCity.west), cut: {})
      let town = try await hub.join(
        Actor(id: "account:y", role: .agency, division: SmallCity.east, agency: "town-east"), cut: {})
      let token = try await server.token(.operator)
      let inEast = try await server.report(ReportEndpointsTests.noise, token: token).text("case")
      let inWest = try await server.report(#"{"door":"app","kind":"noise.renovation","place":"P2"}"#, token: token)
        .text("case")
      #expect(try await first(3, of: east.changes).allSatisfy { $0.caseID == inEast })
      #expect(try await first(3, of: west.changes).map(\.caseID) == [inWest, inWest, inWest])
      // The agency sees it from the assignment on.
      #expect(try await first(1, of: town.changes).map(\.step) == ["assigned"])
    }
  }

  /// The first messages of a follower's queue.
  private func first(_ count: Int, of changes: AsyncStream<ByteBuffer>) async throws -> [Message] {
    var messages: [Message] = []
    for await bytes in changes {
      messages += Message.all(in: String(buffer: bytes))
      if messages.count >= count { return Array(messages.prefix(count)) }
    }
    return messages
  }

  @Test func everyEventOfEveryCaseArrivesOnceAndInOrder() async throws {
    try await withHub { server, hub, _ in
      let seat = try await hub.join(desk(SmallCity.district), cut: {})
      let token = try await server.token(.operator)
      let ids = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<40 {
          group.addTask { try await server.report(ReportEndpointsTests.noise, token: token).text("case") }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      let messages = try await first(120, of: seat.changes)
      #expect(Set(messages.map(\.caseID)) == ids)
      for id in ids {
        #expect(messages.filter { $0.caseID == id }.map(\.step) == ["opened", "judged", "assigned"])
      }
      #expect(Set(messages.map(\.id)).count == 120)
    }
  }

  @Test func aFollowerThatDoesNotReadIsCut() async throws {
    try await withHub(queueMax: 1) { server, hub, meter in
      let isCut = Mutex(false)
      let slow = try await hub.join(desk(SmallCity.district)) { isCut.withLock { $0 = true } }
      let token = try await server.token(.operator)
      for _ in 0..<2 {
        let quick = try await hub.join(desk(SmallCity.east), cut: {})
        _ = try await server.report(ReportEndpointsTests.noise, token: token)
        #expect(try await first(3, of: quick.changes).count == 3)
        quick.end()
      }
      #expect(isCut.withLock { $0 })
      #expect(meter.count("feed_cut") == 1)
      // What had arrived in time is still there; then the stream ends.
      #expect(try await first(100, of: slow.changes).count == 3)
    }
  }

  @Test func aStreamGoesOnFromTheLastEvent() async throws {
    let settings = WebSettings(feed: FeedSettings(heartbeatMilliseconds: 50, streamSecondsMax: 0))
    try await withServer(settings: settings) { server in
      let token = try await server.token(.operator)
      let first = try await server.report(ReportEndpointsTests.noise, token: token).text("case")
      let second = try await server.report(ReportEndpointsTests.noise, token: token).text("case")
      let all = try await server.ask(.get, "/api/v1/feed", token: token, headers: ["Last-Event-ID": "0-0"])
      #expect(all.status == 200)
      #expect(all.headers[.contentType] == "text/event-stream; charset=utf-8")
      let messages = Message.all(in: all.text)
      #expect(messages.map(\.caseID) == [first, first, first, second, second, second])
      let rest = try await server.ask(
        .get, "/api/v1/feed", token: token, headers: ["Last-Event-ID": try #require(messages.dropFirst(3).first).id])
      #expect(Message.all(in: rest.text).map(\.step) == ["judged", "assigned"])
      let fresh = try await server.ask(.get, "/api/v1/feed", token: token)
      #expect(Message.all(in: fresh.text).isEmpty)
      #expect(fresh.text.contains("id: \(try #require(messages.last).id)\n"))
      // What somebody else's division holds is not in the past either.
      let west = try await server.token(.operator, division: SmallCity.west)
      let foreign = try await server.ask(.get, "/api/v1/feed", token: west, headers: ["Last-Event-ID": "0-0"])
      #expect(Message.all(in: foreign.text).isEmpty)
      let odd = try await server.ask(.get, "/api/v1/feed", token: token, headers: ["Last-Event-ID": "x"])
      #expect(odd.status == 400)
    }
  }
}
