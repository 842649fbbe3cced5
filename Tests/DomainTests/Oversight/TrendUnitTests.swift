import Domain
import Testing

@Suite struct TrendUnitTests {
  private func starts(_ unit: TrendUnit, _ count: Int, _ today: String) throws -> [String] {
    unit.starts(count, until: try #require(CivilDate(today))).map(\.text)
  }

  @Test func weeksBeginOnMondays() throws {
    #expect(try starts(.week, 2, "2026-01-01") == ["2025-12-22", "2025-12-29", "2026-01-05"])
    #expect(try starts(.week, 1, "2026-01-05") == ["2026-01-05", "2026-01-12"])
    #expect(try starts(.week, 1, "2026-01-04") == ["2025-12-29", "2026-01-05"])
  }

  @Test func monthsBeginOnTheirFirst() throws {
    #expect(try starts(.month, 3, "2026-02-28") == ["2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"])
    #expect(try starts(.month, 1, "2026-12-31") == ["2026-12-01", "2027-01-01"])
  }
}
