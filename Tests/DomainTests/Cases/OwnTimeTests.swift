import Domain
import Testing

@Suite struct OwnTimeTests {
  private static let told = Instant(milliseconds: 1_772_600_000_000)

  @Test func theClockOfThePhoneIsTakenOut() {
    // Done at 10:00 by a phone seven minutes fast, sent half an hour later.
    let own = OwnTime(at: Self.told - .minutes(23), sentAt: Self.told + .minutes(7), receivedAt: Self.told)
    #expect(own.aheadMilliseconds == 420_000)
    #expect(own.corrected == Self.told - .minutes(30))
    let slow = OwnTime(at: Self.told - .minutes(8), sentAt: Self.told - .minutes(8), receivedAt: Self.told)
    #expect(slow.corrected == Self.told)
  }

  /// It is kept with the step and starts no clock: those run by when we were told.
  @Test func aStepToldLaterIsDatedByItsArrival() throws {
    let given = try GivenCase(CaseCity.report(), GivenCase.underway)
    let at = given.state.lastAt + .minutes(40)
    let own = OwnTime(at: at - .minutes(30), sentAt: at, receivedAt: at)
    let events = try CaseCity.decider.decide(CaseCommand(.arrive, by: .north, at: at, own: own), given.state)
    #expect(events == [.arrived(.init(own: own))] && events.first?.own == own)
    var after = given.state
    for event in events { after.evolve(event, at: at) }
    #expect(after.arrivedAt == at && after.phaseSince == at)
    // Told once more, it is satisfied.
    #expect(try CaseCity.decider.decide(CaseCommand(.arrive, by: .north, at: at, own: own), after) == [])
  }

  @Test func aNoteIsKeptOnceAndAfterTheEnd() throws {
    let closed = try GivenCase(CaseCity.report(), GivenCase.closed)
    closed.when(.addNote(note: nil), by: .desk).thenRejected(.reasonMissing)
    closed.when(.addNote(note: "v1"), by: .market).thenRejected(.notYourCase)
    let noted = closed.when(.addNote(note: "v1"), by: .north)
    noted.then([.noted(.init(note: "v1"))])
    let after = try noted.after()
    #expect(after.phase == .closed && after.notes == ["v1"])
    let again = CaseCommand(.addNote(note: "v1"), by: .north, at: after.lastAt)
    #expect(try CaseCity.decider.decide(again, after) == [])
    let merged = try GivenCase(CaseCity.report(), GivenCase.merged)
    merged.when(.addNote(note: "v1"), by: .desk).thenRejected(.notNow(step: .noted, phase: .merged))
  }
}
