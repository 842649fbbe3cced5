import Domain
import Features
import SQL
import Testing

@Suite struct SignInTests {
  @Test(arguments: Engine.allCases)
  func theRightPasswordLetsIn(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "王芳", role: .agency, agency: "town-east")
      let signedIn = try await accounts.signIn(name: "王芳", password: TestSite.password, from: "192.0.2.1")
      #expect(signedIn.caller.actor.id == "account:" + id)
      #expect(signedIn.caller.actor.agency == "town-east")
      #expect(signedIn.caller.displayName == "王芳")
      #expect(signedIn.caller.scopes == Scope.of(.agency))
      #expect(!signedIn.caller.isToken)
      #expect(try await accounts.caller(session: signedIn.session) == signedIn.caller)
      #expect(try await accounts.list(for: TestSite.root)[0].signedInAt == test.clock.now)
      // A journal of sign-ins would be a profile of staff.
      #expect(try await test.kinds(of: "account-" + id) == ["created"])
    }
  }

  @Test(arguments: Engine.allCases)
  func aWrongPasswordAndAWrongNameAreRefusedAlike(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "wang")
      for (name, password) in [
        ("wang", "a long sentence, easily lost"), ("nobody", TestSite.password), ("", ""),
        ("wang", String(repeating: "x", count: 10_000)), (String(repeating: "x", count: 10_000), TestSite.password),
      ] {
        await #expect(throws: SignInFault.wrong) {
          try await accounts.signIn(name: name, password: password, from: "192.0.2.1")
        }
      }
      #expect(try await test.count(of: "sessions") == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func aDisabledAccountIsOutAtOnceAndBackWhenEnabled(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "wang")
      let session = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a").session
      try await accounts.disable(id, by: TestSite.root)
      #expect(try await accounts.caller(session: session) == nil)
      await #expect(throws: SignInFault.disabled) {
        try await accounts.signIn(name: "wang", password: TestSite.password, from: "a")
      }
      await #expect(throws: SignInFault.wrong) {
        try await accounts.signIn(name: "wang", password: "something else entirely", from: "a")
      }
      try await accounts.enable(id, by: TestSite.root)
      #expect(try await accounts.caller(session: session) == nil)
      _ = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a")
    }
  }

  @Test(arguments: Engine.allCases)
  func aNewPasswordEndsSessionsAndTheOldOne(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "wang")
      let first = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a")
      let own = first.caller.actor
      await #expect(throws: AccountFault.passwordWrong) {
        try await accounts.setPassword(of: id, to: "another long sentence", by: own)
      }
      await #expect(throws: AccountFault.passwordWrong) {
        try await accounts.setPassword(of: id, to: "another long sentence", current: "guess", by: own)
      }
      #expect(try await accounts.caller(session: first.session) != nil)
      try await accounts.setPassword(of: id, to: "another long sentence", current: TestSite.password, by: own)
      #expect(try await accounts.caller(session: first.session) == nil)
      await #expect(throws: SignInFault.wrong) {
        try await accounts.signIn(name: "wang", password: TestSite.password, from: "a")
      }
      _ = try await accounts.signIn(name: "wang", password: "another long sentence", from: "a")
      // Forms of one character are one: full-width letters as an input method gives them.
      _ = try await accounts.signIn(name: "wang", password: "ａnother long sentence", from: "a")
    }
  }

  @Test func aHashOfOldIsRaisedWhenItsPasswordIsGiven() async throws {
    try await withSite { test in
      try await test.account(Accounts(test.site, logRounds: 4), named: "wang")
      func stored() async throws -> String? {
        try await test.site.database.read { try $0.first("SELECT password FROM accounts") { $0.text(0) } }
      }
      #expect(try await stored()?.hasPrefix("$scrypt$ln=4,r=8,p=1$") == true)
      let raised = Accounts(test.site, logRounds: 5)
      for _ in 0..<2 { _ = try await raised.signIn(name: "wang", password: TestSite.password, from: "a") }
      #expect(try await stored()?.hasPrefix("$scrypt$ln=5,r=8,p=1$") == true)
      #expect(try await stored()?.contains(TestSite.password) == false)
    }
  }

  @Test func theStandardCostIsThatOfTheDecision() async throws {
    try await withSite { test in
      try await test.account(Accounts(test.site), named: "wang")
      let stored = try await test.site.database.read { try $0.first("SELECT password FROM accounts") { $0.text(0) } }
      #expect(stored?.hasPrefix("$scrypt$ln=15,r=8,p=1$") == true)
    }
  }

  /// Hashing takes neither the threads of requests nor unbounded memory: strangers beyond the bound are turned away,
  /// and reports come in meanwhile.
  @Test func aFloodOfSignInsLeavesIntakeAlone() async throws {
    try await withSite { test in
      let accounts = Accounts(test.site, logRounds: 11)
      try await withThrowingTaskGroup(of: SignInFault?.self) { group in
        for number in 0..<200 {
          group.addTask {
            do {
              _ = try await accounts.signIn(name: "x\(number)", password: "guess guess", from: "10.0.0.\(number)")
              return nil
            } catch let fault as SignInFault { return fault }
          }
        }
        for _ in 0..<20 { _ = try await test.report("装修噪音", kind: "noise.renovation") }
        let answers = try await group.reduce(into: [SignInFault?]()) { $0.append($1) }
        #expect(answers.count { $0 == .busy } >= 1)
        #expect(answers.allSatisfy { $0 == .busy || $0 == .wrong })
      }
      #expect(try await test.count(of: "cases") == 20)
    }
  }
}
