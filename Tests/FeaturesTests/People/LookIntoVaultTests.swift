import Crypto
import Domain
import Features
import Journal
import SQL
import Testing

@Suite struct LookIntoVaultTests {
  static func caller(_ role: Role, division: String = SmallCity.district, agency: String? = nil, squad: String? = nil)
    -> Caller
  {
    Caller(
      actor: TestSite.actor(role, division: division, agency: agency, squad: squad), displayName: "x", isToken: false)
  }

  @Test(arguments: Engine.allCases)
  func aLookGivesTheWordsAndStandsInTheJournal(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("张三说楼上装修", kind: "noise.renovation")
      let look = LookIntoVault(test.site)
      let words = try await look(
        reference: receipt.report, case: receipt.case, purpose: "handle", by: Self.caller(.operator))
      guard case .report(let report) = words else { return #expect(Bool(false), "a note instead of a report") }
      #expect(report.text == "张三说楼上装修")
      #expect(report.coordinate == SmallCity.inEast)
      #expect(try await test.kinds(of: "vault-" + receipt.report) == ["looked"])
      test.clock.advance(.minutes(5))
      _ = try await look(
        reference: receipt.report, case: receipt.case, purpose: "answer", by: Self.caller(.dispatcher))
      let looks = try await look.looks(
        reference: receipt.report, case: receipt.case, for: TestSite.actor(.supervisor))
      #expect(looks.map(\.actor) == ["account:test-operator", "account:test-dispatcher"])
      #expect(looks.map(\.purpose) == ["handle", "answer"])
      #expect(looks.map(\.at) == [TestClock.start, test.clock.now])
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func aNoteIsReadTheSameWay(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let east = TestSite.actor(.agency, agency: "town-east")
      try await test.handle(.sign, receipt.case, by: east)
      try await test.handle(.conclude(.handled, note: nil), receipt.case, by: east, words: "李四道歉了")
      let timeline = try await ShowCase(test.site)(receipt.case, for: east).timeline
      let note = timeline.compactMap { entry -> String? in
        if case .concluded(let body) = entry.event { body.note } else { nil }
      }
      let words = try await LookIntoVault(test.site)(
        reference: try #require(note.first), case: receipt.case, purpose: "answer",
        by: Self.caller(.agency, agency: "town-east"))
      guard case .note(let read) = words else { return #expect(Bool(false), "a report instead of a note") }
      #expect(read.text == "李四道歉了")
    }
  }

  private static func outcome(of look: LookIntoVault, _ reference: String, _ id: String, _ caller: Caller)
    async throws -> String
  {
    do {
      _ = try await look(reference: reference, case: id, purpose: "handle", by: caller)
      return "seen"
    } catch let fault as LookFault { return "\(fault)" } catch Rejection.unknownCase { return "unknown" }
  }

  @Test(arguments: Engine.allCases)
  func onlyThoseWhoHandleTheCaseMayLook(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let look = LookIntoVault(test.site)
      func outcome(_ caller: Caller, _ reference: String? = nil) async throws -> String {
        try await Self.outcome(of: look, reference ?? receipt.report, receipt.case, caller)
      }
      for role in [Role.operator, .dispatcher, .coordinator] {
        #expect(try await outcome(Self.caller(role)) == "seen")
        #expect(try await outcome(Self.caller(role, division: SmallCity.east)) == "seen")
        #expect(try await outcome(Self.caller(role, division: SmallCity.west)) == "unknown")
      }
      for role in [Role.supervisor, .analyst, .administrator, .reporter] {
        #expect(try await outcome(Self.caller(role)) == "notAllowed")
      }
      #expect(try await outcome(Self.caller(.agency, agency: "town-east")) == "seen")
      #expect(try await outcome(Self.caller(.agency, agency: "town-west")) == "unknown")
      #expect(try await outcome(Self.caller(.squadMember, agency: "town-east", squad: "east-1")) == "unknown")
      let narrow = Caller(
        actor: TestSite.actor(.operator), scopes: [.casesRead], displayName: "x", isToken: true)
      #expect(try await outcome(narrow) == "notAllowed")
      #expect(try await outcome(Self.caller(.operator), "another") == "notOfThisCase")
      await #expect(throws: LookFault.unknownPurpose) {
        try await look(
          reference: receipt.report, case: receipt.case, purpose: "因为张三问了", by: Self.caller(.operator))
      }
      // Refused: the agency still sees that it had the case, but no longer whose it is.
      let east = TestSite.actor(.agency, agency: "town-east")
      try await test.handle(.refuse(reason: "not-ours", note: nil), receipt.case, by: east)
      #expect(try await outcome(Self.caller(.agency, agency: "town-east")) == "notAllowed")
      #expect(try await test.kinds(of: "vault-" + receipt.report).count == 7)
    }
  }

