import Domain
import Features
import SQL
import Testing

@Suite struct DocumentTests {
  private static let supervisor = TestSite.actor(.supervisor)

  private static func drain(_ site: Installation, _ node: String = "one") async throws {
    while try await Scheduler(site, node: node).run() > 0 {}
  }

  /// Two nodes issue at once: each number once, none left out.
  @Test(arguments: Engine.allCases)
  func numbersRunWithoutGapsOnTwoNodes(engine: Engine) async throws {
    try await withSite(engine) { test in
      for _ in 0..<20 { _ = try await test.report("装修噪音", kind: "noise.renovation") }
      test.clock.advance(.hours(2))
      try await test.withNode { other in
        async let one: Void = Self.drain(test.site, "one")
        async let two: Void = Self.drain(other, "two")
        _ = try await (one, two)
      }
      let list = ListDocuments(test.site)
      let warnings = try await list(.warning, year: 2026, for: Self.supervisor)
      #expect(warnings.map(\.number) == Array((1...20).reversed()))
      #expect(warnings.first?.text == "小预〔2026〕20号" && warnings.first?.agency == "coordination")
      #expect(try await list(.warning, year: 2026, below: 3, for: Self.supervisor).map(\.number) == [2, 1])
      #expect(try await list(.supervision, year: 2026, for: Self.supervisor).isEmpty)
      let coordination = TestSite.actor(.agency, agency: "coordination")
      #expect(try await list(.warning, year: 2026, for: coordination).count == 20)
      #expect(try await list(.warning, year: 2026, for: TestSite.actor(.agency, agency: "town-east")).isEmpty)
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func everySortAndYearCountsByItself(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let east = TestSite.actor(.agency, agency: "town-east")
      try await test.handle(.refuse(reason: "not-ours", note: nil), receipt.case, by: east)
      try await test.handle(.assign(.init(agency: "town-east")), receipt.case, by: TestSite.actor(.dispatcher))
      try await test.handle(.refuse(reason: "not-ours", note: nil), receipt.case, by: east)
      try await test.handle(
        .orderJointly(.init(agency: "town-east")), receipt.case, by: TestSite.actor(.coordinator))
      for _ in 0..<5 {
        test.clock.advance(.days(1))
        try await Self.drain(test.site)
      }
      let events = try await ShowCase(test.site)(receipt.case, for: Self.supervisor).timeline
      let texts = events.compactMap(\.event.document?.text)
      #expect(texts.first == "小交〔2026〕1号")
      #expect(Set(texts).count == texts.count && texts.contains("小督〔2026〕1号"))
      test.clock.advance(.days(365))
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      test.clock.advance(.hours(2))
      try await Self.drain(test.site)
      #expect(try await ListDocuments(test.site)(.warning, year: 2027, for: Self.supervisor).map(\.number) == [1])
      try await test.expectWhole()
      test.clock.advance(.days(2))
      try await Self.drain(test.site)
      let orders = try await ListDocuments(test.site)(.supervision, year: 2027, for: Self.supervisor).map(\.number)
      #expect(orders == Array((1...orders.count).reversed()), "it goes on where it stood before the rebuild")
      try await test.expectWhole()
    }
  }

  /// What is undone takes its number back.
  @Test(arguments: Engine.allCases)
  func aTransactionThatFailsLeavesNoGap(engine: Engine) async throws {
    try await withSite(engine) { test in
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      test.clock.advance(.hours(2))
      try await Self.drain(test.site)
      struct Undone: Error {}
      await #expect(throws: Undone.self) {
        try await test.site.database.write { connection in
          try connection.run("UPDATE document_numbers SET last = last + 1")
          throw Undone()
        }
      }
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      test.clock.advance(.hours(2))
      try await Self.drain(test.site)
      #expect(try await ListDocuments(test.site)(.warning, year: 2026, for: Self.supervisor).map(\.number) == [2, 1])
      try await test.site.database.write { try $0.run("UPDATE document_numbers SET last = 7 WHERE sort = 'warning'") }
      let faults = try await VerifyInstallation(test.site, trusting: [])().faults
      #expect(faults == [.numbering(sort: "warning", year: 2026)])
      try await test.site.database.write { try $0.run("UPDATE case_documents SET number = 9 WHERE number = 2") }
      #expect(try await VerifyInstallation(test.site, trusting: [])().faults.count == 2)
      _ = try await RebuildViews(test.site)()
      #expect(try await VerifyInstallation(test.site, trusting: [])().faults == [])
    }
  }

  @Test func aDocumentShowsTheCaseAsItStoodAndOnlyToWhomItMatters() async throws {
    try await withSite { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      test.clock.advance(.hours(2))
      try await Self.drain(test.site)
      let list = ListDocuments(test.site)
      let warning = try #require(try await list(.warning, year: 2026, for: Self.supervisor).first)
      let east = TestSite.actor(.agency, agency: "town-east")
      try await test.handle(.sign, receipt.case, by: east)
      let found = try await list.one(receipt.case, version: warning.version, for: east)
      #expect(found.state.phase == .assigned && found.state.version == warning.version)
      let addressee = TestSite.actor(.agency, agency: "coordination")
      _ = try await list.one(receipt.case, version: warning.version, for: addressee)
      for (version, actor) in [
        (1, Self.supervisor), (warning.version, TestSite.actor(.agency, agency: "town-west")),
        (warning.version, TestSite.actor(.supervisor, division: SmallCity.west)),
      ] {
        await #expect(throws: Rejection.unknownCase) { try await list.one(receipt.case, version: version, for: actor) }
      }
    }
  }
}
