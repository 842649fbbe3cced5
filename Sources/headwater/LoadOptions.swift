import ArgumentParser
import Domain
import Foundation
import Simulation
import Synchronization

/// How a running server is put under load.
struct LoadOptions: ParsableArguments {
  @Option(help: "A running server, such as http://127.0.0.1:8080.") var url: String?
  @Option(help: "A token of the server's that may write reports.") var token: String?
  @Option(help: "Connections, each with one request under way.") var clients = 16
  @Option(help: "Ends after so many seconds; without it, after --days' worth of reports.") var seconds: Double?
  @Option(help: "Requests a second; as many as are answered if missing.") var rate: Double?
  @Flag(help: """
    Not only reports come in: every case is worked on to its end, each client living a share of the city in virtual \
    time. An administrator's token makes one for each post that is played and revokes them at the end; with any other, \
    only what its role may do is done.
    """) var whole = false
  @Option(help: "File for what was acknowledged: a line of key, report and case for each.") var acknowledged: String?

  func validate() throws {
    guard clients > 0, seconds ?? 1 > 0, rate ?? 1 > 0 else {
      throw ValidationError("--clients, --seconds and --rate are positive.")
    }
    guard url == nil || token != nil else { throw ValidationError("--url needs --token.") }
    guard !whole || url != nil && rate == nil else { throw ValidationError("--whole needs --url, and has no --rate.") }
  }

  func run(to url: String, bodies: [[UInt8]], requestsMax: Int?, seed: UInt64, hangUps: Double) async throws
    -> LoadClient.Report
  {
    guard seconds != nil || requestsMax != nil else { throw ValidationError("--url needs --days or --seconds.") }
    let client = try Self.checked(url) { () throws(LoadClient.Failure) in
      try LoadClient(url: url, token: token ?? "")
    }
    let log = try acknowledged.map { try AcknowledgedLog(path: $0) }
    let load = LoadClient.Load(
      clients: clients, requestsMax: requestsMax, seconds: seconds, rate: rate, hangUps: hangUps)
    let report = try await client.run(load, bodies: bodies, keys: Self.keys(seed)) { log?.add($0.line) }
    try log?.close()
    return report
  }

  func runWhole(to url: String, plan: SimulationPlan, pack: CityPack, life: CityLife) async throws -> CityLoad.Report {
    let city = try Self.checked(url) { () throws(LoadClient.Failure) in
      try CityLoad(url: url, token: token ?? "")
    }
    let log = try acknowledged.map { try AcknowledgedLog(path: $0) }
    do {
      let report = try await city.run(
        plan, pack: pack, life: life, clients: clients, seconds: seconds, keys: Self.keys(plan.seed)
      ) { log?.add($0.line) }
      try log?.close()
      return report
    } catch let refusal as RemoteRefusal {
      throw ValidationError("\(url) does not take the token: \(refusal.status) \(refusal.text)")
    }
  }

  /// Keys of another run on the same server would be answered with what that run did.
  private static func keys(_ seed: UInt64) -> String {
    "sim-\(seed)-\(UInt64(Date().timeIntervalSince1970 * 1_000))"
  }

  private static func checked<Client>(_ url: String, _ make: () throws(LoadClient.Failure) -> Client) throws -> Client {
    do { return try make() } catch { throw ValidationError("\(url) is not of the form http://host:port.") }
  }
}

extension LoadClient.Report {
  /// One figure a line.
  var text: String {
    """
    acknowledged \(acknowledged)
    per-second \(String(format: "%.1f", perSecond))
    \(latencies.text)
    refused \(refused)
    repeated \(repeated)
    unanswered \(unanswered)
    """
  }
}

extension CityLoad.Report {
  var text: String {
    """
    reports \(reports)
    steps \(steps)
    per-second \(String(format: "%.1f", Double(steps) / max(seconds, 0.000_001)))
    \(latencies.text)
    refused \(refused)
    repeated \(repeated)
    unanswered \(unanswered)
    """
  }
}

extension Latencies {
  fileprivate var text: String {
    [("p50", 0.5), ("p99", 0.99), ("max", 1)]
      .map { "\($0)-milliseconds \(String(format: "%.2f", milliseconds($1)))" }.joined(separator: "\n")
  }
}

/// Lines of what was acknowledged, in the order in which the answers came.
private final class AcknowledgedLog: Sendable {
  private let file: FileHandle
  private let waiting = Mutex(Data())

  init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw ValidationError("\(path) cannot be written.") }
    self.file = file
  }

  func add(_ line: String) {
    waiting.withLock { waiting in
      waiting += Data(line.utf8)
      guard waiting.count > 16_384 else { return }
      file.write(waiting)
      waiting.removeAll(keepingCapacity: true)
    }
  }

  func close() throws {
    waiting.withLock { file.write($0) }
    try file.close()
  }
}
