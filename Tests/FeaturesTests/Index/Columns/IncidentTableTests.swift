import Domain
import Features
import Testing

@Suite struct IncidentTableTests {
  /// 2026-01-15, midnight in Shanghai.
  private static let day = Instant(milliseconds: 1_768_406_400_000)

  private func table(_ test: TestSite, division: String? = nil) async throws -> IncidentTable {
    try await IncidentTable.read(from: Self.day, to: Self.day + .days(1), division: division, of: test.site)
  }

  @Test(arguments: Engine.allCases)
  func aRowSaysWhenWhereAndWhat(engine: Engine) async throws {
    try await withSite(engine) { test in
      test.clock.advance(.hours(14) - .seconds(1))
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      test.clock.advance(.seconds(1))
      _ = try await test.report("电钻", kind: "noise.renovation")
      let table = try await table(test)
      #expect(table.count == 1, "the second belongs to the next day")
      #expect(table.seconds == [TestClock.start.milliseconds / 1_000 + 14 * 3_600 - 1])
      #expect(table.day.map { CivilDate(dayNumber: Int($0)).text } == ["2026-01-15"] && table.hour == [23])
      let metres = test.site.pack.grid.metres(of: SmallCity.inEast)
      #expect(abs(Double(table.east[0]) - metres.x) < 0.01 && abs(Double(table.north[0]) - metres.y) < 0.01)
      #expect(table.kinds[Int(table.kind[0])] == "noise.renovation")
      #expect(table.divisions[Int(table.division[0])] == SmallCity.east)
      #expect(table.doors[Int(table.door[0])] == "12345" && table.isFirst == [true])
    }
  }

  @Test(arguments: Engine.allCases)
  func oneDivisionOnly(engine: Engine) async throws {
    try await withSite(engine) { test in
      _ = try await test.report("装修噪音", kind: "noise.renovation")
      _ = try await test.report("拖欠工资", kind: "dispute.wages", at: SmallCity.inWest)
      #expect(try await table(test, division: SmallCity.district).count == 2)
      let west = try await table(test, division: SmallCity.west)
      #expect(west.kind.map { west.kinds[Int($0)] } == ["dispute.wages"])
    }
  }

  @Test(arguments: Engine.allCases)
  func reportsOfAMergedCaseCountOnceAndAreNotFirst(engine: Engine) async throws {
    try await withSite(engine) { test in
      let noise = try await test.report("装修噪音", kind: "noise.renovation")
      let again = try await test.report("拖欠工资", kind: "dispute.wages")
      let merge = MergeCases(test.site)
      _ = try await merge.merge(again.case, into: noise.case, by: TestSite.actor(.operator))
      var found = try await table(test)
      #expect(found.isFirst.sorted { $0 && !$1 } == [true, false])
      #expect(found.kind.allSatisfy { found.kinds[Int($0)] == "noise.renovation" })
      _ = try await merge.unmerge(again.case, by: TestSite.actor(.operator))
      found = try await table(test)
      #expect(found.isFirst == [true, true] && Set(found.kind).count == 2)
    }
  }

  /// The middle of the place stands for a report that names it and says no more.
  @Test func aPlaceWithoutAPointLiesInItsMiddle() async throws {
    try await withSite { test in
      let place = try #require(test.site.pack.places.first)
      _ = try await ReceiveReport(test.site)(
        IncomingReport(door: "12345", kind: "noise.renovation", text: "电钻", place: place.code),
        by: TestSite.actor(.operator))
      let table = try await table(test)
      let metres = test.site.pack.grid.metres(of: place.centre)
      #expect(table.places[Int(table.place[0])] == place.code)
      #expect(abs(Double(table.east[0]) - metres.x) < 0.01 && abs(Double(table.north[0]) - metres.y) < 0.01)
    }
  }
}
