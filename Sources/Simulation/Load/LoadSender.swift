import NIOCore
import NIOPosix

/// One honest sender: a connection, opened anew when it is lost, and one request until it is answered.
final class LoadSender: @unchecked Sendable {
  private struct Pending {
    let number: Int
    let since: NIODeadline
    var sentAt: NIODeadline?
  }

  private let run: LoadRun
  private let address: LoadClient.Address
  private var channel: (any Channel)?
  private var pending: Pending?
  /// A request is on the connection and its answer is not: never two, or an answer would be taken for another's.
  private var isUnderWay = false
  private var isStopped = false

  /// Before it tries again.
  private static let pause = TimeAmount.milliseconds(20)

  init(_ run: LoadRun, to address: LoadClient.Address) {
    self.run = run
    self.address = address
  }

  var isWaiting: Bool { pending != nil }

  func start() { connect() }

  func stop() {
    isStopped = true
    channel?.close(promise: nil)
  }

  func hangUp(ifSentBefore deadline: NIODeadline) {
    if let sentAt = pending?.sentAt, sentAt < deadline { hangUp() }
  }

  private func hangUp() {
    guard let channel else { return }
    // NB: a connection that is closed before it was told to be active is never told to be inactive.
    lost(channel)
    channel.close(promise: nil)
  }

  private func connect() {
    guard !isStopped else { return }
    ClientBootstrap(group: run.loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connectTimeout(.seconds(2))
      .channelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(LoadAnswers(self)) }
      }
      .connect(host: address.host, port: address.port)
      .whenComplete { [self] result in
        switch result {
        // It may have been lost already, before anybody here knew of it.
        case .success(let channel) where channel.isActive:
          self.channel = channel
          go()
        case .success, .failure: again()
        }
      }
  }

  private func again() { run.loop.scheduleTask(in: Self.pause) { [self] in connect() } }

  /// Sends what is still unanswered, or the next request when its time has come.
  private func go() {
    guard !isStopped else { return }
    if pending == nil {
      guard let (number, at) = run.take() else {
        stop()
        return run.finished()
      }
      pending = Pending(number: number, since: at)
    }
    guard let at = pending?.since, at > .now() else { return send() }
    run.loop.scheduleTask(deadline: at) { [self] in send() }
  }

  private func send() {
    guard let channel, let number = pending?.number, !isUnderWay, !isStopped else { return }
    isUnderWay = true
    if pending?.sentAt != nil { run.report.repeated += 1 }
    pending?.sentAt = .now()
    var buffer = channel.allocator.buffer(capacity: 1_024)
    run.requests.write(number, into: &buffer)
    channel.writeAndFlush(buffer, promise: nil)
    if run.load.hangUps > 0, run.random.chance(run.load.hangUps) { hangUp() }
  }

  // MARK: - From the connection

  func received(status: Int, body: ByteBufferView, from connection: any Channel) {
    guard connection === channel else { return }
    isUnderWay = false
    guard let pending else { return }
    if status >= 500 || status == 429 {
      run.loop.scheduleTask(in: Self.pause) { [self] in send() }
      return
    }
    self.pending = nil
    run.answered(pending.number, since: pending.since, status: status, body: body)
    go()
  }

  func lost(_ connection: any Channel) {
    guard connection === channel else { return }
    channel = nil
    isUnderWay = false
    if !isStopped { again() }
  }
}

/// Cuts answers out of the bytes of a connection: a status and a body of the length that its head tells.
final class LoadAnswers: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer

  private let sender: LoadSender
  private var bytes = ByteBuffer()

  init(_ sender: LoadSender) { self.sender = sender }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var more = unwrapInboundIn(data)
    if bytes.readableBytes == 0 { bytes = more } else { bytes.writeBuffer(&more) }
    while let answer = Self.cut(&bytes) {
      guard let answer = answer.value else { return context.close(promise: nil) }
      sender.received(status: answer.status, body: answer.body, from: context.channel)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    sender.lost(context.channel)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private struct Cut {
    /// Nil for bytes that are no such answer.
    let value: (status: Int, body: ByteBufferView)?
  }

  /// Nil while an answer is not there whole.
  private static func cut(_ bytes: inout ByteBuffer) -> Cut? {
    let view = bytes.readableBytesView
    guard let end = endOfHead(view) else { return nil }
    guard let status = status(view), let length = contentLength(view[..<end]) else { return Cut(value: nil) }
    guard view.endIndex - end >= length else { return nil }
    let body = view[end..<end + length]
    bytes.moveReaderIndex(to: end + length)
    return Cut(value: (status, body))
  }

  private static func endOfHead(_ view: ByteBufferView) -> Int? {
    guard view.count >= 4 else { return nil }
    var index = view.startIndex + 3
    while index < view.endIndex {
      if view[index] == 10, view[index - 1] == 13, view[index - 2] == 10, view[index - 3] == 13 { return index + 1 }
      index += 1
    }
    return nil
  }

  /// The three digits behind `HTTP/1.1 `.
  private static func status(_ view: ByteBufferView) -> Int? {
    guard view.count >= 12 else { return nil }
    return Int(String(decoding: view[(view.startIndex + 9)..<(view.startIndex + 12)], as: UTF8.self))
  }

  private static func contentLength(_ head: ByteBufferView) -> Int? {
    for line in head.split(separator: 10) where line.count > name.count {
      guard zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { continue }
      let digits = line.dropFirst(name.count).filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return Int(String(decoding: digits, as: UTF8.self))
    }
    return nil
  }

  private static let name = Array("content-length:".utf8)
}
