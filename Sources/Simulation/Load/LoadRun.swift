import NIOCore
import NIOPosix

/// One load, and its senders. Lives on one event loop and is touched nowhere else.
final class LoadRun: @unchecked Sendable {
  let load: LoadClient.Load
  let requests: LoadRequests
  let loop: any EventLoop
  private let done: EventLoopPromise<LoadClient.Report>
  private let acknowledge: @Sendable (LoadClient.Acknowledged) -> Void
  private let startedAt: NIODeadline
  private var lastAnswerAt: NIODeadline
  private var senders: [LoadSender] = []
  private var taken = 0
  private var working = 0
  private var hasEnded = false
  private var watch: RepeatedTask?
  var report = LoadClient.Report()
  var random = SeededRandom(seed: 1)

  static let patience = TimeAmount.seconds(10)
  static let grace = TimeAmount.seconds(60)

  init(_ load: LoadClient.Load, _ requests: LoadRequests, loop: any EventLoop,
       done: EventLoopPromise<LoadClient.Report>,
       acknowledged: @Sendable @escaping (LoadClient.Acknowledged) -> Void) {
    self.load = load
    self.requests = requests
    self.loop = loop
    self.done = done
    acknowledge = acknowledged
    startedAt = .now()
    lastAnswerAt = startedAt
  }

  func start(to address: LoadClient.Address) {
    senders = (0..<load.clients).map { _ in LoadSender(self, to: address) }
    working = senders.count
    watch = loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { [self] _ in look() }
    for sender in senders { sender.start() }
  }

  /// The next request and the moment at which it ought to be sent; nil when the load has ended.
  func take() -> (number: Int, at: NIODeadline)? {
    if let most = load.requestsMax, taken >= most { return nil }
    let at = load.rate.map { startedAt + .nanoseconds(Int64(Double(taken) / $0 * 1e9)) } ?? .now()
    if let seconds = load.seconds, max(at, .now()) >= startedAt + .nanoseconds(Int64(seconds * 1e9)) { return nil }
    taken += 1
    return (taken - 1, at)
  }

  func answered(_ number: Int, since: NIODeadline, status: Int, body: ByteBufferView) {
    let now = NIODeadline.now()
    lastAnswerAt = now
    guard status < 300 else {
      report.refused += 1
      report.refusal = report.refusal ?? "\(status) \(String(decoding: body, as: UTF8.self))"
      return
    }
    report.acknowledged += 1
    report.latencies.add(microseconds: (now - since).nanoseconds / 1_000)
    acknowledge(.init(key: requests.key(number), report: body.text(of: "report"), caseID: body.text(of: "case")))
  }

  func finished() {
    working -= 1
    if working == 0 { end() }
  }

  /// Whoever has waited too long hangs up and asks again; whoever still waits long after the end gives up.
  private func look() {
    let now = NIODeadline.now()
    for sender in senders { sender.hangUp(ifSentBefore: now - Self.patience) }
    guard let seconds = load.seconds, now > startedAt + .nanoseconds(Int64(seconds * 1e9)) + Self.grace else { return }
    report.unanswered = senders.count { $0.isWaiting }
    end()
  }

  private func end() {
    guard !hasEnded else { return }
    hasEnded = true
    watch?.cancel()
    for sender in senders { sender.stop() }
    report.seconds = Double((lastAnswerAt - startedAt).nanoseconds) / 1e9
    report.latencies.sort()
    done.succeed(report)
  }
}

extension ByteBufferView {
  /// The value of `"name":"…"` in a flat JSON object of ours; empty if there is none.
  fileprivate func text(of name: String) -> String {
    let mark = Array("\"\(name)\":\"".utf8)
    var start = startIndex
    while endIndex - start >= mark.count {
      if self[start..<start + mark.count].elementsEqual(mark) {
        let value = self[(start + mark.count)...]
        return String(decoding: value.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
      }
      start += 1
    }
    return ""
  }
}
