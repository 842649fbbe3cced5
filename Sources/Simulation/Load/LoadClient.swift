import Foundation
import NIOCore
import NIOPosix

/// Many honest senders on one thread: each keeps the idempotency key of its request and tries again, over a new
/// connection if need be, until it is answered; what was acknowledged is written down.
///
/// HTTP/1.1 with keep-alive, requests made of bytes prepared beforehand: it shares its two cores with the server that
/// it measures. Plain `http` only.
public struct LoadClient: Sendable {
  public struct Load: Sendable {
    /// Connections, each with one request under way.
    public var clients: Int
    /// Ends after so many requests, or so many seconds, whichever comes first.
    public var requestsMax: Int?
    public var seconds: Double?
    /// Requests a second over all clients; as many as are answered if nil. The latency of a request counts from the
    /// moment at which it ought to have been sent, so that a server that stalls cannot hide it.
    public var rate: Double?
    /// The share of requests after which the sender hangs up without waiting for the answer, and sends again.
    public var hangUps: Double

    public init(clients: Int, requestsMax: Int? = nil, seconds: Double? = nil, rate: Double? = nil,
                hangUps: Double = 0) {
      self.clients = clients
      self.requestsMax = requestsMax
      self.seconds = seconds
      self.rate = rate
      self.hangUps = hangUps
    }
  }

  /// A request that was answered with success.
  public struct Acknowledged: Sendable, Hashable {
    public let key: String
    /// From the answer's JSON.
    public let report: String
    public let caseID: String
    /// One line: key, report and case, separated by tabs.
    public var line: String { "\(key)\t\(report)\t\(caseID)\n" }
  }

  public struct Report: Sendable {
    public internal(set) var acknowledged = 0
    /// Answered with 4xx: sent wrongly, not to be repeated.
    public internal(set) var refused = 0
    /// Sent again after an error, a lost connection or silence.
    public internal(set) var repeated = 0
    /// Given up: not answered within a minute after the end of the load.
    public internal(set) var unanswered = 0
    public internal(set) var seconds = 0.0
    /// The first refusal's status and body.
    public internal(set) var refusal: String?
    /// Of acknowledged requests.
    public internal(set) var latencies = Latencies()

    public var perSecond: Double { Double(acknowledged) / max(seconds, 0.000_001) }
  }

  public enum Failure: Error, Sendable {
    /// Not `http://host[:port]`.
    case address(String)
  }

  /// Where a server is.
  struct Address: Sendable {
    let host: String
    let port: Int

    init(_ url: String) throws(Failure) {
      guard let parts = URLComponents(string: url), parts.scheme == "http", let host = parts.host, !host.isEmpty else {
        throw .address(url)
      }
      self.host = host
      port = parts.port ?? 80
    }
  }

  private let address: Address
  private let head: [UInt8]

  /// - Parameters:
  ///   - url: where the server is, such as `http://127.0.0.1:8080`.
  ///   - path: of the door, such as `/api/v1/reports`.
  public init(url: String, path: String = "/api/v1/reports", token: String) throws(Failure) {
    address = try Address(url)
    head = Array(
      """
      POST \(path) HTTP/1.1\r
      Host: \(address.host):\(address.port)\r
      Authorization: Bearer \(token)\r
      Content-Type: application/json\r
      Idempotency-Key:\u{20}
      """.utf8)
  }

  /// Sends `bodies` in turn.
  /// - Parameters:
  ///   - keys: what the keys of this run begin with; two runs against one server need different ones.
  ///   - acknowledged: called on the sending thread with each success.
  public func run(
    _ load: Load, bodies: [[UInt8]], keys: String, acknowledged: @Sendable @escaping (Acknowledged) -> Void = { _ in }
  ) async throws -> Report {
    precondition(!bodies.isEmpty && load.clients > 0)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let requests = LoadRequests(head: head, bodies: bodies, keys: keys)
    let done = loop.makePromise(of: Report.self)
    loop.execute { [address] in
      LoadRun(load, requests, loop: loop, done: done, acknowledged: acknowledged).start(to: address)
    }
    let report = try await done.futureResult.get()
    try await group.shutdownGracefully()
    return report
  }
}

/// The bytes of each request.
struct LoadRequests: Sendable {
  private let head: [UInt8]
  private let tails: [[UInt8]]
  private let keys: String

  init(head: [UInt8], bodies: [[UInt8]], keys: String) {
    self.head = head
    self.keys = keys
    tails = bodies.map { Array("\r\nContent-Length: \($0.count)\r\n\r\n".utf8) + $0 }
  }

  func key(_ number: Int) -> String { "\(keys)-\(number)" }

  func write(_ number: Int, into buffer: inout ByteBuffer) {
    buffer.writeBytes(head)
    buffer.writeString(key(number))
    buffer.writeBytes(tails[number % tails.count])
  }
}
