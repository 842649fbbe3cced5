/// Who of a squad is on shift when: reckoned from the plan and the date alone, then changed by what people agreed.
///
/// The members stand in a circle of seats. Shift number n takes the next `shiftSize` seats after those of shift n − 1,
/// so that every member works equally often and rests equally long. Where the circle would bring each seat to the
/// same hour for ever (its length in shifts and the shifts of a day share a factor), it moves on by one shift each
/// time all have had their turn. Mediators sit as far from one another as their number allows: with at least one for
/// every `shiftSize` seats, no shift is without one.
public struct Roster: Sendable {
  public let plan: SquadPlan
  public let zone: CityZone
  public let overrides: [Override]
  /// The plan's members in the order of the circle.
  public let seats: [SquadPlan.Member]
  /// Indices into the plan's shifts, by the time at which they begin.
  private let order: [Int]

  /// The skill that every shift should have.
  public static let mediator = "mediator"

  /// What people agreed against the plan.
  public enum Override: Sendable, Hashable {
    case absence(member: String, from: Instant, to: Instant)
    /// For one shift, another member takes the place of one who was due.
    case swap(Shift, out: String, in: String)
    case vehicleOut(vehicle: String, from: Instant, to: Instant)
  }

  /// One shift of one day.
  public struct Shift: Sendable, Hashable {
    /// The day on which it begins.
    public let date: CivilDate
    /// Index into the plan's shifts.
    public let index: Int
    public init(date: CivilDate, index: Int) {
      self.date = date
      self.index = index
    }
  }

  /// What is missing. Raw values are for answers and pages.
  public enum Gap: String, Sendable, Hashable, CaseIterable {
    case noShift = "no-shift"
    case tooFew = "too-few"
    /// Though the plan has mediators.
    case noMediator = "no-mediator"
    /// Though the plan has vehicles.
    case noVehicle = "no-vehicle"
  }

  public struct Duty: Sendable, Hashable {
    /// Several where shifts overlap; none in a hole of the plan.
    public let shifts: [Shift]
    public let members: [SquadPlan.Member]
    public let vehicles: [String]
    public let gaps: [Gap]

    public init(shifts: [Shift], members: [SquadPlan.Member], vehicles: [String], gaps: [Gap]) {
      self.shifts = shifts
      self.members = members
      self.vehicles = vehicles
      self.gaps = gaps
    }

    public var skills: Set<String> { Set(members.flatMap(\.skills)) }
  }

  public init(plan: SquadPlan, zone: CityZone, overrides: [Override] = []) {
    self.plan = plan
    self.zone = zone
    self.overrides = overrides
    seats = Self.seats(plan.members)
    order = plan.shifts.indices.sorted { (plan.shifts[$0].lowerBound, $0) < (plan.shifts[$1].lowerBound, $1) }
  }

  public func duty(at instant: Instant) -> Duty {
    let shifts = shifts(at: instant)
    var codes = Set<String>()
    let members = shifts.flatMap(members).filter { member in
      !isAbsent(member.code, at: instant) && codes.insert(member.code).inserted
    }
    let vehicles = plan.vehicles.filter { !isOut($0, at: instant) }
    return Duty(shifts: shifts, members: members, vehicles: vehicles, gaps: gaps(shifts, members, vehicles))
  }

  /// Who is due by the plan and the swaps, absences aside.
  public func members(of shift: Shift) -> [SquadPlan.Member] {
    guard !seats.isEmpty, plan.shifts.indices.contains(shift.index) else { return [] }
    let first = (turn(shift) * plan.shiftSize).floorMod(seats.count)
    let due = (0..<min(plan.shiftSize, seats.count)).map { seats[(first + $0) % seats.count] }
    return due.map { member in replacement(of: member.code, in: shift) ?? member }
  }

  /// Which turn of the circle a shift is.
  private func turn(_ shift: Shift) -> Int {
    let perDay = plan.shifts.count
    let number = shift.date.dayNumber * perDay + (order.firstIndex(of: shift.index) ?? 0)
    let circle = seats.count / gcd(seats.count, max(plan.shiftSize, 1))
    let common = gcd(circle, perDay)
    guard common > 1 else { return number }
    let round = circle / common * perDay
    return number + (number - number.floorMod(round)) / round
  }

  private func shifts(at instant: Instant) -> [Shift] {
    let (date, minute) = zone.local(instant)
    return [(date.adding(days: -1), minute + 1440), (date, minute)].flatMap { day, minute in
      order.filter { plan.shifts[$0].contains(minute) }.map { Shift(date: day, index: $0) }
    }
  }

  private func replacement(of code: String, in shift: Shift) -> SquadPlan.Member? {
    for case .swap(shift, code, let other) in overrides {
      if let member = plan.members.first(where: { $0.code == other }) { return member }
    }
    return nil
  }

  private func isAbsent(_ code: String, at instant: Instant) -> Bool {
    overrides.contains { override in
      if case .absence(code, let from, let to) = override { (from..<max(from, to)).contains(instant) } else { false }
    }
  }

  private func isOut(_ code: String, at instant: Instant) -> Bool {
    overrides.contains { override in
      if case .vehicleOut(code, let from, let to) = override { (from..<max(from, to)).contains(instant) } else { false }
    }
  }

  private func gaps(_ shifts: [Shift], _ members: [SquadPlan.Member], _ vehicles: [String]) -> [Gap] {
    var gaps: [Gap] = []
    if shifts.isEmpty { gaps.append(.noShift) } else if members.count < plan.shiftSize { gaps.append(.tooFew) }
    let isMediated = members.contains { $0.skills.contains(Self.mediator) }
    if !isMediated, plan.members.contains(where: { $0.skills.contains(Self.mediator) }) { gaps.append(.noMediator) }
    if vehicles.isEmpty, !plan.vehicles.isEmpty { gaps.append(.noVehicle) }
    return gaps
  }

  /// Mediators at even distances, the others between them, each group by code.
  private static func seats(_ members: [SquadPlan.Member]) -> [SquadPlan.Member] {
    let byCode = members.sorted { $0.code < $1.code }
    let mediators = byCode.filter { $0.skills.contains(mediator) }
    var others = byCode.filter { !$0.skills.contains(mediator) }[...]
    let taken = Dictionary(
      uniqueKeysWithValues: mediators.enumerated().map { ($0 * members.count / mediators.count, $1) })
    return members.indices.compactMap { taken[$0] ?? others.popFirst() }
  }
}

private func gcd(_ one: Int, _ other: Int) -> Int { other == 0 ? one : gcd(other, one % other) }
