import ArgumentParser
import Crypto
import Domain
import Features
import Foundation
import Journal
import Simulation
import SQL
import SQLiteDriver
import Synchronization

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "A made-up city in virtual time: a demonstration's history, a proof by faults.",
    discussion: """
      With --data: writes a history of so many days up to now into a new installation of a made-up city. \
      With --faults: crashes, lost, repeated and overtaken requests and jumping clocks, on a database in memory for \
      each seed; then proves that nothing acknowledged is lost or doubled, that custody is whole, that the rates equal \
      a plain recount and that all views equal the journal. Exit status 1 if a seed fails; it is printed, made small. \
      With --faults and --data: one seed, in a new installation that stays there. \
      With --url: sends reports to a running server and tells how it kept up; with --faults too, senders hang up \
      before they are answered and send again; with --whole, every later step of every case is sent as well.
      """)

  @Option(help: "The pack's folder, such as Cities/rongxi.") var city: String
  @Option(help: "The run is a function of it; the first of several.") var seed: UInt64 = 1
  @Option(help: "Length of the history.") var days: Int?
  @Flag(help: "Inject faults and prove what must hold.") var faults = false
  @Option(help: "How many seeds to prove, on both cores.") var seeds: Int?
  @Option(help: "Reports on an ordinary day.") var reportsPerDay: Double?
  @Option(help: "Only so many places report.") var places: Int?
  @Option(help: "Faults to keep, with commas: database, dropped, repeated, delayed, clock, meddling. All if missing.")
  var only: String?
  @OptionGroup var options: InstallationOptions
  @OptionGroup(title: "Load over HTTP") var load: LoadOptions

  func validate() throws {
    guard days ?? 1 > 0, seeds ?? 1 > 0, reportsPerDay ?? 1 > 0, places ?? 1 > 0 else {
      throw ValidationError("--days, --seeds, --reports-per-day and --places are positive.")
    }
    guard options.data == nil || seeds ?? 1 == 1 else {
      throw ValidationError("--data takes one seed: an installation holds one history.")
    }
  }

  func run() async throws {
    if let url = load.url { return try await send(to: url) }
    if faults || seeds != nil { return try await prove() }
    try await fill()
  }

  private static func life(of city: String) throws -> CityLife {
    do { return try CityLife.read(folder: URL(fileURLWithPath: city, isDirectory: true)) ?? .plain } catch {
      throw ValidationError("\(city)/simulation.json cannot be read: \(error)")
    }
  }

  // MARK: - A demonstration's history

  private func fill() async throws {
    let composition = try await openForHistory()
    let start = ContinuousClock.now
    let tally = try await Self.fill(composition, city: city, seed: seed, days: days ?? 60,
                                    reportsPerDay: reportsPerDay, places: places)
    let seconds = start.duration(to: .now).seconds
    print("\(tally.acknowledged) reports, \(tally.steps) steps, \(tally.refused) refused; made up, seed \(seed)")
    StandardError.line("\(Int(Double(tally.acknowledged) / seconds)) reports/s, \(String(format: "%.1f", seconds)) s")
  }

  /// The installation, which may be new, of a city that takes a made-up history.
  private func openForHistory() async throws -> Composition {
    guard try Composition.shelf(of: city).current.isSynthetic else {
      throw ValidationError("\(city) is a real city: its journal takes no made-up reports.")
    }
    let composition = try await Composition.open(try await options.settings(), city: city)
    let head = try await composition.site.database.read { try composition.site.journal.head(on: $0) }
    guard head == .start else { throw ValidationError("\(composition.folder.path) holds cases already.") }
    return composition
  }

  /// Writes a history up to now into an empty installation, which is closed then.
  @discardableResult
  static func fill(_ composition: Composition, city: String, seed: UInt64, days: Int, reportsPerDay: Double?,
                   places: Int?) async throws -> Tally {
    let life = try life(of: city)
    let plan = SimulationPlan(
      seed: seed, from: composition.site.now() - .days(days), days: days,
      reportsPerDay: reportsPerDay ?? life.reportsPerDay, placesMax: places)
    return try await composition.simulate(plan, life: life)
  }

  // MARK: - A load over HTTP

  private func send(to url: String) async throws {
    let life = try Self.life(of: city)
    let pack = try Composition.shelf(of: city).current
    let reportsPerDay = reportsPerDay ?? life.reportsPerDay
    let plan = SimulationPlan(
      seed: seed, from: .now(), days: days ?? 1, reportsPerDay: reportsPerDay, placesMax: places)
    if load.whole { return try await sendWhole(plan, to: url, pack: pack, life: life) }
    let most = days.map { Int(Double($0) * reportsPerDay) }
    let bodies = try LoadReports(min(most ?? 4_096, 4_096), plan: plan, pack: pack, life: life).bodies
    let report = try await load.run(to: url, bodies: bodies, requestsMax: most, seed: seed, hangUps: faults ? 0.02 : 0)
    print(report.text)
    if let refusal = report.refusal { StandardError.line("refused: \(refusal)") }
    guard report.refused == 0, report.unanswered == 0 else { throw ExitCode(1) }
  }

  private func sendWhole(_ plan: SimulationPlan, to url: String, pack: CityPack, life: CityLife) async throws {
    guard !faults else { throw ValidationError("--whole and --faults exclude each other.") }
    guard days != nil || load.seconds != nil else { throw ValidationError("--url needs --days or --seconds.") }
    var plan = plan
    if days == nil { plan.days = Self.daysMax }
    let report = try await load.runWhole(to: url, plan: plan, pack: pack, life: life)
    print(report.text)
    if let refusal = report.refusedReport { StandardError.line("refused: \(refusal.status) \(refusal.text)") }
    guard report.refusedReport == nil, report.unanswered == 0 else { throw ExitCode(1) }
  }

  /// Longer than any load lasts.
  private static let daysMax = 36_500

  // MARK: - A proof by faults

  private func prove() async throws {
    let life = try Self.life(of: city)
    let inMemory = Trial(packs: try Composition.shelf(of: city), life: life,
                         vault: Vault(master: SymmetricKey(size: .bits256))) {
      try SQLiteDatabase(path: ":memory:", durability: .none)
    }
    let count = seeds ?? 1
    let plans = try (0..<count).map { try plan(seed: seed + UInt64($0)) }
    let trial = try await trialInFolder(life) ?? inMemory
    let start = ContinuousClock.now
    let found = await Proof(trial: trial, plans: plans).run { done, reports in
      guard done.isMultiple(of: 100) || done == count else { return }
      StandardError.line("\(done) of \(count) seeds, \(reports) reports, \(Int(start.duration(to: .now).seconds)) s")
    }
    guard let worst = found.failure else {
      print("\(count) seeds, \(found.reports) reports, \(found.events) events, \(found.faults) faults: all hold")
      if count == 1, let digest = found.digest { print("journal \(String(digest, radix: 16))") }
      return
    }
    StandardError.line("seed \(worst.plan.seed) fails; making it small")
    let small = await inMemory.shrink(worst)
    for violation in small.violations.prefix(10) { print(violation) }
    print("again: \(SimulateCommand.line(small.plan, city: city))")
    throw ExitCode(1)
  }

  /// Runs in the folder that was named for it; nil where none was. A folder that is only set in the environment is the
  /// one that is in use, and no place for a proof.
  private func trialInFolder(_ life: CityLife) async throws -> Trial? {
    guard let folder = options.data else { return nil }
    guard (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty ?? true else {
      throw ValidationError("\(folder) is not empty; a proof needs a new installation.")
    }
    let site = try await openForHistory().site
    return Trial(packs: site.packs, life: life, vault: site.vault) { site.database }
  }

  private func plan(seed: UInt64) throws -> SimulationPlan {
    var plan = Trial.plan(seed: seed, days: days ?? 3, faults: faults ? try faultPlan() : nil)
    if let reportsPerDay { plan.reportsPerDay = reportsPerDay }
    if let places { plan.placesMax = places }
    return plan
  }

  private static let faultNames = ["database", "dropped", "repeated", "delayed", "clock", "meddling"]

  private func faultPlan() throws -> FaultPlan {
    guard let only else { return FaultPlan() }
    let kept = Set(only.split(separator: ",").map(String.init))
    guard kept.isSubset(of: Self.faultNames) else {
      throw ValidationError("--only takes some of: \(Self.faultNames.joined(separator: ", ")).")
    }
    var plan = FaultPlan()
    if !kept.contains("database") { plan.transactions = 0 }
    if !kept.contains("dropped") { plan.dropped = 0 }
    if !kept.contains("repeated") { plan.repeated = 0 }
    if !kept.contains("delayed") { plan.delayed = 0 }
    plan.jumpsClock = kept.contains("clock")
    plan.meddles = kept.contains("meddling")
    return plan
  }

  /// The command that runs a plan again.
  private static func line(_ plan: SimulationPlan, city: String) -> String {
    var line = "headwater simulate --city \(city) --seed \(plan.seed) --seeds 1 --days \(plan.days)"
    line += " --reports-per-day \(plan.reportsPerDay)"
    if let places = plan.placesMax { line += " --places \(places)" }
    guard let faults = plan.faults else { return line }
    let kept = zip(faultNames, [faults.transactions > 0, faults.dropped > 0, faults.repeated > 0, faults.delayed > 0,
                                faults.jumpsClock, faults.meddles]).filter(\.1).map(\.0)
    return line + " --faults --only \(kept.joined(separator: ","))"
  }
}

extension Composition {
  /// Lives through the plan on this installation's database, which is closed then.
  fileprivate func simulate(_ plan: SimulationPlan, life: CityLife) async throws -> Tally {
    var database = site.database
    if let file {
      // A history that is cut off is made again: there is nothing to keep through a loss of power.
      await database.close()
      database = try SQLiteDatabase(path: file.path, durability: .none)
    }
    let clock = VirtualClock(at: plan.from)
    let ids = Mutex(SeededRandom(seed: plan.seed).split("ids"))
    let virtual = Installation(
      database: database, packs: site.packs, vault: site.vault, now: { clock.shown },
      makeID: { ids.withLock { Identifier.make(at: clock.now, using: &$0) } })
    let simulator = Simulator(
      plan: plan, pack: site.pack, life: life, clock: clock,
      observer: .init { day, tally in
        StandardError.line("day \(day) of \(plan.days): \(tally.acknowledged) reports, \(tally.steps) steps")
      }
    ) { Node(virtual, name: "simulated") }
    try await simulator.run()
    await database.close()
    return simulator.tally
  }
}
