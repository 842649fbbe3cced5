import Domain
import Features
import SQL
import Synchronization

/// One seeded run on a database of its own, with whatever goes wrong in it, and the proof that all still holds.
public struct Trial: Sendable {
  private let packs: PackShelf
  private let life: CityLife
  private let vault: Vault
  private let makeDatabase: @Sendable () async throws -> any Database
  private let wrap: @Sendable (any CityService) -> any CityService

  public struct Outcome: Sendable {
    public let plan: SimulationPlan
    public let violations: [Violation]
    public let tally: Tally
    public let cases: Int
    public let events: Int
    /// Equal for equal journals.
    public let digest: UInt64
    public var holds: Bool { violations.isEmpty }
  }

  /// - Parameters:
  ///   - makeDatabase: an empty database; it is closed after the run.
  ///   - wrap: puts something between the people and the program: how the checks themselves are tried out.
  public init(packs: PackShelf, life: CityLife, vault: Vault,
              wrap: @Sendable @escaping (any CityService) -> any CityService = { $0 },
              makeDatabase: @Sendable @escaping () async throws -> any Database) {
    self.packs = packs
    self.life = life
    self.vault = vault
    self.wrap = wrap
    self.makeDatabase = makeDatabase
  }

  /// A small city in which much happens at few places, and everything goes wrong at some time.
  public static func plan(seed: UInt64, days: Int = 3, faults: FaultPlan? = FaultPlan()) -> SimulationPlan {
    var habits = Habits()
    habits.vagueReport = 0.15
    habits.dangerousWords = 0.1
    habits.secondCaller = 0.25
    habits.operatorMistake = 0.15
    habits.wrongMerge = 0.05
    habits.refusal = 0.12
    habits.handBack = 0.08
    habits.pause = 0.1
    habits.complaint = 0.15
    habits.reopening = 0.15
    habits.recurrence = 0.3
    habits.words = 0.3
    // A Wednesday, 00:00 in China, in a week of ordinary days: 2026-03-11.
    let from = Instant(milliseconds: 1_773_158_400_000)
    return SimulationPlan(seed: seed, from: from, days: days, reportsPerDay: 5, placesMax: 4,
                          schedulerEvery: .minutes(45), habits: habits, faults: faults)
  }

  /// - Parameter inspect: called with the installation after the run, before it is checked: for tests that damage it.
  public func run(
    _ plan: SimulationPlan, inspect: (Installation) async throws -> Void = { _ in }
  ) async -> Outcome {
    var tally = Tally()
    do {
      let database = try await makeDatabase()
      let outcome = await run(plan, on: database, &tally, inspect)
      await database.close()
      return outcome
    } catch { return failed(plan, error, tally) }
  }

  private func run(
    _ plan: SimulationPlan, on database: any Database, _ tally: inout Tally,
    _ inspect: (Installation) async throws -> Void
  ) async -> Outcome {
    do {
      try await database.migrate(Installation.migrations)
      try await database.write { [packs] in try packs.store(at: plan.from, on: $0) }
      let clock = VirtualClock(at: plan.from)
      let site = site(on: database, clock, seed: plan.seed)
      let isOn = FaultSwitch()
      var used = site
      if let faults = plan.faults {
        let faulty = FaultyDatabase(LateDatabase(database), plan: faults.database(seed: plan.seed, while: isOn))
        used = self.site(on: faulty, clock, seed: plan.seed)
      }
      let node = used
      let follower = Follower(site)
      let simulator = Simulator(
        plan: plan, pack: packs.current, life: life, clock: clock, faultSwitch: isOn,
        observer: .init(moment: follower.follow)
      ) { [wrap] in wrap(Node(node, name: "simulated")) }
      defer { tally = simulator.tally }
      try await simulator.run()
      try await inspect(site)
      let result = try await RunCheck(site: site, plan: plan, tally: simulator.tally)()
      let missed = try await follower.violations(events: result.events)
      return Outcome(plan: plan, violations: result.violations + missed, tally: simulator.tally, cases: result.cases,
                     events: result.events, digest: result.digest)
    } catch { return failed(plan, error, tally) }
  }

  private func site(on database: any Database, _ clock: VirtualClock, seed: UInt64) -> Installation {
    let ids = Mutex(SeededRandom(seed: seed).split("ids"))
    return Installation(database: database, packs: packs, vault: vault, now: { clock.shown }) {
      ids.withLock { Identifier.make(at: clock.now, using: &$0) }
    }
  }

  private func failed(_ plan: SimulationPlan, _ error: any Error, _ tally: Tally) -> Outcome {
    Outcome(plan: plan, violations: [.failed("\(error)")], tally: tally, cases: 0, events: 0, digest: 0)
  }

  /// A smaller plan that still fails: fewer days, fewer reports, fewer kinds of fault, a narrower window of failing
  /// transactions. Each step is kept only if the run still fails.
  public func shrink(_ outcome: Outcome) async -> Outcome {
    var best = outcome
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for smaller in Self.smaller(best.plan) {
        let tried = await run(smaller)
        guard !tried.holds else { continue }
        best = tried
        isSmaller = true
        break
      }
    }
    return best
  }

  private static func smaller(_ plan: SimulationPlan) -> [SimulationPlan] {
    var plans: [SimulationPlan] = []
    func add(_ change: (inout SimulationPlan) -> Void) {
      var smaller = plan
      change(&smaller)
      if smaller != plan { plans.append(smaller) }
    }
    add { $0.faults = nil }
    add { $0.faults?.meddles = false }
    add { $0.faults?.jumpsClock = false }
    add { $0.faults?.transactions = 0 }
    add { $0.faults?.overtaken = 0 }
    add { $0.faults?.dropped = 0 }
    add { $0.faults?.repeated = 0 }
    add { $0.faults?.delayed = 0 }
    if plan.days > 1 { add { $0.days = plan.days / 2 } }
    if plan.reportsPerDay > 1 { add { $0.reportsPerDay = plan.reportsPerDay / 2 } }
    if let places = plan.placesMax, places > 1 { add { $0.placesMax = places / 2 } }
    return plans
  }
}
