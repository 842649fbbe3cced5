import Domain
import Features
import SQL
import Testing

@Suite struct SessionsTests {
  @Test(arguments: Engine.allCases)
  func useKeepsASessionAliveForAWeek(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "wang")
      let session = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a").session
      for _ in 0..<16 {
        #expect(try await accounts.caller(session: session) != nil)
        test.clock.advance(.hours(10))
      }
      #expect(try await accounts.caller(session: session) != nil)
      test.clock.advance(.hours(9))
      #expect(try await accounts.caller(session: session) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func idlenessEndsASession(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "wang")
      let session = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a").session
      test.clock.advance(Accounts.sessionIdleMax)
      #expect(try await accounts.caller(session: session) == nil)
      // The row goes with the next sign-in.
      _ = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a")
      #expect(try await test.count(of: "sessions") == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func whatEndsOnOneNodeEndsOnTheOtherWithinSeconds(engine: Engine) async throws {
    try await withSite(engine) { test in
      let here = TestSite.accounts(test.site)
      let id = try await test.account(here, named: "wang")
      try await test.withNode { node in
        let there = TestSite.accounts(node)
        for end in [
          { try await here.signOut(session: $0) },
          { _ in try await here.signOutEverywhere(account: id, by: TestSite.root) },
          { _ in try await here.disable(id, by: TestSite.root) },
        ] as [(String) async throws -> Void] {
          let session = try await here.signIn(name: "wang", password: TestSite.password, from: "a").session
          #expect(try await there.caller(session: session)?.actor.id == "account:" + id)
          try await end(session)
          #expect(try await here.caller(session: session) == nil)
          test.clock.advance(.seconds(3))
          #expect(try await there.caller(session: session) == nil)
        }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func anotherPostIsSeenBySessionsThatRun(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "wang")
      let session = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a").session
      try await accounts.move(id, role: .analyst, division: SmallCity.east, by: TestSite.root)
      let caller = try await accounts.caller(session: session)
      #expect(caller?.actor.role == .analyst)
      #expect(caller?.actor.division == SmallCity.east)
      #expect(caller?.may(.vaultRead) == false)
    }
  }

  @Test func theDatabaseHoldsNoSession() async throws {
    try await withSite { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "wang")
      let signedIn = try await accounts.signIn(name: "wang", password: TestSite.password, from: "a")
      let hashes = try await test.site.database.read { connection in
        try connection.all("SELECT hash FROM sessions UNION ALL SELECT hash FROM account_devices") { $0.blob(0) }
      }
      #expect(hashes.count == 2)
      #expect(hashes.allSatisfy { $0.count == 32 })
      #expect(!hashes.contains([UInt8](signedIn.session.utf8)))
      for session in ["", "x", signedIn.session + "A", String(signedIn.session.dropLast()), signedIn.device] {
        #expect(try await accounts.caller(session: session) == nil)
      }
    }
  }

  @Test func sessionsAndDevicesOfAnAccountAreBounded() async throws {
    try await withSite { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "wang")
      var sessions: [String] = []
      for number in 0..<55 {
        test.clock.advance(.seconds(1))
        sessions.append(
          try await accounts.signIn(name: "wang", password: TestSite.password, from: "\(number)").session)
      }
      #expect(try await test.count(of: "sessions") == 50)
      #expect(try await test.count(of: "account_devices") == 20)
      #expect(try await accounts.caller(session: sessions[0]) == nil)
      #expect(try await accounts.caller(session: sessions[54]) != nil)
    }
  }
}
