import Domain
import Features
import SQL
import Testing

@Suite struct SignInThrottleTests {
  /// What came of a guess: nil if it was looked at, or how long to wait.
  func guess(_ accounts: Accounts, _ name: String = "owner", from address: String, device: String? = nil) async throws
    -> Span?
  {
    do {
      _ = try await accounts.signIn(name: name, password: "a wrong guess", from: address, device: device)
      Issue.record("a guess was let in")
      return nil
    } catch SignInFault.wrong { return nil } catch SignInFault.tooSoon(let wait) { return wait }
  }

  @Test(arguments: Engine.allCases)
  func guessesFromElsewhereDoNotKeepTheOwnerOut(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "owner")
      for address in 0..<40 {
        for _ in 0..<8 { _ = try await guess(accounts, from: "198.51.100.\(address)") }
      }
      _ = try await accounts.signIn(name: "owner", password: TestSite.password, from: "192.0.2.1")
    }
  }

  @Test(arguments: Engine.allCases)
  func guessesFromTheOwnersAddressDoNotKeepItsDeviceOut(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "owner")
      let office = "192.0.2.1"
      let device = try await accounts.signIn(name: "owner", password: TestSite.password, from: office).device
      for number in 0..<60 { _ = try await guess(accounts, "x\(number)", from: office) }
      for _ in 0..<20 { _ = try await guess(accounts, from: office) }
      // A stranger there has to wait, though never longer than a quarter of an hour; the device has not.
      let wait = try #require(try await guess(accounts, from: office))
      #expect(wait <= .minutes(15))
      let again = try await accounts.signIn(
        name: "owner", password: TestSite.password, from: office, device: device)
      #expect(again.device == device)
      test.clock.advance(wait)
      _ = try await accounts.signIn(name: "owner", password: TestSite.password, from: office)
    }
  }

  @Test(arguments: Engine.allCases)
  func theFurtherTheSlower(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "owner")
      for _ in 0..<6 { #expect(try await guess(accounts, from: "a") == nil) }
      var waits: [Span] = []
      for _ in 0..<12 {
        let wait = try #require(try await guess(accounts, from: "a"))
        waits.append(wait)
        test.clock.advance(wait)
        #expect(try await guess(accounts, from: "a") == nil)
      }
      #expect(waits == waits.sorted())
      #expect(waits.first == .seconds(1))
      // As much leaks away while somebody waits ten minutes; so it comes to rest there, below the limit.
      #expect(waits.last == .seconds(512))
      // Right before the end it is still too soon, even for the right password, and waiting costs nothing.
      let wait = try #require(try await guess(accounts, from: "a"))
      test.clock.advance(wait - .seconds(1))
      await #expect(throws: SignInFault.tooSoon(retryAfter: .seconds(1))) {
        try await accounts.signIn(name: "owner", password: TestSite.password, from: "a")
      }
      test.clock.advance(.seconds(1))
      _ = try await accounts.signIn(name: "owner", password: TestSite.password, from: "a")
      // Success forgets what was wrong before.
      for _ in 0..<6 { #expect(try await guess(accounts, from: "a") == nil) }
    }
  }

  @Test func aDayOfGuessingIsAFewHundredGuesses() async throws {
    try await withSite { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "owner")
      let end = test.clock.now + .days(1)
      var guesses = 0
      while test.clock.now < end {
        if let wait = try await guess(accounts, from: "a") { test.clock.advance(wait) } else { guesses += 1 }
      }
      #expect((50...200).contains(guesses))
    }
  }

  @Test func namesAreNotTriedOneAfterAnother() async throws {
    try await withSite { test in
      let accounts = TestSite.accounts(test.site)
      let end = test.clock.now + .hours(1)
      var guesses = 0
      while test.clock.now < end {
        guesses += 1
        if let wait = try await guess(accounts, "name\(guesses)", from: "2001:db8::\(guesses % 10)") {
          guesses -= 1
          test.clock.advance(wait)
        }
      }
      // Another address of the same network is the same client; another network is not.
      #expect(guesses < 150)
      _ = try await guess(accounts, "name", from: "2001:db8::1")
      #expect(try await guess(accounts, "name", from: "2001:db8:0:0:ffff::1") != nil)
      #expect(try await guess(accounts, "name", from: "2001:db8:0:1::1") == nil)
      #expect(try await guess(accounts, "name", from: "::ffff:192.0.2.7") == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func manyAtOnceCountAsMany(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "owner")
      try await test.withNode { other in
        let elsewhere = TestSite.accounts(other)
        let looked = try await withThrowingTaskGroup(of: Bool.self) { group in
          for number in 0..<40 {
            group.addTask { try await guess(number % 2 == 0 ? accounts : elsewhere, from: "a") == nil }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        // Five are free; the sixth begins the waiting.
        #expect(looked == 6)
        #expect(try await guess(elsewhere, from: "a") != nil)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func anUnknownDeviceIsAStranger(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      try await test.account(accounts, named: "owner")
      try await test.account(accounts, named: "other")
      let forged = String(repeating: "A", count: 43)
      let given = try await accounts.signIn(
        name: "other", password: TestSite.password, from: "b", device: forged).device
      #expect(given != forged)
      // A device of another account is a stranger to this one.
      for device in [forged, given] {
        for _ in 0..<10 { _ = try await guess(accounts, from: "a-\(device)", device: device) }
        #expect(try await guess(accounts, from: "a-\(device)", device: device) != nil)
      }
      // After a sign-in there it is known to both.
      let shared = try await accounts.signIn(
        name: "owner", password: TestSite.password, from: "b", device: given).device
      #expect(shared == given)
      for name in ["owner", "other"] {
        for _ in 0..<8 { #expect(try await guess(accounts, name, from: "a-\(given)", device: given) == nil) }
      }
    }
  }

  @Test func whatHasLeakedAwayIsForgotten() async throws {
    try await withSite { test in
      let accounts = TestSite.accounts(test.site)
      for number in 0..<30 { _ = try await guess(accounts, "name\(number)", from: "10.0.0.\(number)") }
      #expect(try await test.count(of: "sign_in_attempts") == 60)
      test.clock.advance(.hours(1))
      _ = try await guess(accounts, "name", from: "10.0.0.99")
      #expect(try await test.count(of: "sign_in_attempts") == 2)
    }
  }

  @Test(arguments: Engine.allCases)
  func theTableIsBoundedAndKeepsTheWorst(engine: Engine) async throws {
    try await withSite(engine) { test in
      let accounts = TestSite.accounts(test.site)
      for _ in 0..<20 {
        if let wait = try await guess(accounts, from: "a") { test.clock.advance(wait) }
      }
      let soon = (test.clock.now + .minutes(5)).milliseconds
      try await test.site.database.write { connection in
        for row in 0..<20_100 {
          let bucket = [UInt8](String(row).utf8)
          try connection.run(
            """
            INSERT INTO sign_in_attempts (district, bucket, blocked_until, forgotten_at)
            VALUES (\(SmallCity.district), \(bucket), 0, \(soon + Int64(row)))
            """)
        }
      }
      _ = try await guess(accounts, "another", from: "b")
      #expect(try await test.count(of: "sign_in_attempts") <= 20_002)
      var waited = false
      for _ in 0..<2 where try await guess(accounts, from: "a") != nil { waited = true }
      #expect(waited)
    }
  }
}
