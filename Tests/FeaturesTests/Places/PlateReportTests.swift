import Domain
import Features
import SQL
import Testing

/// A report by a plate, from the scan to the reporter's last word.
@Suite struct PlateReportTests {
  /// A plate at P1 in East, and what a phone there sends.
  struct Phone {
    let test: TestSite
    let token: String
    var address = "203.0.113.7"

    init(_ test: TestSite, unit: String = "12号") async throws {
      self.test = test
      token = PlatesTests.token(test, try await PlatesTests.make(test, [.init(place: "P1", unit: unit)])[0])
    }

    func send(_ filled: ReceivePlateReport.Filled, nonce: String? = nil) async throws -> ReceiptCode {
      try await ReceivePlateReport(test.site, press: PhotoPress())(
        filled, token: token, nonce: nonce ?? test.site.makeID(), body: Array("\(filled)".utf8), from: address)
    }

    func state(_ code: ReceiptCode) async throws -> CaseState {
      try await FollowReceipt(test.site)(code).detail.state
    }

    func handle(_ action: CaseCommand.Action, _ code: ReceiptCode, words: String? = nil) async throws {
      try await FollowReceipt(test.site).handle(
        .init(action, words: words), code, nonce: test.site.makeID(), body: [])
    }
  }

  static let noise = ReceivePlateReport.Filled(kind: "noise.renovation", text: "电钻声", contact: "13800138000")

