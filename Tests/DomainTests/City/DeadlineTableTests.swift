import Domain
import Testing

@Suite struct DeadlineTableTests {
  @Test(arguments: [
    ("crime.theft", Severity.ordinary, 100), ("crime.theft", .critical, 5), ("dispute.rent", .ordinary, 50),
    // The deeper kind beats the severity of the one above.
    ("dispute.rent", .critical, 50), ("dispute.wages", .critical, 7), ("dispute.wages", .urgent, 50),
  ])
  func theDeepestKindWinsThenTheSeverity(kind: String, severity: Severity, minutes: Int) {
    #expect(SmallPack.deadlines.allowance(.sign, kind: kind, severity: severity)?.minutes == minutes)
  }

  @Test func aStepWithoutALineHasNoDeadline() {
    let table = DeadlineTable(lines: [], ladder: [])
    #expect(table.allowance(.sign, kind: "crime.theft", severity: .minor) == nil)
  }
}
