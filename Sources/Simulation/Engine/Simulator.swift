import Domain
import Features

/// A made-up city in virtual time: residents report, desks judge, agencies sign or refuse, squads go, clocks run.
///
/// One thread of control: it does one thing after the other in the order of its agenda, so a run is a function of its
/// plan. Whoever acts decides with a generator of their own (``SeededRandom/split(_:)``). Not to be shared between
/// tasks.
public final class Simulator {
  public let plan: SimulationPlan
  let pack: CityPack
  let population: Population
  let writer: ReportWriter
  var phrases: Phrasebook { writer.phrases }
  public let clock: VirtualClock
  let restart: () -> any CityService
  var service: any CityService
  let observer: Observer

  var agenda = Agenda<Errand>()
  var files: [CaseFile] = []
  var letters: [Int: Letter] = [:]
  var sent = 0
  var randoms: [String: SeededRandom] = [:]
  let root: SeededRandom
  var squadFreeAt: [String: Instant] = [:]
  var byPlace: [String: Int] = [:]
  public internal(set) var tally = Tally()
  let faultSwitch: FaultSwitch
  var areFaultsOn: Bool { plan.faults != nil && faultSwitch.value }
  var isDraining = false

  enum Errand {
    case day(Int)
    case saying(Saying)
    case act(file: Int, Intent)
    case scheduler
    case deliver(letter: Int)
    case reply(letter: Int, Letter.Answer)
    case retry(letter: Int, attempt: Int)
    case clockJump
    case meddling
  }

  /// Hears of a run as it goes.
  public struct Observer {
    /// After each virtual day.
    public var day: (Int, Tally) -> Void
    /// Now and then in a run with faults.
    public var moment: () async throws -> Void
    public init(day: @escaping (Int, Tally) -> Void = { _, _ in }, moment: @escaping () async throws -> Void = {}) {
      self.day = day
      self.moment = moment
    }
  }

  /// - Parameters:
  ///   - clock: the one that the installation behind `service` reads.
  ///   - makeService: opens the program; called again after each simulated crash of it.
  ///   - faultSwitch: turned off at the end, so that everybody gets their answers.
  public init(plan: SimulationPlan, pack: CityPack, life: CityLife, clock: VirtualClock,
              faultSwitch: FaultSwitch = FaultSwitch(), observer: Observer = Observer(),
              makeService: @escaping () -> any CityService) {
    self.plan = plan
    self.pack = pack
    self.clock = clock
    self.observer = observer
    population = Population(pack: pack, life: life, plan: plan)
    writer = ReportWriter(population: population, phrases: Phrasebook(life: life), habits: plan.habits)
    root = SeededRandom(seed: plan.seed)
    restart = makeService
    service = makeService()
    self.faultSwitch = faultSwitch
  }

  /// Lives through the plan's days; then, if there are faults, everybody who still waits for an answer gets one.
  /// - Throws: what the program throws that is neither a rejection nor a fault of the plan's.
  public func run() async throws {
    agenda.add(.day(0), at: plan.from)
    agenda.add(.scheduler, at: plan.from + plan.schedulerEvery)
    if plan.faults?.jumpsClock == true { agenda.add(.clockJump, at: plan.from + .minutes(30)) }
    if plan.faults?.meddles == true { agenda.add(.meddling, at: plan.from + .minutes(45)) }
    while let next = agenda.nextAt, next < plan.end, let (at, errand) = agenda.next() {
      clock.advance(to: at)
      try await perform(errand)
    }
    clock.advance(to: plan.end)
    observer.day(plan.days, tally)
    if plan.faults != nil { try await drain() }
  }

  func perform(_ errand: Errand) async throws {
    switch errand {
    case .day(let day): beginDay(day)
    case .saying(let saying): try await report(saying)
    case .act(let file, let intent): try await act(intent, on: file)
    case .scheduler:
      try await runScheduler()
      agenda.add(.scheduler, at: clock.now + plan.schedulerEvery)
    case .deliver(let letter): try await deliver(letter)
    case .reply(let letter, let answer): try await hear(answer, to: letter)
    case .retry(let letter, let attempt): retry(letter, attempt: attempt)
    case .clockJump: jumpClock()
    case .meddling: try await meddle()
    }
  }

  private func runScheduler() async throws {
    do {
      while try await service.runScheduler() == Scheduler.batch {}
    } catch let error where isFault(error) { crash() }
  }

  /// The faults are over, and so are new reports: what is on its way arrives, what is due is worked off.
  private func drain() async throws {
    faultSwitch.turnOff()
    isDraining = true
    clock.setSkew(.zero)
    for id in letters.keys.sorted() where letters[id]?.isAnswered == false {
      agenda.add(.deliver(letter: id), at: clock.now)
    }
    while let (at, errand) = agenda.next() {
      clock.advance(to: at)
      switch errand {
      case .deliver, .reply, .retry: try await perform(errand)
      default: break
      }
    }
    // Leases of nodes that died have run out by then.
    clock.advance(to: clock.now + Scheduler.lease + .minutes(61))
    while try await service.runScheduler() > 0 {}
  }

  // MARK: - Chance

  func with<Result>(_ actor: String, _ body: (inout SeededRandom) -> Result) -> Result {
    var random = randoms[actor] ?? root.split(actor)
    let result = body(&random)
    randoms[actor] = random
    return result
  }

  // MARK: - Days

  private func beginDay(_ day: Int) {
    if day > 0 { observer.day(day, tally) }
    let start = plan.from + .days(day)
    let mood = mood(of: start)
    for hour in 0..<24 {
      let begin = start + .hours(hour)
      let local = pack.calendar.zone.local(begin)
      guard let (share, kinds) = population.hour(local.minute / 60, mood) else { continue }
      var random = root.split("day \(day) hour \(hour)")
      for _ in 0..<random.count(expected: plan.reportsPerDay * share) {
        let at = begin + Span(milliseconds: Int64(random.below(3_600_000)))
        let life = population.lives[kinds.pick(&random)]
        agenda.add(.saying(saying(life, &random)), at: at)
      }
    }
    if day + 1 < plan.days { agenda.add(.day(day + 1), at: plan.from + .days(day + 1)) }
  }

  private func saying(_ life: Population.Life, _ random: inout SeededRandom) -> Saying {
    let place = population.place(for: life, &random)
    let isOutside = random.chance(life.street)
    return Saying(kind: life.kind.code, place: place,
                  street: isOutside ? place.flatMap { population.street(near: $0, &random) } : nil)
  }

  private func mood(of day: Instant) -> Population.Mood {
    let date = pack.calendar.zone.local(day + .hours(12)).date
    var random = root.split("mood \(date.text)")
    return Population.Mood(
      isRest: !pack.calendar.isWorkday(date), isBusyNight: date.weekday == 5 || date.weekday == 6 || random.chance(0.1),
      factor: 0.85 + 0.3 * random.unit())
  }
}

/// What has happened in a run so far.
public struct Tally: Sendable, Hashable {
  public internal(set) var reports = 0
  public internal(set) var acknowledged = 0
  /// Requests that were carried out, reports included.
  public internal(set) var steps = 0
  public internal(set) var refused = 0
  /// Requests that met a fault or were sent again.
  public internal(set) var faults = 0
  public internal(set) var crashes = 0
  /// Transactions that others overtook before they committed.
  public internal(set) var overtaken = 0
  public internal(set) var receipts: [Receipt] = []
  /// What contradicted itself while the run went on.
  public internal(set) var contradictions: [Violation] = []
}
