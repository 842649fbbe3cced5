import Domain
import Features
import Foundation
import SQL
import Testing

/// What residents say, and who they are, stands nowhere but encrypted in the vault.
@Suite struct NoPersonalDataTests {
  static let secrets = [
    "欧阳锦绣", "13800138000", "锦绣苑7号1201室", "她丈夫叫司马相如", "车牌浙X12345", "ouyang@example.org", "司马相如道歉了",
    "转给她母亲诸葛氏", "已打电话给欧阳女士", "她又来电了", "嫌她烦", "等她回来", "29.4123456", "124.0098765",
  ]

  @Test(arguments: Engine.allCases)
  func noTableHoldsAWordOfIt(engine: Engine) async throws {
    try await withSite(engine) { test in
      try await Self.handleACase(test)
      try await Self.reportByPlate(test)
      try await Self.decideAboutAScenario(test)
      let accounts = TestSite.accounts(test.site)
      let id = try await test.account(accounts, named: "上官婉儿")
      let device = try await accounts.signIn(name: "上官婉儿", password: TestSite.password, from: "203.0.113.77")
      _ = try await Tokens(test.site).create(name: "公孙胜的程序", role: .operator, by: TestSite.root)
      try await accounts.disable(id, by: TestSite.root)
      let found = try await Self.search(
        test, Self.secrets + ["上官婉儿", "公孙胜的程序", TestSite.password, "203.0.113.77", device.session])
      #expect(found == ["上官婉儿": ["accounts"], "公孙胜的程序": ["tokens"]])
    }
  }

  /// The same by a plate, and by its receipt.
  private static func reportByPlate(_ test: TestSite) async throws {
    let phone = try await PlateReportTests.Phone(test)
    let code = try await phone.send(.init(
      kind: "noise.renovation", text: "\(secrets[3]),\(secrets[4])", contact: secrets[1],
      position: Coordinate(latitude: 29.4123456, longitude: 124.0098765), accuracyMetres: 5))
    try await phone.handle(.complain(note: nil), code, words: secrets[9])
    #expect(try await search(test, [code.text, code.grouped, phone.address]) == [:])
  }

  private static func decideAboutAScenario(_ test: TestSite) async throws {
    let scenario = try EveningNoise.scenario(of: try await EveningNoise.edition(of: test.site))
    try await DecideScenario(test.site)(
      .init(.refused, edition: 1, reason: "other", words: secrets[3]), scenario: scenario.id,
      by: TestSite.actor(.supervisor))
  }

  /// Words with every step that takes some.
  private static func handleACase(_ test: TestSite) async throws {
    let report = IncomingReport(
      door: "12345", kind: "noise.renovation", text: "\(secrets[3]),\(secrets[4])", reporterName: secrets[0],
      reporterContact: secrets[1], address: secrets[2],
      coordinate: Coordinate(latitude: 29.4123456, longitude: 124.0098765), attributes: ["mail": secrets[5]])
    let desk = TestSite.actor(.operator)
    let east = TestSite.actor(.agency, agency: "town-east")
    let key = RequestKey(scope: "test", key: "1", bodyHash: [1])
    let id = try await ReceiveReport(test.site)(report, by: desk, key: key).case
    try await test.handle(.refuse(reason: "not-ours", note: nil), id, by: east, words: secrets[10])
    try await test.handle(.assign(.init(agency: "town-east")), id, by: desk)
    try await test.handle(.sign, id, by: east)
    try await test.handle(.pause(reason: "absent", note: nil), id, by: east, words: secrets[11])
    try await test.handle(.conclude(.mediated, note: nil), id, by: east, words: secrets[6])
    try await test.handle(.answer(channel: "phone", note: nil), id, by: east, words: secrets[8])
    try await test.handle(.complain(note: nil), id, by: desk, words: secrets[9])
    try await test.handle(.reopen(reason: "again", note: nil), id, by: desk, words: secrets[9])
    try await test.handle(.handBack(reason: "not-ours", note: nil), id, by: east, words: secrets[7])
    _ = try await LookIntoVault(test.site)(
      reference: try await reference(test, id), case: id, purpose: "handle", by: LookIntoVaultTests.caller(.operator))
  }

  private static func reference(_ test: TestSite, _ id: String) async throws -> String {
    try #require(try await ShowCase(test.site)(id, for: TestSite.actor(.operator)).state.firstReport.vault)
  }

  /// The tables in which each text stands, in whatever column.
  private static func search(_ test: TestSite, _ texts: [String]) async throws -> [String: Set<String>] {
    try await test.site.database.read { connection in
      let names: Statement = connection.dialect == .sqlite
        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
        : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
      let tables = try connection.all(names) { $0.text(0) }
      #expect(tables.contains("journal") && tables.contains("vault_entries"))
      var found: [String: Set<String>] = [:]
      for table in tables {
        var columns = 0
        try connection.forEach(Statement(sql: "SELECT * FROM \(table)")) { row in
          for column in 0..<row.columnCount {
            columns += 1
            let content = text(row.value(column))
            for wanted in texts where content.contains(wanted) { found[wanted, default: []].insert(table) }
          }
        }
        if ["journal", "vault_entries", "idempotency_keys", "case_reports"].contains(table) { #expect(columns > 0) }
      }
      return found
    }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .null: ""
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }
}
