import Domain
import Features
import SQL
import Testing

@Suite struct TokensTests {
  @Test(arguments: Engine.allCases)
  func aTokenActsInItsPost(engine: Engine) async throws {
    try await withSite(engine) { test in
      let tokens = Tokens(test.site)
      let bearer = try await tokens.create(
        name: "街镇大屏", role: .agency, agency: "town-east", by: TestSite.root)
      #expect(bearer.hasPrefix("hw_"))
      let listed = try await tokens.list(for: TestSite.root)
      let caller = try #require(try await tokens.caller(bearer: bearer))
      #expect(caller.actor.id == "token:" + listed[0].id)
      #expect(caller.actor.agency == "town-east")
      #expect(caller.scopes == Scope.of(.agency))
      #expect(caller.displayName == "街镇大屏")
      #expect(caller.isToken)
      #expect(try await test.kinds(of: "token-" + listed[0].id) == ["created"])
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func scopesNarrowAndNeverWiden(engine: Engine) async throws {
    try await withSite(engine) { test in
      let tokens = Tokens(test.site)
      let bearer = try await tokens.create(
        name: "door", role: .operator, scopes: [.reportsWrite, .reportsRead], by: TestSite.root)
      #expect(try await tokens.caller(bearer: bearer)?.scopes == [.reportsWrite, .reportsRead])
      await #expect(throws: TokenFault.scopesBeyondRole([.vaultRead, .admin])) {
        try await tokens.create(
          name: "door", role: .analyst, scopes: [.ratesRead, .vaultRead, .admin], by: TestSite.root)
      }
      await #expect(throws: TokenFault.scopesMissing) {
        try await tokens.create(name: "door", role: .analyst, scopes: [], by: TestSite.root)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func itEndsWhenItExpires(engine: Engine) async throws {
    try await withSite(engine) { test in
      let tokens = Tokens(test.site)
      await #expect(throws: TokenFault.expiryPast) {
        try await tokens.create(name: "x", role: .operator, expires: test.clock.now, by: TestSite.root)
      }
      let bearer = try await tokens.create(
        name: "x", role: .operator, expires: test.clock.now + .days(30), by: TestSite.root)
      test.clock.advance(.days(30) - .seconds(4))
      #expect(try await tokens.caller(bearer: bearer) != nil)
      test.clock.advance(.seconds(4))
      #expect(try await tokens.caller(bearer: bearer) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func itEndsEverywhereWhenItIsRevoked(engine: Engine) async throws {
    try await withSite(engine) { test in
      let tokens = Tokens(test.site)
      let bearer = try await tokens.create(name: "x", role: .operator, by: TestSite.root)
      let id = try await tokens.list(for: TestSite.root)[0].id
      try await test.withNode { node in
        let there = Tokens(node)
        #expect(try await tokens.caller(bearer: bearer) != nil)
        #expect(try await there.caller(bearer: bearer) != nil)
        for _ in 0..<2 { try await tokens.revoke(id, by: TestSite.root) }
        #expect(try await tokens.caller(bearer: bearer) == nil)
        test.clock.advance(.seconds(3))
        #expect(try await there.caller(bearer: bearer) == nil)
      }
      #expect(try await tokens.list(for: TestSite.root)[0].revokedAt == TestClock.start)
      #expect(try await test.kinds(of: "token-" + id) == ["created", "revoked"])
    }
  }

  @Test func onlyAdministratorsOfTheDivisionMakeAndEndThem() async throws {
    try await withSite { test in
      let tokens = Tokens(test.site)
      let east = TestSite.actor(.administrator, division: SmallCity.east)
      await #expect(throws: TokenFault.notAllowed) {
        try await tokens.create(name: "x", role: .operator, by: east)
      }
      await #expect(throws: TokenFault.notAllowed) {
        try await tokens.create(name: "x", role: .operator, by: TestSite.actor(.operator))
      }
      _ = try await tokens.create(name: "x", role: .operator, by: TestSite.root)
      let id = try await tokens.list(for: TestSite.root)[0].id
      #expect(try await tokens.list(for: east) == [])
      await #expect(throws: TokenFault.unknownToken) { try await tokens.revoke(id, by: east) }
      _ = try await tokens.create(name: "y", role: .operator, division: SmallCity.east, by: east)
      #expect(try await tokens.list(for: east).map(\.name) == ["y"])
    }
  }

  @Test(arguments: Engine.allCases)
  func lastUseIsKnownToTheHour(engine: Engine) async throws {
    try await withSite(engine) { test in
      let tokens = Tokens(test.site)
      let bearer = try await tokens.create(name: "x", role: .operator, by: TestSite.root)
      func usedAt() async throws -> Instant? { try await tokens.list(for: TestSite.root)[0].usedAt }
      #expect(try await usedAt() == nil)
      _ = try await tokens.caller(bearer: bearer)
      let first = test.clock.now
      #expect(try await usedAt() == first)
      test.clock.advance(.minutes(30))
      _ = try await tokens.caller(bearer: bearer)
      #expect(try await usedAt() == first)
      test.clock.advance(.minutes(30))
      _ = try await tokens.caller(bearer: bearer)
      #expect(try await usedAt() == test.clock.now)
    }
  }

  @Test func whatIsNoTokenIsNobody() async throws {
    try await withSite { test in
      let tokens = Tokens(test.site)
      let bearer = try await tokens.create(name: "x", role: .operator, by: TestSite.root)
      for other in ["", "hw_", String(bearer.dropFirst(3)), bearer + "A", String(bearer.dropLast()) + "é"] {
        #expect(try await tokens.caller(bearer: other) == nil)
      }
      let hash = try await test.site.database.read { try $0.first("SELECT hash FROM tokens") { $0.blob(0) } }
      #expect(hash?.count == 32)
    }
  }
}
