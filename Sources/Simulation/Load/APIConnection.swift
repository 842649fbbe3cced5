import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// One connection to a server with one request under way at a time; opened anew when it is lost.
final class APIConnection: Sendable {
  struct Answer: Sendable {
    let status: Int
    let body: [UInt8]
  }

  /// It was lost before the answer came: the request may have taken effect or not.
  struct Lost: Error {}

  private let loop: any EventLoop
  private let address: LoadClient.Address
  private let channel = Mutex<(any Channel)?>(nil)

  private static let patience = TimeAmount.seconds(10)

  init(to address: LoadClient.Address, on loop: any EventLoop) {
    self.address = address
    self.loop = loop
  }

  /// - Throws: ``Lost``, or what the system says of a connection that cannot be opened.
  func ask(_ method: HTTPMethod, _ path: String, token: String, key: String? = nil, body: [UInt8]? = nil) async throws
    -> Answer
  {
    var headers: HTTPHeaders = ["Host": "\(address.host):\(address.port)", "Authorization": "Bearer \(token)"]
    if let key { headers.add(name: "Idempotency-Key", value: key) }
    if let body {
      headers.add(name: "Content-Type", value: "application/json")
      headers.add(name: "Content-Length", value: String(body.count))
    }
    let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
    let channel = try await open()
    let answer = loop.makePromise(of: Answer.self)
    channel.writeAndFlush(APIExchange(head: head, body: body ?? [], answer: answer), promise: nil)
    let alarm = loop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    defer { alarm.cancel() }
    return try await answer.futureResult.get()
  }

  func close() async {
    let open = channel.withLock { channel in
      defer { channel = nil }
      return channel
    }
    try? await open?.close()
  }

  private func open() async throws -> any Channel {
    if let open = channel.withLock({ $0 }), open.isActive { return open }
    let new = try await ClientBootstrap(group: loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connectTimeout(.seconds(2))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(APIAnswers())
        }
      }
      .connect(host: address.host, port: address.port).get()
    channel.withLock { $0 = new }
    return new
  }
}

/// A request, and who waits for its answer.
private struct APIExchange: Sendable {
  let head: HTTPRequestHead
  let body: [UInt8]
  let answer: EventLoopPromise<APIConnection.Answer>
}

/// Writes requests and gathers their answers. Lives on the connection's event loop.
private final class APIAnswers: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = APIExchange
  typealias OutboundOut = HTTPClientRequestPart

  private var waiting: EventLoopPromise<APIConnection.Answer>?
  private var status = 0
  private var body: [UInt8] = []

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let exchange = unwrapOutboundIn(data)
    guard context.channel.isActive else { return exchange.answer.fail(APIConnection.Lost()) }
    waiting = exchange.answer
    context.write(wrapOutboundOut(.head(exchange.head)), promise: nil)
    if !exchange.body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: exchange.body)))), promise: nil)
    }
    context.write(wrapOutboundOut(.end(nil)), promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      status = Int(head.status.code)
      body.removeAll(keepingCapacity: true)
    case .body(let bytes): body.append(contentsOf: bytes.readableBytesView)
    case .end:
      waiting?.succeed(.init(status: status, body: body))
      waiting = nil
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    waiting?.fail(APIConnection.Lost())
    waiting = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
