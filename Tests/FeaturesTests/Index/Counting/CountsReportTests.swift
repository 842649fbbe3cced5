import Domain
import Features
import Testing

@Suite struct CountsReportTests {
  /// Seven reports of noise in East, one of wages in East, six of each in West.
  private func table(_ test: TestSite, by: Set<CountQuestion.Dimension>) async throws -> CountTable {
    for (kind, point, count) in [
      ("noise.renovation", SmallCity.inEast, 7), ("dispute.wages", SmallCity.inEast, 1),
      ("noise.renovation", SmallCity.inWest, 6), ("dispute.wages", SmallCity.inWest, 6),
    ] {
      for number in 0..<count { _ = try await test.report("有事 \(number)", kind: kind, at: point) }
    }
    let cube = IncidentCube(test.site)
    try await cube.follow()
    let day = CivilDate(dayNumber: 20_468)
    return try await cube.count(CountQuestion(from: day, to: day.adding(days: 1), by: by))
  }

  @Test func aSmallCountIsHiddenWithItsNeighbours() async throws {
    try await withSite { test in
      let report = CountsReport(try await table(test, by: [.division, .kind]), below: 5)
      // The one by itself; in its line and in its column what would tell it by subtraction.
      #expect(report.csv.split(separator: "\r\n").sorted() == [
        "990201001,dispute.wages,", "990201001,noise.renovation,", "990201002,dispute.wages,",
        "990201002,noise.renovation,6", "division,kind,reports",
      ])
    }
  }

  @Test func aHiddenCountIsNull() async throws {
    try await withSite { test in
      let table = try await table(test, by: [.kind, .division])
      #expect(try CountsReport(table, below: 1).json.contains("\"reports\":1}"))
      #expect(try CountsReport(table, below: 5).json.contains("\"reports\":null}"))
    }
  }
}
