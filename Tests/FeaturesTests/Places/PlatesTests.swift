import Crypto
import Domain
import Features
import SQL
import Testing

/// Plates made, known again, ended.
@Suite struct PlatesTests {
  static func make(_ test: TestSite, _ wanted: [Plates.Wanted] = [.init(place: "P1")]) async throws -> [Plate] {
    try await Plates(test.site).make(wanted, by: TestSite.root)
    return try await Plates(test.site).list(limit: 1_000)
  }

  static func token(_ test: TestSite, _ plate: Plate) -> String { Plates(test.site).token(of: plate).text }

  @Test(arguments: Engine.allCases)
  func aPlateIsKnownByItsToken(engine: Engine) async throws {
    try await withSite(engine) { test in
      let made = try await Self.make(test, [.init(place: "P1"), .init(place: "P2", unit: "12号甲")])
      #expect(made.map(\.number) == [1, 2] && made.map(\.unit) == ["", "12号甲"])
      for plate in made {
        #expect(try await Plates(test.site).plate(scanned: Self.token(test, plate)) == plate)
      }
      #expect(try await test.kinds(of: "plates") == ["made"])
      try await test.expectWhole()
    }
  }

  private static let many = (1...450).map { Plates.Wanted(place: $0 % 2 == 0 ? "P1" : "P2", unit: "\($0)号") }

  @Test(arguments: Engine.allCases)
  func whatStandsIsNotMadeAgain(engine: Engine) async throws {
    try await withSite(engine) { test in
      let plates = Plates(test.site)
      #expect(try await plates.make(Self.many, by: TestSite.root) == 1..<451)
      #expect(try await plates.make(Self.many + [.init(place: "P1")], by: TestSite.root) == 451..<452)
      #expect(try await plates.make(Self.many, by: TestSite.root).isEmpty)
      #expect(try await plates.list(above: 449, limit: 10).map(\.number) == [450, 451])
      #expect(try await plates.list(place: "P1", limit: 1_000).count == 226)
      #expect(try await test.kinds(of: "plates") == ["made", "made"])
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func anEndedPlateIsToldFromAForgedOne(engine: Engine) async throws {
    try await withSite(engine) { test in
      let plates = Plates(test.site)
      let made = try await Self.make(test, [.init(place: "P1"), .init(place: "P2")])
      try await plates.revoke(1, by: TestSite.root)
      try await plates.revoke(1, by: TestSite.root)
      await #expect(throws: PlateFault.revoked) { try await plates.plate(scanned: Self.token(test, made[0])) }
      let next = try await plates.replace(2, by: TestSite.root)
      #expect(try await plates.replace(2, by: TestSite.root) == next)
      await #expect(throws: PlateFault.revoked) { try await plates.plate(scanned: Self.token(test, made[1])) }
      let standing = try await plates.list(limit: 10)
      #expect(standing.map(\.number) == [next] && standing[0].place == "P2")
      #expect(try await plates.list(withRevoked: true, limit: 10).map(\.replacedBy) == [nil, next, nil])
      // What was only taken down may come back, with another code.
      #expect(try await plates.make([.init(place: "P1")], by: TestSite.root) == 4..<5)
      #expect(try await test.kinds(of: "plates") == ["made", "revoked", "revoked", "made"])
      for number in [0, 99] {
        await #expect(throws: PlateFault.unknownNumber(number)) { try await plates.revoke(number, by: TestSite.root) }
      }
    }
  }

  /// Whoever can write the database, but has not the key, cannot move a plate to another place.
  @Test(arguments: Engine.allCases)
  func aTokenIsBoundToItsPlaceAndUnit(engine: Engine) async throws {
    try await withSite(engine) { test in
      let plate = try await Self.make(test)[0]
      for change in ["place = 'P2'", "unit = '9'"] {
        try await test.site.database.write { try $0.run(Statement(sql: "UPDATE plates SET \(change)")) }
        await #expect(throws: PlateFault.notOurs) {
          try await Plates(test.site).plate(scanned: Self.token(test, plate))
        }
      }
    }
  }

  @Test func wrongInputMakesNothing() async throws {
    try await withSite { test in
      let plates = Plates(test.site)
      let wrong: [(Plates.Wanted, PlateFault)] = [
        (.init(place: "P9"), .unknownPlace("P9")), (.init(place: "P1", unit: "a\nb"), .unitUnusable(row: 2)),
        (.init(place: "P1", unit: String(repeating: "号", count: 41)), .unitUnusable(row: 2)),
      ]
      for (wanted, fault) in wrong {
        await #expect(throws: fault) { try await plates.make([.init(place: "P1"), wanted], by: TestSite.root) }
      }
      await #expect(throws: PlateFault.notAllowed) {
        try await plates.make([.init(place: "P1")], by: TestSite.actor(.operator))
      }
      let standing = try await plates.list(limit: 10)
      #expect(standing == [])
    }
  }

  /// 10,000 tokens that are not to be accepted: altered in one letter or more, of another installation, of numbers that
  /// were never given out, revoked.
  @Test func noWrongTokenIsAccepted() async throws {
    try await withSite { test in
      let plates = Plates(test.site)
      let made = try await Self.make(test, (1...500).map { .init(place: "P1", unit: "\($0)") })
      for plate in made.prefix(100) { try await plates.revoke(plate.number, by: TestSite.root) }
      let other = PlateSigner(key: SymmetricKey(size: .bits256))
      var random = SystemRandomNumberGenerator()
      var accepted = 0
      var faults: [PlateFault: Int] = [:]
      for round in 0..<10_000 {
        let plate = made[round % made.count]
        let token = Self.token(test, plate)
        let wrong = switch round % 4 {
        case 0: Self.altered(token, letters: 1 + round % 3, &random)
        case 1:
          other.token(number: plate.number, place: plate.place, unit: plate.unit, district: test.site.district).text
        case 2: PlateToken(number: 501 + round, seal: random.next()).text
        default: Self.token(test, made[round % 100])
        }
        do {
          _ = try await plates.plate(scanned: wrong)
          accepted += 1
        } catch let fault as PlateFault { faults[fault, default: 0] += 1 }
      }
      #expect(accepted == 0)
      #expect(faults == [.notOurs: 7_500, .revoked: 2_500])
    }
  }

  private static func altered(_ token: String, letters: Int, _ random: inout SystemRandomNumberGenerator) -> String {
    var bytes = Array(token.utf8)
    for place in bytes.indices.shuffled(using: &random).prefix(letters) {
      bytes[place] = Base32.digits.filter { $0 != bytes[place] }.randomElement(using: &random) ?? 48
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
