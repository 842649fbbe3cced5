import ArgumentParser
import Foundation
import NIOCore
import NIOPosix

/// A crowd of followers of the live feed, and how long after its time each event reached each of them. An event's time
/// is the beginning of its command, before the commit: what is measured is an upper bound.
struct FollowMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "follow")

  @Option var port: Int
  @Option var token: String
  @Option var followers = 500
  @Option(help: "Ends this long after all are connected; a line on standard error says when they are.") var seconds = 20

  struct Result: Encodable {
    let followers: Int
    let connected: Int
    let eventsLeast: Int
    let eventsMost: Int
    let p50Milliseconds: Int
    let p99Milliseconds: Int
    let maxMilliseconds: Int
  }

  func run() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.any()
    let crowd = try await loop.submit { (0..<followers).map { _ in Follower() } }.get()
    var channels: [any Channel] = []
    for follower in crowd {
      let channel = try await ClientBootstrap(group: loop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(follower) }
        }
        .connect(host: "127.0.0.1", port: port).get()
      let request = "GET /api/v1/feed HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAuthorization: Bearer \(token)\r\n\r\n"
      channels.append(channel)
      try await channel.writeAndFlush(ByteBuffer(string: request))
    }
    FileHandle.standardError.write(Data("connected\n".utf8))
    let result = try await loop.scheduleTask(in: .seconds(Int64(seconds))) { Self.result(crowd) }.futureResult.get()
    try BenchmarkTool.report(result)
    for channel in channels { channel.close(promise: nil) }
    try await group.shutdownGracefully()
  }

  private static func result(_ crowd: [Follower]) -> Result {
    let all = crowd.flatMap(\.latencies).sorted()
    let counts = crowd.map(\.latencies.count)
    func quantile(_ share: Double) -> Int { all.isEmpty ? -1 : all[Int(Double(all.count - 1) * share)] }
    return Result(
      followers: crowd.count, connected: crowd.count { $0.isAnswered }, eventsLeast: counts.min() ?? 0,
      eventsMost: counts.max() ?? 0, p50Milliseconds: quantile(0.5), p99Milliseconds: quantile(0.99),
      maxMilliseconds: quantile(1))
  }
}

/// One stream of events. Touched on its event loop alone.
final class Follower: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer

  private(set) var latencies: [Int] = []
  private(set) var isAnswered = false
  private var bytes: [UInt8] = []

  private static let mark = Array(#"data: {"at":""#.utf8)
  /// `2026-01-31T08:15:30.123Z`, or without the thousandths where they are zero.
  private static let timeBytes = 24

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let now = Int(Date().timeIntervalSince1970 * 1_000) % 86_400_000
    bytes.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    if !isAnswered { isAnswered = bytes.starts(with: Array("HTTP/1.1 200".utf8)) }
    var at = 0
    while at + Self.mark.count + Self.timeBytes <= bytes.count {
      if bytes[at] == Self.mark[0], bytes[at..<at + Self.mark.count].elementsEqual(Self.mark) {
        let begun = Self.millisecondsOfDay(bytes[(at + Self.mark.count)...])
        latencies.append((now - begun + 86_400_000) % 86_400_000)
        at += Self.mark.count
      }
      at += 1
    }
    bytes.removeFirst(at)
  }

  private static func millisecondsOfDay(_ time: ArraySlice<UInt8>) -> Int {
    func number(_ from: Int, _ count: Int) -> Int {
      time.dropFirst(from).prefix(count).reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    let seconds = number(11, 2) * 3_600 + number(14, 2) * 60 + number(17, 2)
    return seconds * 1_000 + (time.dropFirst(19).first == UInt8(ascii: ".") ? number(20, 3) : 0)
  }
}