  @Test(arguments: Engine.allCases)
  func aLookThatFailsAnywhereLeavesNoWordsWithoutAnEvent(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let stream = "vault-" + receipt.report
      var points: [FaultyDatabase.Point] = [.beforeCommit(transaction: 1)]
      for statement in 1...5 {
        points += [
          .beforeStatement(transaction: 1, statement: statement),
          .afterStatement(transaction: 1, statement: statement),
        ]
      }
      var failures = 0
      for point in points {
        let faulty = test.over(FaultyDatabase(test.site.database) { $0 == point })
        do {
          _ = try await LookIntoVault(faulty)(
            reference: receipt.report, case: receipt.case, purpose: "handle", by: Self.caller(.operator))
          #expect(try await !test.kinds(of: stream).isEmpty)
        } catch DatabaseError.unavailable {
          failures += 1
          #expect(try await test.kinds(of: stream) == [])
        }
      }
      // Reading the case, finding the end of the entry's stream, appending, opening: all four were made to fail.
      #expect(failures == 9)
    }
  }

  @Test(arguments: Engine.allCases)
  func anotherKeyReadsNothing(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let other = Installation(
        database: test.site.database, packs: test.site.packs, vault: Vault(master: SymmetricKey(size: .bits256)),
        now: test.site.now, makeID: test.site.makeID)
      await #expect(throws: Vault.Failure.unreadable) {
        try await LookIntoVault(other)(
          reference: receipt.report, case: receipt.case, purpose: "handle", by: Self.caller(.operator))
      }
      #expect(try await test.kinds(of: "vault-" + receipt.report) == [])
      let district = test.site.district
      for _ in 0..<2 {
        try await test.site.database.write { try test.site.vault.confirmKey(district: district, on: $0) }
      }
      await #expect(throws: Vault.Failure.unreadable) {
        try await test.site.database.write { try other.vault.confirmKey(district: district, on: $0) }
      }
    }
  }

  @Test(arguments: Engine.allCases, [["content"], ["wrapped"], ["content", "wrapped"]])
  func swappedEntriesAreNotRead(engine: Engine, parts: [String]) async throws {
    try await withSite(engine) { test in
      let one = try await test.report("装修噪音", kind: "noise.renovation")
      let other = try await test.report("电钻噪音", kind: "noise.renovation", at: SmallCity.inWest)
      for part in parts {
        let table = part == "content" ? "vault_entries" : "vault_keys"
        try await test.site.database.write { connection in
          for (from, to) in [(one.report, "-"), (other.report, one.report), ("-", other.report)] {
            try connection.run(
              Statement(
                sql: "UPDATE \(table) SET reference = $1 WHERE reference = $2", values: [.text(to), .text(from)]))
          }
        }
      }
      for receipt in [one, other] {
        await #expect(throws: Vault.Failure.unreadable) {
          try await LookIntoVault(test.site)(
            reference: receipt.report, case: receipt.case, purpose: "handle", by: Self.caller(.operator))
        }
      }
    }
  }
}
