import Domain
import Features
import SQL
import Testing

/// The pack of ``SmallCity`` keeps what the vault holds for 365 days.
@Suite struct RetentionTests {
  @Test(arguments: Engine.allCases)
  func onlyWhatIsDueIsErased(engine: Engine) async throws {
    try await withSite(engine) { test in
      let closed = try await test.closedCase(door: "12345")
      let open = try await test.report("电钻噪音", kind: "noise.renovation", at: SmallCity.inWest)
      test.clock.advance(.days(100))
      let later = try await test.closedCase(door: "12345")
      test.clock.advance(.days(265) - .seconds(1))
      #expect(try await Retention(test.site).run() == 0)
      test.clock.advance(.seconds(1))
      #expect(try await Retention(test.site).run() == 1)
      #expect(try await Retention(test.site).run() == 0)
      #expect(try await test.kinds(of: "vault-" + closed.report) == ["erased"])
      for receipt in [open, later] { #expect(try await test.kinds(of: "vault-" + receipt.report) == []) }
      #expect(try await test.count(of: "vault_entries") == 2)
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func notesGoTooAndAReopenedCaseStays(engine: Engine) async throws {
    try await withSite(engine) { test in
      let east = TestSite.actor(.agency, agency: "town-east")
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      try await test.handle(.sign, receipt.case, by: east)
      try await test.handle(.conclude(.handled, note: nil), receipt.case, by: east, words: "李四道歉了")
      try await test.handle(.answer(channel: "phone", note: nil), receipt.case, by: east, words: "已告知")
      try await test.handle(.close, receipt.case, by: TestSite.actor(.operator))
      test.clock.advance(.days(364))
      try await test.handle(
        .reopen(reason: "again", note: nil), receipt.case, by: TestSite.actor(.supervisor), words: "又吵了")
      test.clock.advance(.days(400))
      #expect(try await Retention(test.site).run() == 0)
      try await test.handle(.conclude(.handled, note: nil), receipt.case, by: east)
      try await test.handle(.answer(channel: "phone", note: nil), receipt.case, by: east)
      try await test.handle(.close, receipt.case, by: TestSite.actor(.operator))
      test.clock.advance(.days(365))
      #expect(try await Retention(test.site).run() == 4)
      #expect(try await test.count(of: "vault_entries") == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func reportsOfAMergedCaseStayWithTheOther(engine: Engine) async throws {
    try await withSite(engine) { test in
      let desk = TestSite.actor(.operator)
      let target = try await test.report("装修噪音", kind: "noise.renovation")
      let source = try await test.report("电钻噪音", kind: "noise.renovation")
      _ = try await MergeCases(test.site).merge(source.case, into: target.case, by: desk)
      test.clock.advance(.days(365))
      #expect(try await Retention(test.site).run() == 0)
      let east = TestSite.actor(.agency, agency: "town-east")
      try await test.handle(.sign, target.case, by: east)
      try await test.handle(.conclude(.handled, note: nil), target.case, by: east)
      try await test.handle(.answer(channel: "phone", note: nil), target.case, by: east)
      try await test.handle(.close, target.case, by: desk)
      test.clock.advance(.days(365))
      #expect(try await Retention(test.site).run() == 2)
    }
  }

  @Test(arguments: Engine.allCases)
  func manyAreWorkedOffInBatchesByTwoNodesAtOnce(engine: Engine) async throws {
    try await withSite(engine) { test in
      for _ in 0..<Retention.batch + 3 { _ = try await test.closedCase(door: "12345") }
      test.clock.advance(.days(400))
      try await test.withNode { node in
        async let here = Retention(test.site).run()
        async let there = Retention(node).run()
        let erased = try await here + there
        #expect(erased == Retention.batch + 3)
      }
      #expect(try await test.count(of: "vault_keys") == 0)
      try await test.expectWhole()
    }
  }

  @Test func aCaseThatCannotBeReadDoesNotHoldUpTheOthers() async throws {
    try await withSite { test in
      let bad = try await test.closedCase(door: "12345")
      _ = try await test.closedCase(door: "12345")
      try await test.site.database.write { connection in
        let stream = "case-" + bad.case
        try connection.run("UPDATE journal SET kind = 'unheard-of' WHERE stream = \(stream) AND version = 3")
      }
      test.clock.advance(.days(400))
      await #expect(throws: Retention.Incomplete(cases: [bad.case])) { try await Retention(test.site).run() }
      #expect(try await test.count(of: "vault_keys") == 1)
    }
  }
}
