import Foundation
import Testing

/// What is not written in this house, and what to write instead.
@Suite struct BannedWordsTests {
  struct Ban: Sendable, CustomTestStringConvertible {
    let what: String
    /// Of the code without comments and texts.
    let pattern: String
    let instead: String
    let applies: @Sendable (SwiftSource) -> Bool
    var testDescription: String { what }
  }

  private static let pure: Set<String> = ["Domain", "Statistics", "Language"]
  private static let talking: Set<String> = ["headwater"]

  static let bans: [Ban] = [
    Ban(what: "try!", pattern: #"\btry!"#, instead: "handle the error or let it pass") { _ in true },
    Ban(what: "a forced cast", pattern: #"\bas!"#, instead: "as? with an answer for nil") { _ in true },
    Ban(what: "fatalError", pattern: #"\bfatalError\("#, instead: "precondition for what must hold") { _ in true },
    Ban(what: "@testable", pattern: "@testable", instead: "public or package") { _ in true },
    Ban(what: "print in a library", pattern: #"(?<![.\w])(print|debugPrint|dump|NSLog)\("#, instead: "Logging") {
      $0.target.map { !talking.contains($0) } ?? false
    },
    Ban(what: "a clock in a pure target", pattern: #"\bDate\(\)|\bDate\.now|ContinuousClock|SuspendingClock"#,
        instead: "time comes inside the command") { pure.contains($0.target ?? "") },
    Ban(what: "chance in a pure target", pattern: #"SystemRandomNumberGenerator|\.random\(in: [^,)]*\)|\bUUID\(\)"#,
        instead: "a generator that the caller gives") { pure.contains($0.target ?? "") },
    Ban(what: "chance without a seed in the simulator", pattern: #"SystemRandomNumberGenerator|\bUUID\(\)"#,
        instead: "the run's own generator") { $0.target == "Simulation" },
    Ban(what: "a sleep in a test", pattern: #"\b(u|nano)?sleep\("#, instead: "wait for the event itself") { $0.isTest },
  ]

  @Test(arguments: bans)
  func nobodyWrites(_ ban: Ban) throws {
    let pattern = try NSRegularExpression(pattern: ban.pattern)
    let found = Repository.sources.filter(ban.applies).flatMap { source in
      source.codeLines.enumerated().compactMap { index, line in
        let range = NSRange(line.startIndex..., in: line)
        return pattern.firstMatch(in: String(line), range: range) == nil ? nil : "\(source.path):\(index + 1)"
      }
    }
    #expect(found == [], "\(ban.what): write \(ban.instead)")
  }

  @Test func everyBanCanFail() throws {
    let guilty = SwiftSource(
      path: "Sources/Domain/X/Y.swift",
      text: """
        try! a() as! B; fatalError("c"); print(1); Date(); Int.random(in: 0..<3)
        @testable import D
        """)
    let test = SwiftSource(path: "Tests/X/Y.swift", text: "Task.sleep(nanoseconds: 1)")
    let simulator = SwiftSource(path: "Sources/Simulation/X/Y.swift", text: "UUID()")
    for ban in Self.bans {
      let pattern = try NSRegularExpression(pattern: ban.pattern)
      let source = [guilty, test, simulator].first { source in
        ban.applies(source)
          && pattern.firstMatch(in: source.code, range: NSRange(source.code.startIndex..., in: source.code)) != nil
      }
      #expect(source != nil, "\(ban.what)")
    }
  }

  /// Work that is not done is an issue, not a comment.
  @Test func nothingIsLeftForLater() {
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK:"]
    let found = Repository.sources.flatMap { source in
      source.lines.enumerated().compactMap { index, line in
        marks.contains(where: line.contains) ? "\(source.path):\(index + 1)" : nil
      }
    }
    #expect(found == [])
  }
}
