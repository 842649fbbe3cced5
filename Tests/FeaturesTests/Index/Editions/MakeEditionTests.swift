import Domain
import Features
import Foundation
import SQL
import Testing

@Suite struct MakeEditionTests {
  private func made(of site: Installation, _ given: EditionQuery? = nil) async throws -> Edition {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("edition-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await MakeEdition(site, incidents: IncidentStore(site, folder: folder))(given ?? query())
  }

  private func query() throws -> EditionQuery {
    let first = try #require(CivilDate("2026-01-01"))
    return try #require(EditionQuery(from: first, to: first.adding(days: 30), comparison: .periodBefore))
  }

  @Test(arguments: Engine.allCases)
  func theSameIsFrozenOnceAndReadsBackTheSame(engine: Engine) async throws {
    try await withSite(engine) { test in
      for _ in 0..<4 { _ = try await test.report("装修噪音", kind: "noise.renovation") }
      let first = try await made(of: test.site)
      #expect(first.number == 1 && first.total.now == 4)
      let again = try await made(of: test.site)
      let (files, same) = (try first.dataFiles(test.site.pack), try again.dataFiles(test.site.pack))
      #expect(files == same, "every file is the same, byte for byte")
      #expect(try await EditionStore(test.site).edition(1) == first)
    }
  }

  /// A late report changes what is found: the printed edition stays, a new one has the next number.
  @Test(arguments: Engine.allCases)
  func whatCameInLateIsANewEdition(engine: Engine) async throws {
    try await withSite(engine) { test in
      for _ in 0..<4 { _ = try await test.report("装修噪音", kind: "noise.renovation") }
      let first = try await made(of: test.site)
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      let second = try await made(of: test.site)
      #expect(second.number == 2 && second.total.now == 5)
      #expect(try await EditionStore(test.site).edition(1) == first)
      #expect(try await EditionStore(test.site).list().map(\.number) == [2, 1])
    }
  }

  @Test(arguments: Engine.allCases) func wordsAreThoseOfItsWholeMonthsAndNeverRare(engine: Engine) async throws {
    try await withSite(engine) { test in
      let january = ReadWords.monthNumber(year: 2026, month: 1)
      try await test.site.database.write { connection in
        let counted = [("押金", january, 400), ("装修", january, 300), ("押金", january - 1, 2), ("装修", january - 1, 600),
                       ("少见", january, 2), ("春节", january + 1, 50)]
        for (word, month, reports) in counted {
          try connection.run(
            """
            INSERT INTO word_counts (district, month, kind, division, word, reports)
            VALUES (\(test.site.district), \(month), \("noise.renovation"), \(test.site.district), \(word), \(reports))
            """)
        }
      }
      let edition = try await made(of: test.site)
      #expect(edition.words.map(\.word) == ["押金", "装修"])
      #expect(edition.words.map(\.before) == [0, 600], "what few reports had is told as none")
      #expect(edition.words[0].z > 3 && edition.words[1].z < 0)
      let half = try #require(EditionQuery(from: query().days.lowerBound.adding(days: 1), to: query().days.upperBound,
                                           comparison: .periodBefore))
      #expect(try await made(of: test.site, half).words.isEmpty)
    }
  }

  /// What outcomes said, by cases and not by reports; what a division says is of that division alone.
  @Test(arguments: Engine.allCases) func lossesAreThoseOfTheOutcomesThatStand(engine: Engine) async throws {
    try await withSite(engine) { test in
      let police = TestSite.actor(.agency, agency: "police")
      for loss in [0, 0, 0, 1_000, 2_345, 3_000, 3_100, nil, nil, nil] {
        let receipt = try await test.report("电动车被偷", kind: "crime.theft", door: "110")
        try await test.handle(.sign, receipt.case, by: police)
        try await test.handle(.conclude(.handled, note: nil, loss: loss), receipt.case, by: police)
      }
      let joined = try await test.report("电动车又被偷", kind: "crime.theft", door: "110", at: SmallCity.inWest)
      let same = try await test.report("还是那辆", kind: "crime.theft", door: "110", at: SmallCity.inWest)
      _ = try await MergeCases(test.site).merge(same.case, into: joined.case, by: TestSite.actor(.operator))
      let group = try #require(try await made(of: test.site).losses?.first)
      #expect(group.kinds.map(\.code) == ["crime.theft"])
      let now = group.total.now
      #expect(now.cases == 11 && now.succeeded == 4 && now.failed == 3 && now.unknown == 4)
      #expect(now.sum == 9_400 && now.median == 2_700 && group.total.before.cases == 0)
      let days = try query().days
      let west = try #require(EditionQuery(from: days.lowerBound, to: days.upperBound, comparison: .periodBefore,
                                           division: SmallCity.west))
      #expect(try await made(of: test.site, west).losses?.first?.total.now.cases == nil, "two reports are few")
    }
  }

  @Test func aDivisionThatIsNoneIsRefused() async throws {
    try await withSite { test in
      let first = try #require(CivilDate("2026-01-01"))
      let query = try #require(EditionQuery(from: first, to: first, division: "1"))
      await #expect(throws: MakeEdition.Fault.self) { _ = try await made(of: test.site, query) }
    }
  }
}
