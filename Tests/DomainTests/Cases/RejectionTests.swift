import Domain
import Testing

/// A row for every rule that says no.
@Suite struct RejectionTests {
  struct Row: CustomTestStringConvertible {
    let history: GivenCase.History
    let action: CaseCommand.Action
    let actor: Actor
    let rejection: Rejection
    var report = CaseCity.report()
    var testDescription: String { "\(action) → \(rejection)" }

    init(_ history: GivenCase.History, _ action: CaseCommand.Action, _ actor: Actor, _ rejection: Rejection) {
      (self.history, self.action, self.actor, self.rejection) = (history, action, actor, rejection)
    }

    func reported(_ report: ReportFacts) -> Row {
      var row = self
      row.report = report
      return row
    }
  }

  static let armed = CaseCity.report(dangers: ["weapon"])
  static let armedToo = CaseCity.report("r2", dangers: ["weapon"])
  static let weapon = Rejection.dangerForbidsDiversion(cues: ["weapon"])
  static let paused: GivenCase.History = GivenCase.signed + [(.pause(reason: "material", note: nil), .property)]

  static let custody: [Row] = [
    Row(GivenCase.judged, .sign, .property, .notNow(step: .signed, phase: .desk)),
    Row(GivenCase.assigned, .sign, .desk, .notByRole(step: .signed, role: .operator)),
    Row(GivenCase.assigned, .sign, .market, .notYourCase),
    Row(GivenCase.assigned, .refuse(reason: "not-ours", note: nil), .market, .notYourCase),
    Row(GivenCase.assigned, .refuse(reason: "", note: nil), .property, .reasonMissing),
    Row(GivenCase.assigned, .pause(reason: "material", note: nil), .property, .notYourCase),
    Row(GivenCase.ordered, .refuse(reason: "not-ours", note: nil), .property, .jointOrderBinds),
    Row(GivenCase.ordered, .assign(.init(agency: "market")), .desk, .jointOrderBinds),
    Row(GivenCase.judged, .orderJointly(.init(agency: "market")), .coordinator,
        .notNow(step: .jointlyOrdered, phase: .desk)),
    Row(GivenCase.signed, .assign(.init(agency: "market")), .desk, .notNow(step: .assigned, phase: .handling)),
    Row(GivenCase.signed, .conclude(.handled, note: nil), .market, .notYourCase),
    Row(GivenCase.signed, .conclude(.handled, note: nil), .north, .notYourSquad),
    Row(GivenCase.dispatched, .squadSign, .south, .notYourSquad),
    Row(GivenCase.signed, .handBack(reason: "", note: nil), .property, .reasonMissing),
    Row(GivenCase.judged, .rectify(note: nil), .property, .notYourCase),
  ]

  static let words: [Row] = [
    Row([], .judge(.init(kind: "none")), .desk, .unknownKind("none")),
    Row([], .judge(.init(kind: "dispute")), .desk, .kindNotLeaf("dispute")),
    Row([], .assign(.init(agency: "property")), .desk, .notJudged),
    Row(GivenCase.judged, .assign(.init(agency: "none")), .desk, .unknownAgency("none")),
    Row(GivenCase.judged, .assign(.init(agency: "market", supporting: ["none"])), .desk, .unknownAgency("none")),
    Row(GivenCase.signed, .dispatch(squad: "none", reasons: []), .dispatcher, .unknownSquad("none")),
    Row(GivenCase.answered, .rate(stars: 0), .reporter, .starsOutOfRange),
    Row(GivenCase.signed, .conclude(.handled, note: nil, loss: 0), .property, .kindWithoutLosses("dispute.noise")),
    Row(GivenCase.theft, .conclude(.handled, note: nil, loss: -1), .police, .lossOutOfRange),
    Row(GivenCase.theft, .conclude(.handled, note: nil, loss: 1_000_000_001), .police, .lossOutOfRange),
    Row(GivenCase.theft, .conclude(.handled, note: nil, loss: .max), .police, .lossOutOfRange),
    Row(GivenCase.answered, .rate(stars: 6), .reporter, .starsOutOfRange),
    Row(GivenCase.answered, .reopen(reason: "", note: nil), .reporter, .reasonMissing),
    Row(GivenCase.answered, .close, .property, .noAnswerYet),
    Row(GivenCase.answered, .close, .clock, .noAnswerYet),
    Row(GivenCase.judged, .part(report: "r9"), .desk, .reportNotInCase),
    Row(GivenCase.judged, .part(report: "r1"), .desk, .lastReport),
    Row(GivenCase.judged, .merge(into: "c1"), .desk, .mergeIntoItself),
    Row(GivenCase.merged, .merge(into: "c3"), .desk, .notNow(step: .merged, phase: .merged)),
  ]

  static let clocks: [Row] = [
    Row(GivenCase.signed, .pause(reason: "", note: nil), .property, .reasonMissing),
    Row(paused, .pause(reason: "other", note: nil), .property, .alreadyPaused),
    Row(paused, .resume(reason: ""), .property, .reasonMissing),
    Row(GivenCase.signed, .resume(reason: "done"), .property, .notPaused),
    Row(paused, .notice(.closure, rung: 0), .clock, .paused),
    Row(GivenCase.signed, .notice(.closure, rung: 0), .clock, .nothingDue),
    Row(GivenCase.signed, .notice(.closure, rung: 1), .clock, .nothingDue),
    Row(GivenCase.signed, .notice(.sign, rung: 0), .clock, .nothingDue),
  ]

  static let dangers: [Row] = [
    Row(GivenCase.judged, .assign(.init(agency: "property")), .desk, weapon).reported(armed),
    Row(GivenCase.assigned, .join(armedToo), .desk, weapon),
    Row(GivenCase.signed, .join(armedToo), .clock, weapon),
    Row(GivenCase.refusedTwice, .join(armedToo), .desk, weapon),
    Row(GivenCase.judged, .join(armedToo), .desk, weapon).reported(CaseCity.report(door: "12345")),
    Row([GivenCase.judge(), GivenCase.assign("police"), (.refuse(reason: "no", note: nil), .police),
         GivenCase.assign("police"), (.refuse(reason: "no", note: nil), .police)],
        .orderJointly(.init(agency: "property")), .coordinator, weapon).reported(armed),
  ]

  @Test(arguments: custody + words + clocks + dangers)
  func isRejected(_ row: Row) throws {
    try GivenCase(row.report, row.history).when(row.action, by: row.actor).thenRejected(row.rejection)
  }

  @Test func reportsThatCannotBeTakenIn() throws {
    func open(_ report: ReportFacts, by actor: Actor = .desk, _ pack: CityPack = CaseCity.pack) -> Rejection? {
      do {
        _ = try CaseDecider(pack: pack).open(report, by: actor, at: CaseCity.start)
        return nil
      } catch { return error }
    }
    #expect(open(CaseCity.report()) == nil)
    #expect(open(CaseCity.report(), by: .property) == .notByRole(step: .opened, role: .agency))
    #expect(open(CaseCity.report(division: "777")) == .unknownDivision("777"))
    #expect(open(CaseCity.report(kind: "none")) == .unknownKind("none"))
    #expect(open(CaseCity.report(kind: "dispute")) == .kindNotLeaf("dispute"))
    #expect(open(CaseCity.report(door: "app"), CaseCity.pack(desks: ["110": "police"])) == .unknownDoor("app"))
  }
}
