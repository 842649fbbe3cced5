import Domain
import Features
import Foundation
import SQL
import SQLiteDriver
import Testing

@Suite struct EraseEntryTests {
  let administrator = LookIntoVaultTests.caller(.administrator)

  @Test(arguments: Engine.allCases)
  func whatIsErasedIsGoneAndEveryHashStaysValid(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let kept = try await test.report("电钻噪音", kind: "noise.renovation", at: SmallCity.inWest)
      let erase = EraseEntry(test.site)
      #expect(
        try await erase(reference: receipt.report, case: receipt.case, reason: .request, by: administrator))
      #expect(
        try await !erase(reference: receipt.report, case: receipt.case, reason: .request, by: administrator))
      #expect(try await test.kinds(of: "vault-" + receipt.report) == ["erased"])
      for table in ["vault_entries", "vault_keys", "vault_erasures"] {
        #expect(try await test.count(of: table) == 1)
      }
      await #expect(throws: Vault.Failure.erased) {
        try await LookIntoVault(test.site)(
          reference: receipt.report, case: receipt.case, purpose: "handle",
          by: LookIntoVaultTests.caller(.operator))
      }
      _ = try await LookIntoVault(test.site)(
        reference: kept.report, case: kept.case, purpose: "handle", by: LookIntoVaultTests.caller(.operator))
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func onlyAnAdministratorOfTheDivisionErases(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      let erase = EraseEntry(test.site)
      for role in Role.allCases where role != .administrator && role != .system {
        await #expect(throws: EraseFault.notAllowed) {
          try await erase(
            reference: receipt.report, case: receipt.case, reason: .request, by: LookIntoVaultTests.caller(role))
        }
      }
      await #expect(throws: Rejection.unknownCase) {
        try await erase(
          reference: receipt.report, case: receipt.case, reason: .request,
          by: LookIntoVaultTests.caller(.administrator, division: SmallCity.west))
      }
      await #expect(throws: EraseFault.notOfThisCase) {
        try await erase(reference: "another", case: receipt.case, reason: .request, by: administrator)
      }
      #expect(try await test.count(of: "vault_entries") == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func anErasureThatFailsLeavesAllAsItWas(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      for statement in 1...6 {
        let faulty = test.over(
          FaultyDatabase(test.site.database) { $0 == .afterStatement(transaction: 1, statement: statement) })
        await #expect(throws: DatabaseError.self) {
          try await EraseEntry(faulty)(
            reference: receipt.report, case: receipt.case, reason: .mistake, by: administrator)
        }
        #expect(try await test.kinds(of: "vault-" + receipt.report) == [])
        #expect(try await test.count(of: "vault_keys") == 1)
        #expect(try await test.count(of: "vault_erasures") == 0)
      }
    }
  }

  /// Deleting a row leaves its bytes in a database's file unless they are overwritten.
  @Test func theFileForgetsToo() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("test.sqlite")
    try await withSite { test in
      let first = try SQLiteDatabase(path: file.path)
      try await first.migrate(Installation.migrations)
      let receipt = try await ReceiveReport(test.over(first))(
        IncomingReport(door: "12345", text: String(repeating: "装修", count: 2_000), coordinate: SmallCity.inEast),
        by: TestSite.actor(.operator))
      let sealed = try await first.read { connection in
        try connection.all("SELECT wrapped FROM vault_keys UNION ALL SELECT content FROM vault_entries") {
          Data($0.blob(0).prefix(40))
        }
      }
      await first.close()
      #expect(sealed.count == 2)
      #expect(try sealed.allSatisfy { try Data(contentsOf: file).range(of: $0) != nil })
      let second = try SQLiteDatabase(path: file.path)
      _ = try await EraseEntry(test.over(second))(
        reference: receipt.report, case: receipt.case, reason: .request, by: administrator)
      await second.close()
      #expect(try sealed.allSatisfy { try Data(contentsOf: file).range(of: $0) == nil })
    }
  }
}
