import Testing

@Suite struct TransitionsPageTests {
  @Test func thePageSaysWhatTheTableSays() throws {
    try DocsPage("transitions.md").check(TransitionsPage.markdown)
  }
}
