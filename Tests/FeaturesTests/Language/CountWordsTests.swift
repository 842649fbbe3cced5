import Domain
import Features
import Language
import SQL
import Testing

@Suite struct CountWordsTests {
  static let segmenter = Segmenter(Lexicon(words: ["装修", "噪音", "老板", "拖欠工资", "讨薪"]))

  @Test(arguments: Engine.allCases)
  func wordsOfEndedCasesAreCountedOnce(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.closedCase(door: "12345")
      for _ in 0..<5 { _ = try await test.closedCase(door: "12345") }
      for _ in 0..<2 { try await test.closedWages() }
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      let count = CountWords(test.site, Self.segmenter)
      #expect(try await count.run() == 8)
      #expect(try await count.run() == 0)
      #expect(try await test.kinds(of: "vault-" + receipt.report) == ["looked"])
      let date = test.site.pack.calendar.zone.local(test.clock.now).date.parts
      let month = ReadWords.monthNumber(year: date.year, month: date.month)
      let words = try await ReadWords(test.site)(months: month...month)
      #expect(words.map(\.word) == ["噪音", "装修"].sorted())
      #expect(words.allSatisfy { $0.reports == 6 && $0.z == 0 })
      // Fewer than five reports never leave.
      #expect(!words.contains { $0.word == "讨薪" })
      let few = try await ReadWords(test.site)(months: month...month, reportsMin: 2)
      #expect(few.contains { $0.word == "讨薪" && $0.reports == 2 })
      #expect(try await ReadWords(test.site)(months: month...month, kinds: ["noise"]).count == 2)
      #expect(try await ReadWords(test.site)(months: month...month, kinds: ["noi"]).isEmpty)
      #expect(try await ReadWords(test.site)(months: month + 1...month + 1).isEmpty)
      try await test.expectWhole()
    }
  }
}
