import Domain
import Testing

@Suite struct ElapsedTests {
  let calendar = CaseCity.pack.calendar

  @Test func oneClockInThePhaseAndOneFromTheFirstReport() throws {
    let signed = try GivenCase(CaseCity.report(), GivenCase.signed).state
    let now = CaseCity.at("2024-06-04", 9)
    let elapsed = Elapsed(signed, at: now, calendar: calendar)
    #expect(elapsed.whole.wall == .days(1) && elapsed.whole.business == .hours(7))
    #expect(elapsed.inPhase.wall == .days(1) - .minutes(3))
  }

  @Test func theWholeClockEndsWithTheClosureAndRunsThroughPausesAndReopenings() throws {
    let closed = try GivenCase(CaseCity.report(), GivenCase.closed)
    let later = closed.state.lastAt + .days(2)
    let whole = closed.state.lastAt - CaseCity.start
    #expect(Elapsed(closed.state, at: later, calendar: calendar).whole.wall == whole)
    #expect(Elapsed(closed.state, at: later, calendar: calendar).inPhase.wall == .days(2))
    let reopened = try closed.when(.reopen(reason: "not-solved", note: nil), by: .reporter, at: later).after()
    let again = Elapsed(reopened, at: later + .hours(1), calendar: calendar)
    #expect(again.whole.wall == whole + .days(2) + .hours(1) && again.inPhase.wall == .hours(1))
    let paused = try GivenCase(CaseCity.report(), GivenCase.signed + [(.pause(reason: "x", note: nil), .property)])
    #expect(Elapsed(paused.state, at: later, calendar: calendar).whole.wall == later - CaseCity.start)
  }

  @Test func aPausedDeadlineIsNotLate() throws {
    let signed = try GivenCase(CaseCity.report(), GivenCase.signed)
    let late = CaseCity.at("2024-06-20", 9)
    #expect(Delay.delays(of: signed.state, at: late, calendar: calendar).map(\.step) == [.feedback, .closure])
    let paused = try signed.when(.pause(reason: "x", note: nil), by: .property).after()
    #expect(Delay.delays(of: paused, at: late, calendar: calendar).isEmpty)
    let tooLate = try signed.when(.pause(reason: "x", note: nil), by: .property, at: CaseCity.at("2024-06-05", 9))
      .after()
    #expect(Delay.delays(of: tooLate, at: late, calendar: calendar).map(\.step) == [.feedback])
  }
}