  @Test(arguments: Engine.allCases)
  func itIsACaseLikeEveryOther(engine: Engine) async throws {
    try await withSite(engine) { test in
      let phone = try await Phone(test)
      let code = try await phone.send(Self.noise)
      let status = try await FollowReceipt(test.site)(code)
      #expect(status.report.door == "plate" && status.report.place == "P1" && status.report.division == SmallCity.east)
      #expect(status.report.plate == PlateMark(number: 1, awayMetres: nil))
      #expect(status.detail.state.assignment?.agency == "town-east")
      #expect(status.detail.timeline[0].actor == "reporter:plate-1")
      let said = try await LookIntoVault(test.site)(
        reference: status.report.id, case: status.detail.state.id, purpose: "handle",
        by: LookIntoVaultTests.caller(.operator))
      guard case .report(let words) = said else { throw Rejection.unknownCase }
      #expect(words.address == "小城东镇东苑12号" && words.reporterContact == "13800138000")
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func theReporterConfirmsRatesComplainsAndReopens(engine: Engine) async throws {
    try await withSite(engine) { test in
      let phone = try await Phone(test)
      let code = try await phone.send(Self.noise)
      let id = try await phone.state(code).id
      let east = TestSite.actor(.agency, agency: "town-east")
      await #expect(throws: Rejection.notNow(step: .confirmed, phase: .assigned)) {
        try await phone.handle(.confirm, code)
      }
      func work() async throws {
        try await test.handle(.conclude(.handled, note: nil), id, by: east)
        try await test.handle(.answer(channel: "message", note: nil), id, by: east, words: "已劝停")
      }
      try await test.handle(.sign, id, by: east)
      try await work()
      #expect(try await FollowReceipt(test.site).answer(code) == "已劝停")
      try await phone.handle(.reopen(reason: "not-solved", note: nil), code, words: "还在响")
      #expect(try await phone.state(code).phase == .handling)
      try await phone.handle(.complain(note: nil), code, words: "太慢")
      try await work()
      try await phone.handle(.rate(stars: 2), code)
      try await phone.handle(.confirm, code)
      let state = try await phone.state(code)
      #expect(state.phase == .closed && state.round.stars == 2 && state.rounds.count == 2)
      #expect(state.round.complaints.count == 1)
      try await test.expectWhole()
    }
  }

  /// The look of the reporter at the answer is journalled as every look; an erased answer is gone for the reporter too.
  @Test(arguments: Engine.allCases)
  func theAnswerLiesInTheVault(engine: Engine) async throws {
    try await withSite(engine) { test in
      let phone = try await Phone(test)
      let code = try await phone.send(Self.noise)
      let id = try await phone.state(code).id
      let east = TestSite.actor(.agency, agency: "town-east")
      #expect(try await FollowReceipt(test.site).answer(code) == nil)
      try await test.handle(.sign, id, by: east)
      try await test.handle(.conclude(.handled, note: nil), id, by: east)
      try await test.handle(.answer(channel: "message", note: nil), id, by: east, words: "已劝停")
      let note = try #require(try await phone.state(code).round.answer?.note)
      #expect(try await FollowReceipt(test.site).answer(code) == "已劝停")
      #expect(try await test.kinds(of: "vault-" + note) == ["looked"])
      let looks = try await LookIntoVault(test.site).looks(reference: note, case: id, for: TestSite.actor(.operator))
      #expect(looks.map(\.purpose) == ["receipt"] && looks[0].actor.hasPrefix("reporter:"))
      try await EraseEntry(test.site)(
        reference: note, case: id, reason: .request, by: LookIntoVaultTests.caller(.administrator))
      #expect(try await FollowReceipt(test.site).answer(code) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func aSubmissionSentAgainDoesNothingTwice(engine: Engine) async throws {
    try await withSite(engine) { test in
      let phone = try await Phone(test)
      let nonce = test.site.makeID()
      let code = try await phone.send(Self.noise, nonce: nonce)
      for _ in 0..<20 { #expect(try await phone.send(Self.noise, nonce: nonce) == code) }
      await #expect(throws: RequestKeyReused.self) {
        try await phone.send(.init(kind: "crime.theft", text: ""), nonce: nonce)
      }
      #expect(try await test.count(of: "case_reports") == 1)
      // Long after: the key is forgotten, the form is too old.
      test.clock.advance(.hours(12))
      await #expect(throws: PlateFault.formExpired) { try await phone.send(Self.noise, nonce: nonce) }
      for wrong in ["", "x", String(repeating: "Z", count: 26), nonce.lowercased(), nonce + "0"] {
        await #expect(throws: PlateFault.formExpired) { try await phone.send(Self.noise, nonce: wrong) }
      }
      #expect(try await test.count(of: "case_reports") == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func whatAPlateDoesNotOfferIsNotTakenIn(engine: Engine) async throws {
    try await withSite(engine) { test in
      let phone = try await Phone(test)
      for kind in ["noise", "nothing"] {
        await #expect(throws: Rejection.unknownKind(kind)) { try await phone.send(.init(kind: kind, text: "x")) }
      }
      await #expect(throws: ReportFault.textMissing) { try await phone.send(.init(kind: nil, text: "")) }
      await #expect(throws: ReportFault.coordinateImpossible) {
        try await phone.send(.init(kind: "crime.theft", text: "", position: Coordinate(latitude: 91, longitude: 0)))
      }
      try await Plates(test.site).revoke(1, by: TestSite.root)
      await #expect(throws: PlateFault.revoked) { try await phone.send(Self.noise) }
      #expect(try await test.count(of: "case_reports") == 0)
      #expect(try await test.count(of: "vault_entries") == 0)
    }
  }

  /// A flood is slowed down; whoever is in danger is heard all the same, from the very same phone.
  @Test(arguments: Engine.allCases)
  func aFloodIsSlowedDownAndDangerIsHeard(engine: Engine) async throws {
    try await withSite(engine) { test in
      var phone = try await Phone(test)
      var slowed = 0
      for _ in 0..<40 {
        do { _ = try await phone.send(Self.noise) } catch PlateFault.tooSoon(let wait) {
          slowed += 1
          #expect(wait > .zero && !(wait > .minutes(15)))
        }
      }
      #expect(slowed > 30)
      // A word of danger, and a kind that is critical.
      _ = try await phone.send(.init(kind: "noise.renovation", text: "有人受伤"))
      _ = try await phone.send(.init(kind: "rescue.fire", text: ""))
      phone.address = "203.0.113.8"
      _ = try await phone.send(Self.noise)
      phone.address = "203.0.113.7"
      test.clock.advance(.minutes(15))
      _ = try await phone.send(Self.noise)
    }
  }

  /// The plate's place counts; how far away the phone was is told where it does not fit.
  @Test(arguments: [
    (nil, nil, nil), (Coordinate(latitude: 29.4055, longitude: 124.0055), 10.0, nil),
    (Coordinate(latitude: 29.407, longitude: 124.005), nil, nil),
    (Coordinate(latitude: 29.4095, longitude: 124.005), nil, 500),
    (Coordinate(latitude: 29.4095, longitude: 124.005), 400, nil), (SmallCity.outside, 5.0, 339_000),
  ] as [(Coordinate?, Double?, Int?)])
  func aCodeUsedElsewhereShows(position: Coordinate?, accuracy: Double?, away: Int?) async throws {
    try await withSite { test in
      let phone = try await Phone(test)
      var filled = Self.noise
      filled.position = position
      filled.accuracyMetres = accuracy
      let status = try await FollowReceipt(test.site)(try await phone.send(filled))
      #expect(status.report.plate?.awayMetres == away)
      #expect(status.report.place == "P1" && status.report.point == Coordinate(latitude: 29.405, longitude: 124.005))
    }
  }

  @Test func aCodeThatNobodyGotLeadsNowhere() async throws {
    try await withSite { test in
      let phone = try await Phone(test)
      let code = try await phone.send(Self.noise)
      #expect(ReceiptCode(typed: " " + code.grouped.lowercased()) == code)
      #expect(code.grouped.split(separator: "-").map(\.count) == [4, 4, 4])
      for wrong in ["", "0", "UUUUUUUUUUUU", code.text + "0"] { #expect(ReceiptCode(typed: wrong) == nil) }
      let other = try #require(ReceiptCode(typed: "000000000000"))
      await #expect(throws: ReceiptUnknown.self) { try await FollowReceipt(test.site)(other) }
      // The database does not hold the code.
      let rows = try await test.site.database.read { try $0.all("SELECT answer FROM idempotency_keys") { $0.text(0) } }
      #expect(rows.count == 1 && !rows[0].contains(code.text))
    }
  }

  /// A report that was merged into another case is followed there.
  @Test func aReceiptFollowsItsReport() async throws {
    try await withSite { test in
      let phone = try await Phone(test)
      let first = try await test.report("装修噪音", kind: "noise.renovation")
      let code = try await phone.send(Self.noise)
      let id = try await phone.state(code).id
      _ = try await MergeCases(test.site).merge(id, into: first.case, by: TestSite.actor(.operator))
      #expect(try await phone.state(code).id == first.case)
      try await phone.handle(.complain(note: nil), code)
    }
  }
}
