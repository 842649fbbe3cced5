import Domain
import Features
import NIOCore
import NIOPosix
import Synchronization

/// The whole city against a running server: each client lives a share of it in virtual time, report by report and step
/// by step, as fast as it is answered.
public struct CityLoad: Sendable {
  public struct Report: Sendable {
    public internal(set) var reports = 0
    /// Requests that were carried out, reports included.
    public internal(set) var steps = 0
    /// What the server refused: people press the wrong button now and then, and a token may not do everything.
    public internal(set) var refused = 0
    public internal(set) var repeated = 0
    /// Clients that gave up.
    public internal(set) var unanswered = 0
    public internal(set) var seconds = 0.0
    public internal(set) var refusedReport: RemoteRefusal?
    /// In order; of all requests.
    public internal(set) var latencies = Latencies()
  }

  private let address: LoadClient.Address
  private let token: String

  public init(url: String, token: String) throws(LoadClient.Failure) {
    address = try LoadClient.Address(url)
    self.token = token
  }

  /// - Parameters:
  ///   - plan: of all clients together; without faults.
  ///   - keys: what the keys of this run begin with; two runs against one server need different ones.
  ///   - acknowledged: called with each report that was taken in.
  /// - Throws: ``RemoteRefusal`` for a token that the server does not take.
  public func run(
    _ plan: SimulationPlan, pack: CityPack, life: CityLife, clients: Int, seconds: Double?, keys: String,
    acknowledged: @Sendable @escaping (LoadClient.Acknowledged) -> Void
  ) async throws -> Report {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let desk = APIConnection(to: address, on: loop)
    let posts = RemotePosts(token: token, name: keys, connection: desk)
    let outcome: Result<Report, any Error>
    do {
      try await posts.begin()
      let begun = ContinuousClock.now
      let until = seconds.map { begun + .seconds($0) }
      var report = await withTaskGroup(of: Report.self) { tasks in
        for number in 0..<clients {
          let city = RemoteCity(connection: APIConnection(to: address, on: loop), posts: posts,
                                keys: "\(keys)-\(number)", until: until, acknowledged: acknowledged)
          let share = plan.share(number, of: clients)
          tasks.addTask { await Self.live(share, in: city, pack: pack, life: life) }
        }
        return await tasks.reduce(into: Report()) { $0.add($1) }
      }
      let took = begun.duration(to: .now)
      report.seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
      report.latencies.sort()
      try await posts.end()
      outcome = .success(report)
    } catch { outcome = .failure(error) }
    await desk.close()
    try await group.shutdownGracefully()
    return try outcome.get()
  }

  private static func live(_ plan: SimulationPlan, in city: RemoteCity, pack: CityPack, life: CityLife) async
    -> Report
  {
    let simulator = Simulator(plan: plan, pack: pack, life: life, clock: VirtualClock(at: plan.from)) { city }
    var report = Report()
    do { try await simulator.run() } catch is RemoteCity.Over {} catch { report.unanswered = 1 }
    await city.close()
    let tally = simulator.tally
    report.reports = tally.acknowledged
    report.steps = tally.steps
    report.refused = tally.refused
    city.figures.withLock { figures in
      report.repeated = figures.repeated
      report.refusedReport = figures.refusedReport
      report.latencies = figures.latencies
    }
    return report
  }
}

extension CityLoad.Report {
  fileprivate mutating func add(_ other: Self) {
    reports += other.reports
    steps += other.steps
    refused += other.refused
    repeated += other.repeated
    unanswered += other.unanswered
    refusedReport = refusedReport ?? other.refusedReport
    latencies.add(other.latencies)
  }
}

extension SimulationPlan {
  /// What one of several clients lives: its own luck, its share of the reports.
  fileprivate func share(_ number: Int, of clients: Int) -> SimulationPlan {
    var share = self
    share.seed = seed &* 1_000_003 &+ UInt64(number)
    share.reportsPerDay /= Double(clients)
    return share
  }
}
