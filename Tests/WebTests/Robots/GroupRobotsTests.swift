import Connectors
import Crypto
import Domain
import Features
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

/// Group robots, told over a real socket.
@Suite struct GroupRobotsTests {
  /// What stands at the other end: keeps what it was sent, answers what it is told to.
  private final class Group: Sendable {
    struct Message: Sendable {
      let path: String
      let query: String
      let body: String
    }

    private let state = Mutex<(messages: [Message], answers: [String])>(([], []))

    var messages: [Message] { state.withLock { $0.messages } }

    /// The next answers; then it takes everything.
    func answer(_ bodies: [String]) { state.withLock { $0.answers = bodies } }

    func take(_ message: Message) -> String {
      state.withLock { state in
        state.messages.append(message)
        return state.answers.isEmpty ? #"{"errcode":0,"code":0}"# : state.answers.removeFirst()
      }
    }

    static func with(_ body: (Group, _ base: String) async throws -> Void) async throws {
      let group = Group()
      let router = Router()
      router.post("/:name") { request, context in
        let bytes = try await request.body.collect(upTo: 100_000)
        return group.take(Message(path: request.uri.path, query: request.uri.query ?? "",
                                  body: String(buffer: bytes)))
      }
      let (ports, running) = AsyncStream.makeStream(of: Int.self)
      var logger = Logger(label: "test")
      logger.logLevel = .critical
      let server = Application(
        router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { running.yield($0.localAddress?.port ?? 0) }, logger: logger)
      let services = ServiceGroup(configuration: .init(services: [server], logger: logger))
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await services.run() }
        let port = try #require(await ports.first { _ in true })
        do { try await body(group, "http://127.0.0.1:\(port)") } catch { Issue.record(error) }
        await services.triggerGracefulShutdown()
        try await tasks.waitForAll()
      }
    }
  }

  private static func robots(_ lines: String, _ site: Installation) throws -> [Robot] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
    try Data(lines.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try RobotBook.read(file, pack: site.pack)
  }

  /// A case that a squad is sent to, told by somebody with a name and a number.
  private static func send(_ server: WebTest, _ desk: String, _ town: String) async throws -> String {
    let report = #"{"door":"app","text":"张三家装修","name":"张三","contact":"13800000000","place":"P1"}"#
    let id = try await server.report(report, token: desk).text("case")
    for (noun, json, who) in [
      ("judgement", #"{"kind":"noise.renovation"}"#, desk), ("assignment", #"{"agency":"town-east"}"#, desk),
      ("signature", "{}", town), ("dispatch", #"{"squad":"east-1"}"#, town),
    ] { #expect(try await server.ask(.post, "/api/v1/cases/\(id)/\(noun)", token: who, json: json).status == 200) }
    return id
  }

  @Test func eachPlatformIsToldInItsOwnForm() async throws {
    try await Group.with { group, base in
      try await withServer { server in
        let robots = try Self.robots(
          """
          robots:
            - {for: east-1, format: wecom, url: "\(base)/wecom"}
            - {for: town-east, format: dingtalk, url: "\(base)/ding?access_token=t", secret: SEC1}
            - {for: police, format: feishu, url: "\(base)/feishu", secret: S2, language: en}
          """, server.site)
        let told = GroupRobots(server.site, robots: robots, address: "https://city.example")
        let desk = try await server.token(.operator)
        #expect(try await told.round() == [])
        _ = try await Self.send(server, desk, try await server.token(.agency, agency: "town-east"))
        let danger = #"{"door":"110","text":"有人持刀","place":"P1","kind":"noise.renovation"}"#
        let id = try await server.report(danger, token: desk).text("case")
        for (noun, json) in [("judgement", #"{"kind":"noise.renovation"}"#), ("assignment", #"{"agency":"police"}"#)] {
          let answer = try await server.ask(.post, "/api/v1/cases/\(id)/\(noun)", token: desk, json: json)
          #expect(answer.status == 200, "\(answer.text)")
        }
        #expect(try await told.round() == [])
        let byPath = Dictionary(grouping: group.messages, by: \.path)
        let wecom = try #require(byPath["/wecom"]?.first).body
        #expect(wecom.contains(#""msgtype":"markdown""#) && wecom.contains("派队待签收"))
        #expect(wecom.contains("https://city.example/field"))
        let ding = try #require(byPath["/ding"]?.first)
        let stamp = String(server.clock.now.milliseconds)
        let sign = HMAC<SHA256>.authenticationCode(
          for: Data("\(stamp)\nSEC1".utf8), using: SymmetricKey(data: Data("SEC1".utf8)))
        #expect(ding.query.hasPrefix("access_token=t&timestamp=\(stamp)&sign="))
        #expect(ding.query.removingPercentEncoding?.hasSuffix(Data(sign).base64EncodedString()) == true)
        let feishu = try #require(byPath["/feishu"]?.first).body
        #expect(feishu.contains(#""msg_type":"text""#) && feishu.contains(#""sign":""#) && feishu.contains("danger"))
        for message in group.messages {
          for personal in ["张三", "138", "装修电", "持刀"] { #expect(!message.body.contains(personal), "\(message)") }
        }
      }
    }
  }

  /// The platforms answer 200 also when they say no; what was not taken is told again, once.
  @Test func whatWasNotTakenIsToldAgainAndNothingTwice() async throws {
    try await Group.with { group, base in
      try await withServer { server in
        let robots = try Self.robots("robots: [{for: east-1, format: wecom, url: \"\(base)/w\"}]", server.site)
        let (one, other) = (GroupRobots(server.site, robots: robots, address: nil),
                            GroupRobots(server.site, robots: robots, address: nil))
        #expect(try await one.round() == [])
        let (desk, town) = (try await server.token(.operator), try await server.token(.agency, agency: "town-east"))
        _ = try await Self.send(server, desk, town)
        group.answer([#"{"errcode":45009,"errmsg":"api freq out of limit"}"#, "not json"])
        #expect(try await one.round() == ["east-1"])
        #expect(try await other.round() == [])
        server.clock.advance(.seconds(6))
        #expect(try await other.round() == ["east-1"])
        server.clock.advance(.seconds(11))
        for robot in [one, other, one] { #expect(try await robot.round() == []) }
        #expect(group.messages.count == 3)
        // Several at once are one message.
        for _ in 0..<12 { _ = try await Self.send(server, desk, town) }
        #expect(try await one.round() == [])
        #expect(group.messages.count == 4 && group.messages[3].body.contains("另有 2 条"))
      }
    }
  }

  @Test func aFileThatCannotBeIsRefused() async throws {
    try await withServer { server in
      for lines in ["robots: [{for: nobody, format: wecom, url: \"https://x.example\"}]", "robots: 3",
                    "robots: [{for: east-1, format: fax, url: \"https://x.example\"}]",
                    "robots: [{for: east-1, format: wecom, url: \"file:///etc/passwd\"}]"] {
        #expect(throws: RobotBook.Fault.self) { try Self.robots(lines, server.site) }
      }
    }
  }
}
