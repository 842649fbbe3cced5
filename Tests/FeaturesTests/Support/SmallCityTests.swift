import Domain
import Features
import Testing

@Suite struct SmallCityTests {
  @Test func thePackIsSound() throws {
    do {
      let pack = try CityPackReader.read(archive: SmallCity.archive)
      #expect(pack.division(containing: SmallCity.inEast)?.code == SmallCity.east)
      #expect(pack.division(containing: SmallCity.inWest)?.code == SmallCity.west)
    } catch {
      Issue.record("\(error.faults.map { "\($0.file):\($0.line) \($0.what.en)" })")
    }
  }

  @Test(arguments: Engine.allCases)
  func aReportBecomesACase(engine: Engine) async throws {
    try await withSite(engine) { test in
      let report = IncomingReport(door: "12345", text: "楼上装修电钻太吵", coordinate: SmallCity.inEast)
      let receipt = try await ReceiveReport(test.site)(report, by: TestSite.actor(.operator))
      #expect(receipt.kind == "noise.renovation")
      #expect(receipt.agency == "town-east")
      #expect(receipt.receivedAt == test.clock.now)
    }
  }
}
