import Crypto
import Domain
import Features
import Foundation
import SQL
import Testing

@Suite struct ViewBuildTests {
  @Test(arguments: Engine.allCases)
  func aNodeTellsThatTheViewsWereBuiltOtherwiseUntilARebuild(engine: Engine) async throws {
    try await withSite(engine) { test in
      let (build, check) = (ViewBuild(test.site), CheckReadiness(test.site))
      try await build.begin()
      _ = try await test.closedCase(door: "110")
      #expect(await check().areViewsCurrent)
      try await test.site.database.write { try $0.script("UPDATE view_builds SET definition = 'reckoning 0'") }
      try await build.begin()
      let report = await check()
      #expect(!report.areViewsCurrent && report.isReady)
      _ = try await RebuildViews(test.site)()
      #expect(await check().areViewsCurrent)
    }
  }

  @Test(arguments: Engine.allCases)
  func whatWasBuiltBeforeAnybodyNotedHowIsNotTrusted(engine: Engine) async throws {
    try await withSite(engine) { test in
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      try await ViewBuild(test.site).begin()
      #expect(await !CheckReadiness(test.site)().areViewsCurrent)
      _ = try await RebuildViews(test.site)()
      #expect(await CheckReadiness(test.site)().areViewsCurrent)
    }
  }

  /// What the views make of these events. If it changes, installations need a rebuild: raise `ViewBuild.reckoning` (not
  /// for a new column, which counts by itself), and put the new hash here.
  static let hash = "932e6446a9a4d92d"

  @Test func aChangeOfWhatTheViewsReckonIsNoticed() async throws {
    try await withSite { test in
      _ = try await test.closedCase(door: "110")
      test.clock.advance(.days(1))
      let again = try await test.report("又在装修", kind: "noise.renovation", door: "110")
      let east = TestSite.actor(.agency, agency: "town-east")
      try await test.handle(.refuse(reason: "not-ours", note: nil), again.case, by: east)
      let wages = try await test.report("拖欠工资", kind: "dispute.wages", at: SmallCity.inWest)
      let labour = TestSite.actor(.agency, agency: "labour")
      try await test.handle(.sign, wages.case, by: labour)
      try await test.handle(.pause(reason: "waiting", note: nil), wages.case, by: labour)
      let noise = try await test.report("电钻", kind: "noise.renovation")
      try await test.handle(.sign, noise.case, by: east)
      try await test.handle(.dispatch(squad: "east-1", reasons: ["person"]), noise.case, by: east)
      let merged = try await test.report("还是电钻", kind: "noise.renovation")
      _ = try await MergeCases(test.site).merge(merged.case, into: noise.case, by: TestSite.actor(.operator))
      test.clock.advance(.hours(9))
      while try await Scheduler(test.site, node: "one").run() > 0 {}
      let rows = try await test.site.database.read { connection in
        try Self.queries.flatMap { query in
          try connection.all(Statement(sql: query)) { row in row.text(0) }.sorted()
        }
      }
      let digest = SHA256.hash(data: Data(rows.joined(separator: "\n").utf8))
      let hash = digest.prefix(8).map { String(format: "%02x", $0) }.joined()
      #expect(hash == Self.hash, "\(rows.joined(separator: "\n"))")
    }
  }

  /// Every column but identifiers, which chance makes.
  private static let queries = [
    query("cases", """
      version phase phase_since holder_role holder desk agency squad kind jurisdiction severity door division place
      place_key latitude longitude cell_column cell_row reports is_dangerous outcome opened_at last_at due_at closed_at
      paused_at refusals returns
      """),
    query("case_reports", "door kind place_key division said_at received_at"),
    query("case_deadlines", "step rung fires_at due_at division"),
    query("rate_facts", """
      rate version agency division kind door started_at counted_at seen_at known_at hit_at lost_at void_at
      """),
    query("case_notices", "number notice step rung addressee agency division started_at due_at at"),
  ]

  private static func query(_ table: String, _ columns: String) -> String {
    let values = columns.split(whereSeparator: \.isWhitespace).map { "COALESCE(CAST(\($0) AS TEXT), '')" }
    return "SELECT '\(table) ' || " + values.joined(separator: " || ' ' || ") + " FROM \(table)"
  }
}
