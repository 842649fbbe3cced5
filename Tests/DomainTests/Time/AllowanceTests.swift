import Domain
import Testing

@Suite struct AllowanceTests {
  let calendar = BusinessCalendarTests.mainland
  let hour = Allowance(minutes: 60, clock: .always)
  let workingDay = Allowance(minutes: 420, clock: .business)
  func at(_ day: String, _ hour: Int, _ minute: Int = 0) -> Instant { BusinessCalendarTests.at(day, hour, minute) }

  @Test func theClockThatAlwaysRuns() {
    #expect(hour.due(from: at("2024-10-01", 23, 30), calendar: calendar) == at("2024-10-02", 0, 30))
  }

  @Test func theClockOfOffices() {
    #expect(workingDay.due(from: at("2024-09-30", 14), calendar: calendar) == at("2024-10-08", 12))
  }

  @Test func aPauseMovesTheDueInstantByWhatItTook() {
    let start = at("2024-06-03", 9)
    let pauses: [(Instant, Instant?)] = [(at("2024-06-03", 9, 30), at("2024-06-03", 9, 50))]
    #expect(hour.due(from: start, pauses: pauses, calendar: calendar) == at("2024-06-03", 10, 20))
  }

  @Test func aPauseOverNightTakesNothingOfTheOfficesClock() {
    let pauses: [(Instant, Instant?)] = [(at("2024-06-03", 17, 30), at("2024-06-04", 8, 30))]
    let start = at("2024-06-03", 16, 30)
    #expect(workingDay.due(from: start, pauses: pauses, calendar: calendar)
      == workingDay.due(from: start, calendar: calendar))
  }

  @Test func overlappingPausesCountOnce() {
    let start = at("2024-06-03", 9)
    let pauses: [(Instant, Instant?)] = [
      (at("2024-06-03", 9, 20), at("2024-06-03", 9, 40)), (at("2024-06-03", 9, 10), at("2024-06-03", 9, 30)),
      (at("2024-06-03", 9, 15), at("2024-06-03", 9, 20)),
    ]
    #expect(hour.due(from: start, pauses: pauses, calendar: calendar) == at("2024-06-03", 10, 30))
  }

  @Test func aPauseBeforeTheStartCountsFromTheStart() {
    let start = at("2024-06-03", 9)
    let pauses: [(Instant, Instant?)] = [(at("2024-06-03", 8), at("2024-06-03", 9, 5))]
    #expect(hour.due(from: start, pauses: pauses, calendar: calendar) == at("2024-06-03", 10, 5))
  }

  @Test func aPauseAfterTheDeadlineChangesNothing() {
    let start = at("2024-06-03", 9)
    #expect(hour.due(from: start, pauses: [(at("2024-06-03", 10), nil)], calendar: calendar) == at("2024-06-03", 10))
  }

  @Test func nothingFallsDueWhileAPauseStands() {
    #expect(hour.due(from: at("2024-06-03", 9), pauses: [(at("2024-06-03", 9, 59), nil)], calendar: calendar) == nil)
  }
}
