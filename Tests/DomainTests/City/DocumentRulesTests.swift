import Domain
import Testing

@Suite struct DocumentRulesTests {
  @Test func aNumberIsWrittenAsTheCityWritesIt() {
    let rules = DocumentRules(
      issuer: "office", forms: [.supervision: "溪督〔{year}〕{number}号", .warning: "{number}/{year}"])
    #expect(rules.text(.supervision, year: 2026, number: 3) == "溪督〔2026〕3号")
    #expect(rules.text(.warning, year: 2026, number: 12) == "12/2026")
    #expect(rules.text(.bulletin, year: 2026, number: 1) == nil)
  }

  @Test func monthsFollowOneAnother() throws {
    let period = try #require(BulletinPeriod("2026-01"))
    #expect(period.text == "2026-01" && period.previous.text == "2025-12")
    #expect(period.first.text == "2026-01-01" && period.last.text == "2026-01-31")
    #expect(BulletinPeriod("2024-02")?.last.text == "2024-02-29")
    #expect(BulletinPeriod("2026-13") == nil && BulletinPeriod("2026-1") == nil && BulletinPeriod("..") == nil)
  }
}
