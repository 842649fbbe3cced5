import Domain
import Features
import Foundation
import Testing

/// The catalogues of both languages, held against each other and against what the pages ask for.
@Suite struct WordsTests {
  private static let web = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Web")

  private static func catalogue(_ language: String) throws -> [String: String] {
    let data = try Data(contentsOf: web.appendingPathComponent("Resources/Words/\(language).json"))
    return try JSONDecoder().decode([String: String].self, from: data)
  }

  private static func texts(below folder: String, _ ending: String) throws -> [String] {
    let files = FileManager.default.enumerator(at: web.appendingPathComponent(folder), includingPropertiesForKeys: nil)
    let found = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == ending }
    #expect(!found.isEmpty)
    return try found.map { try String(contentsOf: $0, encoding: .utf8) }
  }

  private static func matches(_ pattern: String, in text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { match in
      Range(match.range(at: 1), in: text).map { String(text[$0]) }
    }
  }

  @Test func bothLanguagesSayTheSameThings() throws {
    let (chinese, english) = (try Self.catalogue("zh"), try Self.catalogue("en"))
    #expect(Set(chinese.keys).symmetricDifference(english.keys) == [])
    for (key, text) in chinese {
      #expect(!text.isEmpty && english[key]?.isEmpty == false, "\(key)")
      let blanks = try Self.matches(#"(\{\w+\})"#, in: text)
      #expect(Set(blanks) == Set(try Self.matches(#"(\{\w+\})"#, in: english[key] ?? "")), "\(key)")
    }
  }

  @Test func everyTextOfATemplateIsThere() throws {
    let known = try Self.catalogue("zh")
    let templates = try Self.texts(below: "Resources/Templates", "mustache")
    let used = try templates.flatMap { try Self.matches(#"\{\{t\.(\w+)"#, in: $0) }
    #expect(used.filter { known[$0] == nil } == [])
  }

  @Test func everyTextOfAViewIsThere() throws {
    let known = try Self.catalogue("zh")
    let used = try Self.texts(below: "Pages", "swift").flatMap {
      try Self.matches(#"words[\[\(]"([\w.-]*[\w-])"[\],]"#, in: $0)
    }
    #expect(used.count > 50)
    #expect(used.filter { known[$0] == nil } == [])
  }

  @Test func everyWordOfTheTablesIsThere() throws {
    func keys<Word: RawRepresentable<String> & CaseIterable>(_ family: String, _ type: Word.Type) -> [String] {
      type.allCases.map { family + "." + $0.rawValue }
    }
    let needed = keys("phase", Phase.self) + keys("step", Step.self) + keys("role", Role.self)
      + keys("task", Role.self) + keys("severity", Severity.self) + keys("jurisdiction", Jurisdiction.self)
      + keys("outcome", Outcome.self) + keys("deadline", DeadlineStep.self) + keys("clock", Allowance.Clock.self)
      + keys("notice", DeadlineTable.Rung.Notice.self) + keys("rate", Rate.self) + keys("formula", Rate.self)
      + keys("by", ReadRates.Dimension.self) + keys("part", ReadRates.Part.self)
      + keys("purpose", LookIntoVault.Purpose.self) + keys("standing", Comparison.Standing.self)
      + keys("span", TrendUnit.self) + keys("document", DocumentRules.Sort.self) + keys("scope", Scope.self)
    let known = try Self.catalogue("zh")
    #expect(needed.filter { known[$0] == nil } == [])
  }

  /// A template that writes a value unescaped would trust whoever wrote it.
  @Test func noTemplateWritesUnescaped() throws {
    for text in try Self.texts(below: "Resources/Templates", "mustache") {
      #expect(!text.contains("{{{") && !text.contains("{{&"))
      #expect(!text.contains(" on") || !text.contains("=\"javascript:"))
      #expect(try Self.matches(#"<script(?! src=)([^>]*)>"#, in: text) == [])
      #expect(try Self.matches(#"\s(on\w+=)"#, in: text) == [])
    }
  }
}
