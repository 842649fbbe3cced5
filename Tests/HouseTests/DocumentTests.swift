import Foundation
import Testing

/// Pages that lead somewhere and say what is so.
@Suite struct DocumentTests {
  static let pages = ["", "docs", "Benchmarks"].flatMap { folder in
    Repository.files(below: folder, suffix: ".md").filter { folder != "" || !$0.contains("/") }
  }

  @Test func linksLeadToFiles() throws {
    let pattern = try NSRegularExpression(pattern: #"\]\(([^)\s]+)\)"#)
    var dead: [String] = []
    for page in Self.pages {
      let text = try Repository.text(page)
      let folder = page.split(separator: "/").dropLast().joined(separator: "/")
      for match in pattern.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
        guard let range = Range(match.range(at: 1), in: text) else { continue }
        let link = text[range].prefix { $0 != "#" }
        guard !link.isEmpty, !link.contains(":") else { continue }
        if !Repository.exists(folder.isEmpty ? String(link) : "\(folder)/\(link)") { dead.append("\(page) → \(link)") }
      }
    }
    #expect(dead == [])
  }

  /// Every package has its reason, and every reason has its package.
  @Test func everyDependencyHasItsDecision() throws {
    let used = try Set(Repository.text("Package.swift").split(separator: "\n").compactMap { line -> String? in
      guard let url = line.split(separator: "\"").dropFirst().first, line.contains(".package(url:") else { return nil }
      return url.split(separator: "/").last.map(String.init)
    })
    let rows = try Repository.text("docs/decisions/0002-dependencies.md").split(separator: "\n")
    let decided = Set(rows.filter { $0.hasPrefix("| `") }.compactMap { ImportTests.codeSpans(String($0)).first })
    #expect(used == decided)
    #expect(!used.isEmpty)
  }

  /// Numbers are given before a decision is merged, so they may leave gaps; none is given twice, and each is listed.
  @Test func everyDecisionHasItsNumberAndIsListed() throws {
    let names = Repository.files(below: "docs/decisions", suffix: ".md").compactMap { path in
      path.split(separator: "/").last.map(String.init)
    }.filter { Int($0.prefix(4)) != nil }
    #expect(Set(names.map { $0.prefix(4) }).count == names.count)
    let listed = try Repository.text("docs/decisions/README.md").components(separatedBy: "](").dropFirst()
      .map { String($0.prefix { $0 != ")" }) }
    #expect(listed == names)
    #expect(!names.isEmpty)
  }

  /// Both languages, the same commands.
  @Test func bothReadmesNameTheSameCommands() throws {
    let pattern = try NSRegularExpression(pattern: #"(?m)^\s*(bin/\S+|headwater .*)$"#)
    let commands = try ["README.md", "README.zh-CN.md"].map { page in
      let text = try Repository.text(page)
      return pattern.matches(in: text, range: NSRange(text.startIndex..., in: text))
        .compactMap { Range($0.range(at: 1), in: text).map { text[$0] } }
    }
    #expect(commands[0] == commands[1])
    #expect(commands[0].contains("bin/demo") && commands[0].contains("bin/test"))
  }

  /// Whatever the program takes stands on the page about it, in both languages.
  @Test(arguments: ["docs/cli.md", "docs/cli.zh-CN.md"])
  func everyCommandAndFlagIsExplained(page: String) throws {
    let text = try Repository.text(page)
    let commands = Repository.sources.filter { $0.target == "headwater" }
    let names = try commands.flatMap { try matches(#"commandName: "(\w+)""#, in: $0.text) }
    let flags = try commands.flatMap { source in
      try matches(#"@(?:Option|Flag)\b[^@]*?\bvar (\w+)"#, in: source.text).map { "--" + kebab($0) }
    }
    #expect(names.count > 10 && flags.count > 20)
    #expect(names.filter { !text.contains("headwater \($0)") && $0 != "headwater" } == [])
    #expect(flags.filter { !text.contains($0) } == [])
  }

  private func matches(_ pattern: String, in text: String) throws -> [String] {
    try NSRegularExpression(pattern: pattern).matches(in: text, range: NSRange(text.startIndex..., in: text))
      .compactMap { Range($0.range(at: 1), in: text).map { String(text[$0]) } }
  }

  /// `behindTLS` is `--behind-tls` on the command line.
  private func kebab(_ name: String) -> String {
    var result = ""
    var wasUpper = true
    for character in name {
      if character.isUppercase, !wasUpper { result += "-" }
      wasUpper = character.isUppercase
      result += character.lowercased()
    }
    return result
  }

  /// Scripts that pages name exist and can be run.
  @Test func namedScriptsCanBeRun() throws {
    let pattern = try NSRegularExpression(pattern: #"(?<![\w/.])(bin|Benchmarks)/[a-z]+(?![\w./-])"#)
    var missing: Set<String> = []
    for page in Self.pages {
      let text = try Repository.text(page)
      for match in pattern.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
        guard let range = Range(match.range, in: text) else { continue }
        let script = Repository.root.appendingPathComponent(String(text[range])).path
        if !FileManager.default.isExecutableFile(atPath: script) { missing.insert("\(page): \(text[range])") }
      }
    }
    #expect(missing == [])
  }

  /// Nothing that only one machine has.
  @Test func noPathOfOneMachine() throws {
    let places = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/"]
    var found: [String] = []
    for path in Repository.files(below: "") where !path.contains("/data/") {
      guard let text = try? Repository.text(path) else { continue }
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      where places.contains(where: line.contains) { found.append("\(path):\(index + 1)") }
    }
    #expect(found == [])
  }
}
