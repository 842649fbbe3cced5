import Domain
import Testing

@Suite struct RosterTests {
  static let plan = CaseCity.squads[0]
  static let zone = BusinessCalendarTests.east
  let roster = Roster(plan: Self.plan, zone: Self.zone)

  func squad(members: Int, mediators: Int, shifts: [Range<Int>] = RosterTests.plan.shifts, size: Int = 3) -> SquadPlan {
    let people = (0..<members).map { number in
      SquadPlan.Member(code: String(100 + number), skills: number < mediators ? ["mediator"] : [])
    }
    return SquadPlan(code: "s", names: CaseCity.name("s"), agency: "property", division: "901", base: CaseCity.point,
                     members: people, vehicles: ["car"], shifts: shifts, shiftSize: size)
  }

  /// Shift by shift, in order, for so many days.
  func turns(_ roster: Roster, days: Int) -> [(shift: Roster.Shift, members: [String])] {
    (0..<days).flatMap { day in
      roster.plan.shifts.indices.map { index in
        let shift = Roster.Shift(date: CivilDate(dayNumber: 19_877 + day), index: index)
        return (shift, roster.members(of: shift).map(\.code))
      }
    }
  }

  @Test func threeAreOnShiftAtEveryHourAndOneOfThemMediates() {
    for hour in 0..<240 {
      let duty = roster.duty(at: CaseCity.start + .hours(hour))
      #expect(duty.members.count == 3 && duty.gaps.isEmpty && duty.skills.contains("mediator"))
    }
    #expect(roster.holes(from: CaseCity.start, to: CaseCity.start + .days(30)).isEmpty)
  }

  @Test func aShiftThatRunsPastMidnightIsOfTheDayBefore() {
    let duty = roster.duty(at: CaseCity.at("2024-06-04", 7, 59))
    #expect(duty.shifts == [.init(date: BusinessCalendarTests.date("2024-06-03"), index: 2)])
    #expect(roster.duty(at: CaseCity.at("2024-06-04", 8)).shifts
      == [.init(date: BusinessCalendarTests.date("2024-06-04"), index: 0)])
  }

  @Test(arguments: [(15, 5), (16, 6), (9, 3), (18, 6), (12, 4), (7, 3)])
  func everybodyWorksEquallyOftenAtEveryHour(_ size: (members: Int, mediators: Int)) {
    let roster = Roster(plan: squad(members: size.members, mediators: size.mediators), zone: Self.zone)
    // Long enough for whole rounds of every circle above.
    let turns = turns(roster, days: 15 * 16 * 7)
    let counts = turns.reduce(into: [String: [Int: Int]]()) { counts, turn in
      for member in turn.members { counts[member, default: [:]][turn.shift.index, default: 0] += 1 }
    }
    let all = counts.values.flatMap(\.values)
    #expect(counts.count == size.members && counts.values.allSatisfy { $0.count == 3 })
    #expect((all.max() ?? 0) - (all.min() ?? 0) <= 6, "\(counts)")
    let codes = Set(roster.plan.members.filter { !$0.skills.isEmpty }.map(\.code))
    #expect(turns.allSatisfy { !codes.isDisjoint(with: $0.members) && Set($0.members).count == 3 })
  }

  @Test func nobodyWorksTwoShiftsInARow() {
    for members in [9, 12, 15, 18] {
      let roster = Roster(plan: squad(members: members, mediators: 0), zone: Self.zone)
      let turns = turns(roster, days: 60).map { Set($0.members) }
      #expect(zip(turns, turns.dropFirst()).allSatisfy { $0.isDisjoint(with: $1) })
    }
  }

  @Test func theSameDateTheSameShiftWhateverTheOrderOfThePlan() {
    var plan = Self.plan
    plan = SquadPlan(code: plan.code, names: plan.names, agency: plan.agency, division: plan.division, base: plan.base,
                     members: plan.members.reversed(), vehicles: plan.vehicles, shifts: plan.shifts,
                     shiftSize: plan.shiftSize)
    #expect(Roster(plan: plan, zone: Self.zone).duty(at: CaseCity.start).members
      == roster.duty(at: CaseCity.start).members)
  }

  @Test func absencesAreGapsUnlessSomebodySwaps() throws {
    let shift = try #require(roster.duty(at: CaseCity.start).shifts.first)
    let due = roster.members(of: shift).map(\.code)
    let sick = Roster.Override.absence(member: due[0], from: CaseCity.start, to: CaseCity.start + .hours(2))
    let short = Roster(plan: Self.plan, zone: Self.zone, overrides: [sick])
    #expect(short.duty(at: CaseCity.start).gaps.contains(.tooFew))
    #expect(short.duty(at: CaseCity.start + .hours(2)).gaps.isEmpty)
    let holes = short.holes(from: CaseCity.start - .hours(5), to: CaseCity.start + .hours(5))
      .filter { $0.gap == .tooFew }
    #expect(holes.map(\.from) == [CaseCity.start] && holes.map(\.to) == [CaseCity.start + .hours(2)])
    let other = try #require(Self.plan.members.first { !due.contains($0.code) }?.code)
    let swapped = Roster(plan: Self.plan, zone: Self.zone, overrides: [sick, .swap(shift, out: due[0], in: other)])
    #expect(!swapped.duty(at: CaseCity.start).gaps.contains(.tooFew))
    #expect(swapped.duty(at: CaseCity.start).members.map(\.code) == [other, due[1], due[2]])
  }

  @Test func allVehiclesOutAreAGap() {
    let out = Self.plan.vehicles.map {
      Roster.Override.vehicleOut(vehicle: $0, from: CaseCity.start, to: CaseCity.start + .hours(1))
    }
    let one = Roster(plan: Self.plan, zone: Self.zone, overrides: Array(out.prefix(1)))
    #expect(one.duty(at: CaseCity.start).vehicles.count == 2 && one.duty(at: CaseCity.start).gaps.isEmpty)
    #expect(Roster(plan: Self.plan, zone: Self.zone, overrides: out).duty(at: CaseCity.start).gaps == [.noVehicle])
  }

  @Test func aHoleInThePlanIsReported() {
    let office = Roster(plan: squad(members: 6, mediators: 1, shifts: [480..<960], size: 3), zone: Self.zone)
    let holes = office.holes(from: CaseCity.at("2024-06-03", 0), to: CaseCity.at("2024-06-04", 0))
    let ends = [CaseCity.at("2024-06-03", 8), CaseCity.at("2024-06-04", 0)]
    #expect(holes.filter { $0.gap == .noShift }.map(\.to) == ends)
    #expect(office.duty(at: CaseCity.at("2024-06-03", 20)).members.isEmpty)
    #expect(Roster(plan: squad(members: 0, mediators: 0), zone: Self.zone).duty(at: CaseCity.start).gaps == [.tooFew])
  }
}
