import Domain
import Features
import Foundation
import SQL
import Testing

/// Editions that are asked for at the desk, on both engines.
@Suite struct EditionDeskTests {
  private static let analyst = TestSite.actor(.analyst)

  private func query(_ desk: EditionDesk, from: String = "2025-12-01") throws -> EditionQuery {
    try desk.query(from: try #require(CivilDate(from)), to: try #require(CivilDate("2025-12-31")),
                   comparison: .periodBefore, division: nil, for: Self.analyst)
  }

  /// Lets a node work off what waits.
  private func worked(_ site: Installation) async throws -> Edition? {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await EditionDesk(site).work(node: "a") { IncidentStore(site, folder: folder) }
  }

  /// Asked of one node and made by another; the first tells of it.
  @Test(arguments: Engine.allCases)
  func whatOneNodeIsAskedForAnotherMakes(engine: Engine) async throws {
    try await withSite(engine) { test in
      let desk = EditionDesk(test.site)
      let asked = try await desk.ask(query(desk), by: Self.analyst)
      #expect(asked.state == .waiting && asked.askedBy == Self.analyst.id)
      try await test.withNode { other in
        let edition = try await worked(other)
        #expect(edition?.number == 1)
      }
      #expect(try await desk.latest()?.state == .made(number: 1))
      #expect(try await EditionStore(test.site).list().map(\.number) == [1])
      #expect(try await test.kinds(of: "editions") == ["asked"], "who asked stands in the journal")
      #expect(try await worked(test.site) == nil)
      try await test.expectWhole()
    }
  }

  @Test(arguments: Engine.allCases)
  func neverTwoAtOnce(engine: Engine) async throws {
    try await withSite(engine) { test in
      let desk = EditionDesk(test.site)
      let (one, two) = (try query(desk), try query(desk, from: "2025-12-02"))
      try await test.withNode { other in
        let asked = await withTaskGroup(of: Bool.self) { tasks in
          for (site, query) in [(test.site, one), (other, two), (test.site, two), (other, one)] {
            tasks.addTask {
              do {
                _ = try await EditionDesk(site).ask(query, by: Self.analyst)
                return true
              } catch { return error as? EditionMakingFault != .underWay }
            }
          }
          return await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(asked.filter { $0 }.count == 2, "the first and its like")
        let makings = try await test.count(of: "index_makings")
        #expect(makings == 1)
        async let here = worked(test.site)
        async let there = worked(other)
        let made = try await [here, there].compactMap { $0 }
        #expect(made.count == 1)
      }
    }
  }

  /// A node that is gone leaves nothing that blocks the next.
  @Test(arguments: Engine.allCases)
  func whatADeadNodeBeganIsOver(engine: Engine) async throws {
    try await withSite(engine) { test in
      let desk = EditionDesk(test.site)
      _ = try await desk.ask(query(desk), by: Self.analyst)
      try await test.site.database.write { connection in
        try connection.run(
          """
          UPDATE index_makings
          SET node = 'dead', begun_at = \(test.clock.now), leased_until = \(test.clock.now + EditionDesk.lease)
          """)
      }
      #expect(try await desk.latest()?.state == .begun(at: test.clock.now))
      test.clock.advance(.seconds(59))
      await #expect(throws: EditionMakingFault.underWay) {
        _ = try await desk.ask(query(desk, from: "2025-12-02"), by: Self.analyst)
      }
      test.clock.advance(.seconds(1))
      #expect(try await worked(test.site) == nil)
      #expect(try await desk.latest()?.state == .failed(.interrupted), "nobody tries again unasked")
      _ = try await desk.ask(query(desk), by: Self.analyst)
      #expect(try await worked(test.site)?.number == 1)
    }
  }

  @Test func whoIsStoppedSaysSoAndLeavesNoEdition() async throws {
    try await withSite { test in
      let desk = EditionDesk(test.site)
      _ = try await desk.ask(query(desk), by: Self.analyst)
      let work = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await worked(test.site)
      }
      await #expect(throws: (any Error).self) { _ = try await work.value }
      #expect(try await desk.latest()?.state == .failed(.interrupted))
      #expect(try await EditionStore(test.site).list() == [])
    }
  }

  @Test func whatFailsIsToldAndTheNextMayBeAskedFor() async throws {
    try await withSite { test in
      let desk = EditionDesk(test.site)
      _ = try await desk.ask(query(desk), by: Self.analyst)
      // A file where the folder of the columns should be.
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)")
      try Data().write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      await #expect(throws: (any Error).self) {
        try await desk.work(node: "a") { IncidentStore(test.site, folder: file) }
      }
      #expect(try await desk.latest()?.state == .failed(.failed))
      #expect(try await desk.ask(query(desk), by: Self.analyst).isUnderWay)
    }
  }

  @Test func onlyDaysThatAreOverAndOnlyOnesOwnDivision() async throws {
    try await withSite { test in
      let desk = EditionDesk(test.site)
      func asked(_ from: String, _ to: String, _ comparison: EditionQuery.Comparison = .periodBefore,
                 _ division: String? = nil, by actor: Actor = Self.analyst) throws -> EditionQuery {
        try desk.query(from: try #require(CivilDate(from)), to: try #require(CivilDate(to)), comparison: comparison,
                       division: division, for: actor)
      }
      let east = TestSite.actor(.supervisor, division: SmallCity.east)
      let faults: [(EditionMakingFault, () throws -> EditionQuery)] = [
        (.daysOutOfOrder, { try asked("2025-12-02", "2025-12-01") }),
        (.notOver, { try asked("2026-01-01", "2026-01-15") }),
        (.tooLong, { try asked("2025-01-01", "2026-01-02") }),
        (.tooLong, { try asked("2024-12-31", "2025-12-31", .lastYear) }),
        (.elsewhere, { try asked("2025-12-01", "2025-12-02", .lastYear, SmallCity.west, by: east) }),
        (.elsewhere, { try asked("2025-12-01", "2025-12-02", .lastYear, SmallCity.district, by: east) }),
        (.elsewhere, { try asked("2025-12-01", "2025-12-02", .lastYear, "1") }),
        (.notByRole, { try asked("2025-12-01", "2025-12-02", by: TestSite.actor(.operator)) }),
      ]
      for (fault, ask) in faults { #expect(throws: fault) { _ = try ask() } }
      let found = try [
        asked("2026-01-01", "2026-01-14"), asked("2026-01-01", "2026-01-14", .lastYear, SmallCity.district),
        asked("2026-01-01", "2026-01-14", by: east),
      ]
      #expect(found.map(\.division) == [nil, nil, SmallCity.east], "the whole district is said in one way")
    }
  }

  @Test func usualSpansAreWholeMonthsThatAreOver() throws {
    for (today, half, quarter, month) in [
      ("2026-01-01", "2025-07-01 2025-12-31", "2025-10-01 2025-12-31", "2025-12-01 2025-12-31"),
      ("2026-03-31", "2025-07-01 2025-12-31", "2025-10-01 2025-12-31", "2026-02-01 2026-02-28"),
      ("2024-07-15", "2024-01-01 2024-06-30", "2024-04-01 2024-06-30", "2024-06-01 2024-06-30"),
    ] {
      let date = try #require(CivilDate(today))
      let found = [EditionSpan.halfYear, .quarter, .month].map { span in
        let days = span.days(before: date)
        return days.lowerBound.text + " " + days.upperBound.text
      }
      #expect(found == [half, quarter, month], "\(today)")
    }
  }
}
