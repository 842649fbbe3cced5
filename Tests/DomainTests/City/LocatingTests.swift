import Domain
import Testing

@Suite struct LocatingTests {
  let pack = SmallPack.pack(places: [
    place("P1", 10.02, 20.02, SmallPack.square(10.01, 20.01, 10.03, 20.03)), place("P2", 10.02, 20.04, nil),
  ])

  private static func place(_ code: String, _ latitude: Double, _ longitude: Double, _ polygon: Polygon?) -> Place {
    Place(code: code, division: "010101", use: "estate", names: SmallPack.texts(code),
          centre: Coordinate(latitude: latitude, longitude: longitude), polygon: polygon, isPublished: true)
  }

  private func at(_ latitude: Double, _ longitude: Double) -> Coordinate {
    Coordinate(latitude: latitude, longitude: longitude)
  }

  @Test func theDeepestDivisionIsFound() {
    #expect(pack.division(containing: at(10.02, 20.05))?.code == "010101")
    #expect(pack.division(containing: at(10.07, 20.05))?.code == "010102")
    #expect(pack.division(containing: at(10.07, 20.15))?.code == SmallPack.east)
    #expect(pack.division(containing: at(10.2, 20.15)) == nil)
    #expect(pack.division(containing: at(.nan, 20.15)) == nil)
    #expect(pack.place(near: at(.nan, 20.15)) == nil)
    #expect(pack.place(near: at(10, .infinity)) == nil)
  }

  /// A point on a border belongs to one side, never to none or both.
  @Test func aPointOnABorderBelongsToOneSide() {
    #expect(pack.division(containing: at(10.05, 20.05)) != nil)
    #expect(pack.division(containing: at(10.02, 20.1)) != nil)
    let towns = pack.divisions.filter { $0.level == .town }
    for step in 1..<100 {
      let point = at(10 + Double(step) / 1_000, 20.1)
      #expect(towns.count { $0.polygons[0].contains(point) } == 1)
    }
  }

  @Test func holesAreNotInside() {
    let ring = SmallPack.square(0, 0, 3, 3)
    let polygon = Polygon(outer: ring.outer, holes: [SmallPack.square(1, 1, 2, 2).outer])
    #expect(polygon.contains(at(0.5, 0.5)))
    #expect(!polygon.contains(at(1.5, 1.5)))
    #expect(polygon.contains(at(2.5, 2.5)))
  }

  @Test func theIndexEqualsTryingEveryPolygon() {
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<3_000 {
      let point = at(.random(in: 9.99...10.11, using: &numbers), .random(in: 19.99...20.21, using: &numbers))
      let leaves = pack.leafDivisions.filter { $0.polygons.contains { $0.contains(point) } }
      #expect(pack.division(containing: point)?.code == leaves.first?.code)
    }
  }

  @Test func aPlaceContainsItsGroundAndOthersAreFoundByTheirCentre() {
    #expect(pack.place(containing: at(10.011, 20.029))?.code == "P1")
    #expect(pack.place(containing: at(10.02, 20.04)) == nil)
    #expect(pack.place(near: at(10.021, 20.0395))?.code == "P2")
    #expect(pack.place(near: at(10.021, 20.045)) == nil)
    #expect(pack.place(near: at(10.021, 20.045), withinMetres: 600)?.code == "P2")
  }

  @Test func divisionsLieWithinThoseAbove() {
    #expect(pack.divisionPath("010101") == ["010101", SmallPack.west, "01"])
    #expect(pack.isDivision("010101", within: "01"))
    #expect(!pack.isDivision("010101", within: SmallPack.east))
    #expect(pack.leafDivisions.map(\.code) == ["010101", "010102", SmallPack.east])
  }

  @Test func aDoorWithoutADeskOfItsOwnGoesToTheCommonOne() {
    #expect(pack.desk(door: "110") == "police")
    #expect(pack.desk(door: "app") == "office")
  }
}
