import AsyncHTTPClient
import Domain
import Features
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Tells the groups that squads and agencies already use what waits for them: each round one message a group, whatever
/// has come up meanwhile together, so that the platforms' limits are kept.
public struct GroupRobots: Sendable {
  private let site: Installation
  private let outbox: RobotOutbox
  private let robots: [String: Robot]
  private let address: String?
  private let client: HTTPClient

  /// - Parameters:
  ///   - address: where people reach the installation, for the link in messages.
  public init(_ site: Installation, robots: [Robot], address: String?, client: HTTPClient = .shared) {
    self.site = site
    self.address = address
    self.client = client
    self.robots = Dictionary(robots.map { ($0.recipient, $0) }) { first, _ in first }
    outbox = RobotOutbox(site, recipients: Set(robots.map(\.recipient)))
  }

  private static let secondsMax: Int64 = 15
  private static let answerBytesMax = 65_536

  /// One round: what is new is put down, what is due is told.
  /// - Returns: codes of those whose robot did not take it; it is tried again later.
  public func round() async throws -> [String] {
    try await outbox.gather()
    let due = Dictionary(grouping: try await outbox.claim(), by: \.recipient)
    var failed: [String] = []
    for (recipient, entries) in due.sorted(by: { $0.key < $1.key }) {
      guard let robot = robots[recipient] else {
        // It had a robot once.
        try await outbox.done(entries)
        continue
      }
      if try await tell(entries, to: robot) {
        try await outbox.done(entries)
      } else {
        failed.append(recipient)
        try await outbox.failed(entries)
      }
    }
    return failed
  }

  private func tell(_ entries: [RobotOutbox.Entry], to robot: Robot) async throws -> Bool {
    var news: [(entry: RobotOutbox.Entry, summary: CaseSummary)] = []
    for entry in entries {
      // What has ended meanwhile waits for nobody.
      if let summary = try await outbox.summary(entry), !summary.phase.isEnded { news.append((entry, summary)) }
    }
    guard !news.isEmpty else { return true }
    let text = RobotNews(pack: site.pack, address: address, isEnglish: robot.isEnglish).text(news)
    let message = RobotMessage(robot: robot, text: text, at: site.now())
    do {
      var request = HTTPClientRequest(url: message.address)
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
      request.body = .bytes(ByteBuffer(data: try message.body))
      let answer = try await client.execute(request, timeout: .seconds(Self.secondsMax))
      let body = try await answer.body.collect(upTo: Self.answerBytesMax)
      return RobotMessage.isTaken(status: Int(answer.status.code), body: Data(buffer: body))
    } catch { return false }
  }
}
