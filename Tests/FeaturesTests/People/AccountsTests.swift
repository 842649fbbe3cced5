import Domain
import Features
import SQL
import Testing

@Suite struct AccountsTests {
  @Test(arguments: Engine.allCases)
  func anAccountIsFoundedAndListed(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "王芳", role: .agency, agency: "town-east")
      let listed = try await accounts.list(for: TestSite.root)
      #expect(listed.map(\.id) == [id])
      #expect(listed[0].name == "王芳")
      #expect(listed[0].post.role == .agency)
      #expect(listed[0].post.agency == "town-east")
      #expect(listed[0].post.division == SmallCity.east)
      #expect(try await test.kinds(of: "account-" + id) == ["created"])
    }
  }

  @Test(arguments: Engine.allCases)
  func aNameIsTakenWhateverItsCaseAndWidth(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "Wang Fang")
      await #expect(throws: AccountFault.nameTaken) {
        try await test.account(accounts, named: "ＷＡＮＧ fang")
      }
      for name in ["", " wang", "wang\n", "wa\u{200B}ng", String(repeating: "x", count: 65)] {
        await #expect(throws: AccountFault.nameUnusable) { try await test.account(accounts, named: name) }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func ofTwoAtOnceWithOneNameOneIsFounded(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let founded = await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<4 {
          group.addTask {
            do { try await test.account(accounts, named: "wang") } catch { return error as? AccountFault != .nameTaken }
            return true
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      let stored = try await test.count(of: "accounts")
      #expect(founded == 1)
      #expect(stored == 1)
    }
  }

  @Test(arguments: [
    ("short", PasswordFault.tooShort(charactersMin: 10)),
    (String(repeating: "xyzab12345", count: 26), .tooLong(charactersMax: 256)),
    ("my Wangfang 88", .holdsName),
    ("ｗａｎｇｆａｎｇ88", .holdsName),
    ("aaaaaaaaaaaaaaa", .tooSimple),
    ("ababababababab", .tooSimple),
    ("0123456789", .tooSimple),
    ("1234567890", .tooSimple),
    ("9876543210", .tooSimple),
    ("abcdefghijkl", .tooSimple),
  ])
  func aBadPasswordIsRefusedWithItsReason(password: String, fault: PasswordFault) async throws {
    try await withSite { test in
      await #expect(throws: fault) {
        try await TestSite.accounts(test.site).create(
          name: "wangfang", password: password, role: .operator, by: TestSite.root)
      }
      let stored = try await test.count(of: "accounts")
      #expect(stored == 0)
    }
  }

  @Test func postsAreHeldAgainstThePack() throws {
    let pack = try SmallCity.shelf().current
    func fault(_ role: Role, _ division: String? = nil, _ agency: String? = nil, _ squad: String? = nil) -> PostFault? {
      do throws(PostFault) { _ = try Post(role: role, division: division, agency: agency, squad: squad, pack: pack) }
      catch { return error }
      return nil
    }
    #expect(fault(.reporter) == .roleHasNoAccounts(.reporter))
    #expect(fault(.system) == .roleHasNoAccounts(.system))
    #expect(fault(.operator, "1") == .unknownDivision("1"))
    #expect(fault(.agency) == .agencyMissing)
    #expect(fault(.agency, nil, "nobody") == .unknownAgency("nobody"))
    #expect(fault(.squadMember) == .squadMissing)
    #expect(fault(.squadMember, nil, nil, "none") == .unknownSquad("none"))
    #expect(fault(.squadMember, nil, "labour", "east-1") == .squadOfOtherAgency)
    #expect(fault(.agency, nil, "town-east", "east-1") == .squadNotForRole(.agency))
    let member = try Post(role: .squadMember, squad: "west-1", pack: pack)
    #expect(member.agency == "town-west")
    #expect(member.division == SmallCity.west)
    #expect(try Post(role: .analyst, pack: pack).division == SmallCity.district)
  }

  @Test(arguments: Engine.allCases)
  func anAdministratorLooksAfterItsDivisionOnly(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let east = TestSite.actor(.administrator, division: SmallCity.east)
      let west = try await test.account(accounts, named: "west", division: SmallCity.west)
      let whole = try await test.account(accounts, named: "whole")
      #expect(try await accounts.list(for: east) == [])
      for id in [west, whole, "unknown"] {
        await #expect(throws: AccountFault.unknownAccount) { try await accounts.disable(id, by: east) }
        await #expect(throws: AccountFault.unknownAccount) {
          try await accounts.setPassword(of: id, to: "another long sentence", by: east)
        }
        await #expect(throws: AccountFault.unknownAccount) {
          try await accounts.signOutEverywhere(account: id, by: east)
        }
      }
      await #expect(throws: AccountFault.notAllowed) {
        try await accounts.create(name: "x", password: TestSite.password, role: .operator, by: east)
      }
      for role in Role.allCases where role != .administrator && role != .system {
        await #expect(throws: AccountFault.notAllowed) {
          try await accounts.create(
            name: "x", password: TestSite.password, role: .operator, by: TestSite.actor(role))
        }
      }
      let own = try await accounts.create(
        name: "own", password: TestSite.password, role: .operator, division: SmallCity.east, by: east)
      #expect(try await accounts.list(for: east).map(\.id) == [own])
      await #expect(throws: AccountFault.notAllowed) { try await accounts.move(own, role: .operator, by: east) }
    }
  }

  @Test(arguments: Engine.allCases)
  func everyChangeIsAnEventAndARepeatedOneIsNot(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "wang")
      for _ in 0..<2 { try await accounts.move(id, role: .dispatcher, by: TestSite.root) }
      for _ in 0..<2 { try await accounts.disable(id, by: TestSite.root) }
      for _ in 0..<2 { try await accounts.enable(id, by: TestSite.root) }
      try await accounts.setPassword(of: id, to: "another long sentence", by: TestSite.root)
      #expect(
        try await test.kinds(of: "account-" + id)
          == ["created", "role-changed", "disabled", "enabled", "password-changed"])
      try await test.expectWhole()
    }
  }

  @Test func nobodyDisablesThemselves() async throws {
    try await withSite { test in
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "wang", role: .administrator)
      let own = Actor(id: Accounts.actorID(id), role: .administrator, division: SmallCity.district)
      await #expect(throws: AccountFault.notYourself) { try await accounts.disable(id, by: own) }
    }
  }
}
