import Domain
import Testing

/// Numbers that follow from a seed (SplitMix64), so that a failing case can be run again.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct BusinessCalendarTests {
  static let east = CityZone(name: "Asia/Shanghai", initialOffsetSeconds: 28_800)
  /// New York in 2024: forwards on 10 March 07:00Z, back on 3 November 06:00Z.
  static let newYork = CityZone(
    name: "America/New_York", initialOffsetSeconds: -18_000,
    changes: [change("2024-03-10", 420, -14_400), change("2024-11-03", 360, -18_000)])

  static func date(_ text: String) -> CivilDate {
    guard let date = CivilDate(text) else { preconditionFailure("no date: \(text)") }
    return date
  }

  static func change(_ day: String, _ minute: Int, _ offset: Int) -> CityZone.Change {
    let start = Int64(date(day).dayNumber) * 86_400_000
    return CityZone.Change(at: Instant(milliseconds: start + Int64(minute) * 60_000), offsetSeconds: offset)
  }

  static let office: BusinessCalendar.Hours = [510..<720, 840..<1050]
  /// Half past eight to noon, two to half past five; a week of rest in October 2024, worked for on two Saturdays.
  static let mainland = BusinessCalendar(
    zone: east, week: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, office) }),
    exceptions: Dictionary(
      uniqueKeysWithValues: (1...7).map { (date("2024-10-0\($0)"), []) }
        + [(date("2024-09-29"), office), (date("2024-10-12"), office)]))
  /// Works through both nights on which New York's clocks change.
  static let nights = BusinessCalendar(
    zone: newYork, week: Dictionary(uniqueKeysWithValues: (1...7).map { ($0, [0..<300, 600..<1440]) }),
    exceptions: [date("2024-07-04"): []])
  static let onlyExceptions = BusinessCalendar(
    zone: east, week: [:], exceptions: [date("2024-09-29"): office, date("2024-10-12"): office])

  static func at(_ day: String, _ hour: Int, _ minute: Int = 0, zone: CityZone = east) -> Instant {
    zone.instant(date(day), minute: hour * 60 + minute)
  }

  @Test func workStopsOverNightsAndHolidays() {
    let calendar = Self.mainland
    // The last Monday before the holidays, four in the afternoon: 90 minutes that day, the rest on 8 October.
    #expect(calendar.add(minutes: 120, from: Self.at("2024-09-30", 16)) == Self.at("2024-10-08", 9))
    // A Saturday that is a workday.
    #expect(calendar.add(minutes: 60, from: Self.at("2024-10-12", 7)) == Self.at("2024-10-12", 9, 30))
    #expect(calendar.minutes(from: Self.at("2024-10-01", 0), to: Self.at("2024-10-08", 0)) == 0)
    #expect(calendar.minutes(from: Self.at("2024-10-12", 0), to: Self.at("2024-10-13", 0)) == 420)
  }

  @Test func anAllowanceEndsAtTheEndOfADayRatherThanTheNextMorning() {
    #expect(Self.mainland.add(minutes: 210, from: Self.at("2024-06-03", 14)) == Self.at("2024-06-03", 17, 30))
    #expect(Self.mainland.add(minutes: -210, from: Self.at("2024-06-03", 17, 30)) == Self.at("2024-06-03", 14))
    // Backwards it ends where work starts, not where it stopped before.
    #expect(Self.mainland.add(minutes: -420, from: Self.at("2024-06-03", 20)) == Self.at("2024-06-03", 8, 30))
  }

  @Test func outsideTheYearsCoveredTheUsualWeekGoesOn() {
    #expect(Self.mainland.coverage == Self.date("2024-01-01")...Self.date("2024-12-31"))
    // 1 October 2031 is a Wednesday, 4 October 1999 a Monday.
    #expect(Self.mainland.add(minutes: 60, from: Self.at("2031-10-01", 8)) == Self.at("2031-10-01", 9, 30))
    #expect(Self.mainland.minutes(from: Self.at("1999-10-04", 0), to: Self.at("1999-10-11", 0)) == 5 * 420)
  }

  @Test func theHourSkippedIsNotWorkedAndTheHourRepeatedCountsTwice() {
    func worked(_ day: String) -> Int {
      Self.nights.minutes(
        from: Self.at(day, 0, zone: Self.newYork),
        to: Self.newYork.instant(Self.date(day).adding(days: 1)))
    }
    #expect(worked("2024-03-09") == 1_140)
    #expect(worked("2024-03-10") == 1_080)
    #expect(worked("2024-11-03") == 1_200)
    #expect(worked("2024-07-04") == 0)
  }

  @Test func aCalendarThatNeverWorksReckonsAsIfItAlwaysDid() {
    let never = BusinessCalendar(zone: Self.east, week: [:], exceptions: [:])
    let start = Self.at("2024-06-03", 9)
    #expect(never.add(minutes: 30, from: start) == start + .minutes(30))
    // Beyond the last day that ever worked there is no other answer either.
    let last = Self.at("2024-10-13", 9)
    #expect(Self.onlyExceptions.add(minutes: 30, from: last) == last + .minutes(30))
    #expect(Self.onlyExceptions.add(minutes: 30, from: Self.at("2020-01-01", 0)) == Self.at("2024-09-29", 9))
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func addingAndMeasuringAreInverse(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for calendar in [Self.mainland, Self.nights] {
      for _ in 0..<2_000 {
        let start = Instant(
          milliseconds: Self.at("2024-01-01", 0).milliseconds + .random(in: -9e10.int...9e10.int, using: &numbers))
        let length = Span(milliseconds: .random(in: -4e9.int...4e9.int, using: &numbers))
        let end = calendar.add(length, from: start)
        #expect(calendar.workingTime(from: start, to: end) == length, "seed \(seed), \(start), \(length)")
        #expect(length < .zero ? end <= start : end >= start)
        let between = calendar.workingTime(from: start, to: start + length)
        let back = calendar.add(between, from: start)
        #expect(calendar.workingTime(from: back, to: start + length) == .zero, "seed \(seed), \(start), \(length)")
      }
    }
  }

  @Test(arguments: [UInt64(11), 12])
  func measuringEqualsCountingMinuteByMinute(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for calendar in [Self.mainland, Self.nights] {
      // Around the days where the clocks change and the holidays.
      let day = ["2024-03-09", "2024-09-28", "2024-11-02"].randomElement(using: &numbers) ?? "2024-03-09"
      let start = Self.at(day, .random(in: 0...23, using: &numbers))
      let minutes = Int.random(in: 0...5_000, using: &numbers)
      let counted = (0..<minutes).count { calendar.isOpen(at: start + .minutes($0)) }
      #expect(calendar.minutes(from: start, to: start + .minutes(minutes)) == counted, "seed \(seed), \(day)")
    }
  }
}

extension Double {
  fileprivate var int: Int64 { Int64(self) }
}
