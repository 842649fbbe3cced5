import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server that remembers keys as ours does, and often fails: before it acts, after it acted, in the middle of an
/// answer, or by saying that it is busy.
final class FlakyServer: Sendable {
  struct Seen: Sendable {
    /// Requests by key.
    var requests: [String: Int] = [:]
    /// How often a key took effect.
    var effects: [String: Int] = [:]
    var bodies: [String: String] = [:]
    var failures = 0
  }

  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  let seen = Mutex(Seen())
  private let isFlaky: Bool

  init(isFlaky: Bool) { self.isFlaky = isFlaky }

  /// - Returns: the port.
  func start() async throws -> Int {
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Door(self))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return channel.localAddress?.port ?? 0
  }

  func stop() async throws { try await group.shutdownGracefully() }

  enum Mood { case fine, busy, hangsUpBefore, hangsUpAfter, halfAnAnswer }

  /// Every third request or so meets a bad mood.
  fileprivate func take(key: String, body: String) -> (mood: Mood, report: String) {
    seen.withLock { seen in
      let number = seen.requests.values.reduce(0, +)
      seen.requests[key, default: 0] += 1
      let moods: [Mood] = [
        .fine, .busy, .fine, .fine, .hangsUpBefore, .fine, .hangsUpAfter, .fine, .fine, .halfAnAnswer,
      ]
      let mood = isFlaky ? moods[number % moods.count] : .fine
      if mood != .fine { seen.failures += 1 }
      if mood != .busy, mood != .hangsUpBefore, seen.effects[key] == nil {
        seen.effects[key] = 1
        seen.bodies[key] = body
      }
      return (mood, "report-of-\(key)")
    }
  }

  private final class Door: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let server: FlakyServer
    private var key = ""
    private var body = ""

    init(_ server: FlakyServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let part: InboundIn = unwrapInboundIn(data)
      switch part {
      case .head(let head):
        key = head.headers.first(name: "idempotency-key") ?? ""
        body = ""
      case .body(let bytes): body += String(buffer: bytes)
      case .end: answer(context)
      }
    }

    private func answer(_ context: ChannelHandlerContext) {
      let (mood, report) = server.take(key: key, body: body)
      let text = "{\"case\":\"case-of-\(key)\",\"report\":\"\(report)\"}"
      switch mood {
      case .hangsUpBefore, .hangsUpAfter: context.close(promise: nil)
      case .busy: write(.serviceUnavailable, "{}", declared: 2, context)
      case .fine: write(body.contains("wrong") ? .badRequest : .created, text, declared: text.utf8.count, context)
      case .halfAnAnswer:
        write(.created, String(text.prefix(text.count / 2)), declared: text.utf8.count, context)
        context.close(promise: nil)
      }
    }

    private func write(_ status: HTTPResponseStatus, _ text: String, declared: Int, _ context: ChannelHandlerContext) {
      let headers = HTTPHeaders([("Content-Type", "application/json"), ("content-length", String(declared))])
      var parts: [OutboundOut] = [
        .head(.init(version: .http1_1, status: status, headers: headers)),
        .body(.byteBuffer(ByteBuffer(string: text))),
      ]
      if text.utf8.count == declared { parts.append(.end(nil)) }
      for part in parts { context.writeAndFlush(wrapOutboundOut(part), promise: nil) }
    }
  }
}
