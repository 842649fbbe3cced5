import ArgumentParser
import Foundation
import Simulation

/// How a running server is put under load.
struct LoadOptions: ParsableArguments {
  @Option(help: "A running server, such as http://127.0.0.1:8080.") var url: String?
  @Option(help: "A token of the server's that may write reports.") var token: String?
  @Option(help: "Connections, each with one request under way.") var clients = 16
  @Option(help: "Ends after so many seconds; without it, after --days' worth of reports.") var seconds: Double?
  @Option(help: "Requests a second; as many as are answered if missing.") var rate: Double?
  @Option(help: "File for what was acknowledged: a line of key, report and case for each.") var acknowledged: String?

  func validate() throws {
    guard clients > 0, seconds ?? 1 > 0, rate ?? 1 > 0 else {
      throw ValidationError("--clients, --seconds and --rate are positive.")
    }
    guard url == nil || token != nil else { throw ValidationError("--url needs --token.") }
  }

  func run(to url: String, bodies: [[UInt8]], requestsMax: Int?, seed: UInt64, hangUps: Double) async throws
    -> LoadClient.Report
  {
    guard seconds != nil || requestsMax != nil else { throw ValidationError("--url needs --days or --seconds.") }
    let client: LoadClient
    do { client = try LoadClient(url: url, token: token ?? "") } catch {
      throw ValidationError("\(url) is not of the form http://host:port.")
    }
    let log = try acknowledged.map { try AcknowledgedLog(path: $0) }
    let load = LoadClient.Load(
      clients: clients, requestsMax: requestsMax, seconds: seconds, rate: rate, hangUps: hangUps)
    // Keys of another run on the same server would be answered with what that run did.
    let keys = "sim-\(seed)-\(UInt64(Date().timeIntervalSince1970 * 1_000))"
    let report = try await client.run(load, bodies: bodies, keys: keys) { log?.add($0.line) }
    try log?.close()
    return report
  }
}

extension LoadClient.Report {
  /// One figure a line.
  var text: String {
    func milliseconds(_ share: Double) -> String { String(format: "%.2f", latencyMilliseconds(share)) }
    return """
      acknowledged \(acknowledged)
      per-second \(String(format: "%.1f", perSecond))
      p50-milliseconds \(milliseconds(0.5))
      p99-milliseconds \(milliseconds(0.99))
      max-milliseconds \(milliseconds(1))
      refused \(refused)
      repeated \(repeated)
      unanswered \(unanswered)
      """
  }
}

/// Lines of what was acknowledged, in the order in which the answers came; used by the sending thread only, and at
/// last by whoever closes it.
private final class AcknowledgedLog: @unchecked Sendable {
  private let file: FileHandle
  private var waiting = Data()

  init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw ValidationError("\(path) cannot be written.") }
    self.file = file
  }

  func add(_ line: String) {
    waiting += Data(line.utf8)
    if waiting.count > 16_384 { flush() }
  }

  func close() throws {
    flush()
    try file.close()
  }

  private func flush() {
    file.write(waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}
