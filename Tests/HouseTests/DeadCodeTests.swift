import Testing

/// What nobody mentions is not kept.
@Suite struct DeadCodeTests {
  /// Types that the compiler or the entry point uses without a word.
  static let unspoken: Set<String> = ["CodingKeys", "Headwater", "InboundIn", "OutboundIn", "OutboundOut"]

  @Test func everyTypeIsUsed() {
    var mentions: [String: Int] = [:]
    for source in Repository.sources { for word in source.words { mentions[String(word), default: 0] += 1 } }
    let dead = Repository.sources.filter { !$0.isTest }.flatMap { source in
      source.declaredTypes.filter { mentions[$0] == 1 && !Self.unspoken.contains($0) }.map { "\(source.path): \($0)" }
    }
    #expect(dead == [])
  }

  /// Suites are found by the test runner, everything else in a test has to be called.
  @Test func everyHelperOfTheTestsIsUsed() {
    var mentions: [String: Int] = [:]
    for source in Repository.sources where source.isTest {
      for word in source.words { mentions[String(word), default: 0] += 1 }
    }
    let dead = Repository.sources.filter(\.isTest).flatMap { source in
      source.declaredTypes.filter { mentions[$0] == 1 && !source.text.contains("@Suite") }
        .map { "\(source.path): \($0)" }
    }
    #expect(dead == [])
  }
}
