import Domain
import Features
import Testing

/// Places as the desk hears of them.
@Suite struct FindPlacesTests {
  @Test(arguments: ["东苑", "dongyuan", "dy", "DY", "East C", "东镇东苑", "东院", "dongyaun", "东苑3号楼"])
  func aPlaceIsFoundByWhatIsSaidOfIt(query: String) async throws {
    try await withSite { test in
      #expect(FindPlaces(test.site).names(query, limit: 8).first?.code == "P1", "\(query)")
    }
  }

  @Test(arguments: Engine.allCases)
  func aPlatesNumberNamesItsPlace(engine: Engine) async throws {
    try await withSite(engine) { test in
      let made = try await PlatesTests.make(test, [.init(place: "P1"), .init(place: "P2", unit: "12号甲")])
      let find = FindPlaces(test.site)
      for query in ["2", "No. 2", "#2"] {
        let found = try await find(query)
        #expect(found.first?.place.code == "P2" && found.first?.plate == made[1], "\(query)")
      }
      #expect(try await find("3").isEmpty)
      #expect(try await find("99999999999999999999").isEmpty)
      #expect(try await find("0").isEmpty)
    }
  }
}
