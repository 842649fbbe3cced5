import Domain
import Features
import Foundation
import SQL
import Testing

@Suite struct IncidentStoreTests {
  static let always = Instant(milliseconds: 0)..<Instant(milliseconds: 4_000_000_000_000)

  private static let all = CountQuestion(
    from: CivilDate(dayNumber: 0), to: CivilDate(dayNumber: 30_000), by: [])

  private func withFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("incidents-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  /// A row as people would write it, so that lists of codes in another order are the same.
  private func lines(_ table: IncidentTable) -> [String] {
    (0..<table.count).map { row in
      """
      \(table.seconds[row]) \(table.day[row]) \(table.hour[row]) \(table.east[row]) \(table.north[row]) \
      \(table.kinds[Int(table.kind[row])]) \(table.places[Int(table.place[row])]) \
      \(table.divisions[Int(table.division[row])]) \(table.doors[Int(table.door[row])]) \(table.isFirst[row])
      """
    }
  }

  private func expectSame(_ store: IncidentStore, _ test: TestSite, seed: UInt64) async throws {
    let spans = [Self.always, (TestClock.start - .days(40))..<(TestClock.start - .days(3))]
    for (span, division) in zip(spans + spans, [nil, nil, SmallCity.east, SmallCity.west]) {
      let (from, to) = (span.lowerBound, span.upperBound)
      let plain = try await IncidentTable.read(from: from, to: to, division: division, of: test.site)
      #expect(lines(try store.table(from: from, to: to, division: division)) == lines(plain), "seed \(seed)")
    }
  }

  /// Whatever happens to cases, in whatever pieces it is followed, the files hold what the views hold.
  @Test(arguments: Engine.allCases, [1, 2] as [UInt64])
  func filesHoldWhatTheViewsHold(engine: Engine, seed: UInt64) async throws {
    try await withSite(engine) { test in
      try await withFolder { folder in
        let store = IncidentStore(test.site, folder: folder)
        #expect(try await store.refresh().rows == 0)
        var random = SeededRandom(seed: seed)
        for _ in 0..<3 {
          try await test.happenings(20, random: &random)
          try await test.untilSettled()
          try await store.refresh(reading: false)
          try await expectSame(store, test, seed: seed)
        }
        #expect(try await store.refresh().months == 0)
        try await expectSame(IncidentStore(test.site, folder: folder), test, seed: seed)
      }
    }
  }

  /// Columns that an older program left in the views are not there before the rebuild, and are after it.
  @Test(arguments: Engine.allCases)
  func whatWasReadBeforeARebuildThatWasDueIsReadAgain(engine: Engine) async throws {
    try await withSite(engine) { test in
      try await withFolder { folder in
        var random = SeededRandom(seed: 9)
        try await test.happenings(20, random: &random)
        try await test.site.database.write { connection in
          try connection.script("DELETE FROM view_builds; UPDATE case_reports SET is_first = 0, latitude = NULL")
        }
        let store = IncidentStore(test.site, folder: folder)
        try await store.refresh()
        _ = try await RebuildViews(test.site)()
        try await store.refresh()
        try await expectSame(store, test, seed: 9)
      }
    }
  }

  /// A file cut short, one with a wrong byte, one that is gone, a manifest cut short, a draft left behind.
  @Test(arguments: ["cut", "byte", "gone", "manifest", "draft"])
  func whatADeadProcessOrADiskLeftIsMadeAgain(damage: String) async throws {
    try await withSite { test in
      try await withFolder { folder in
        var random = SeededRandom(seed: 3)
        try await test.happenings(20, random: &random)
        try await IncidentStore(test.site, folder: folder).refresh()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let name = try #require(names.first { $0.hasSuffix(".incidents") })
        let file = folder.appendingPathComponent(damage == "manifest" ? "manifest.json" : name)
        var bytes = try Data(contentsOf: file)
        switch damage {
        case "byte": bytes[bytes.count - 40] ^= 1
        case "gone": try FileManager.default.removeItem(at: file)
        case "draft": try bytes.write(to: folder.appendingPathComponent("24312-0.incidents.draft"))
        default: bytes.removeLast(7)
        }
        if damage != "gone" { try bytes.write(to: file) }
        let store = IncidentStore(test.site, folder: folder)
        if damage != "draft" { #expect(throws: IncidentStore.NotGathered.self) { try store.count(Self.all) } }
        let written = try await store.refresh().months
        #expect((written == 0) == (damage == "draft"))
        try await expectSame(store, test, seed: 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == names)
      }
    }
  }
}
