import Domain
import Features
import Journal
import SQL
import Testing

@Suite struct VerifyInstallationTests {
  @Test(arguments: Engine.allCases, [
    ("cases", "UPDATE cases SET holder = 'nobody'"),
    ("case_reports", "UPDATE case_reports SET kind = 'crime.theft'"),
    ("case_deadlines", "DELETE FROM case_deadlines WHERE step = 'closure'"),
    ("rate_facts", "UPDATE rate_facts SET hit_at = 0"),
  ])
  func anAlteredViewIsFoundAndRebuilt(engine: Engine, tampering: (table: String, sql: String)) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation", door: "110")
      try await test.site.database.write { try $0.script(tampering.sql) }
      let verify = VerifyInstallation(test.site, trusting: [])
      #expect(try await verify().faults.contains(.view(table: tampering.table, case: receipt.case)))
      _ = try await RebuildViews(test.site)()
      #expect(try await verify().faults == [])
    }
  }

  @Test(arguments: Engine.allCases)
  func rowsWithoutAStreamAreFound(engine: Engine) async throws {
    try await withSite(engine) { test in
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      try await test.site.database.write { try $0.script("UPDATE case_reports SET case_id = 'none'") }
      let faults = try await VerifyInstallation(test.site, trusting: [])().faults
      #expect(faults.contains(.orphans(table: "case_reports", count: 1)))
    }
  }

  @Test(arguments: Engine.allCases)
  func anAlteredEventIsFoundWhereItIs(engine: Engine) async throws {
    try await withSite(engine) { test in
      let receipt = try await test.report("装修噪音", kind: "noise.renovation")
      try await test.site.database.write {
        try $0.script("UPDATE journal SET actor = 'account:other' WHERE version = 2")
      }
      let faults = try await VerifyInstallation(test.site, trusting: [])().faults
      let places = faults.compactMap { fault -> String? in
        guard case .journal(.event(let stream, let version, _)) = fault else { return nil }
        return "\(stream) \(version)"
      }
      #expect(places.contains("case-\(receipt.case) 2"))
    }
  }
}
