import Domain
import Testing

/// Expected values were reckoned with other people's implementations: prcoords 1.0.2 and, less exactly because of
/// another ellipsoid, eviltransform 0.1.1 (both on PyPI).
@Suite struct CoordinateSystemTests {
  struct Known: Sendable {
    let wgs84: Coordinate
    let gcj02: Coordinate
    let bd09: Coordinate
    let eviltransform: Coordinate

    init(_ wgs84: (Double, Double), gcj02: (Double, Double), bd09: (Double, Double), evil: (Double, Double)) {
      func point(_ pair: (Double, Double)) -> Coordinate { Coordinate(latitude: pair.0, longitude: pair.1) }
      self.wgs84 = point(wgs84)
      self.gcj02 = point(gcj02)
      self.bd09 = point(bd09)
      eviltransform = point(evil)
    }
  }

  static let known = [
    Known((31.1774276, 121.5272106), gcj02: (31.17530398364597, 121.531541859215),
          bd09: (31.181328606874466, 121.53801568643858), evil: (31.175303947687105, 121.53154193255554)),
    Known((39.9042, 116.4074), gcj02: (39.90560334316507, 116.41364225378803),
          bd09: (39.91186533561899, 116.42004633029816), evil: (39.90560336692766, 116.41364235948714)),
    Known((22.5431, 114.0579), gcj02: (22.54038281422246, 114.06301399856547),
          bd09: (22.546041559073544, 114.06956398703267), evil: (22.54038276821278, 114.06301408516)),
    Known((43.8256, 87.6168), gcj02: (43.82680539311119, 87.61964994946926),
          bd09: (43.83294979479328, 87.62609977081571), evil: (43.82680541352192, 87.61964999772701)),
    Known((18.2528, 109.5119), gcj02: (18.25109479173564, 109.51598429482667),
          bd09: (18.256876553759117, 109.52253179173881), evil: (18.251094762861612, 109.5159843639854)),
  ]

  private func isNear(_ one: Coordinate, _ other: Coordinate, within degrees: Double) -> Bool {
    abs(one.latitude - other.latitude) < degrees && abs(one.longitude - other.longitude) < degrees
  }

  @Test(arguments: known) func agreesWithOtherImplementations(_ known: Known) {
    let gcj02 = CoordinateSystem.gcj02.point(fromWGS84: known.wgs84)
    #expect(isNear(gcj02, known.gcj02, within: 1e-9))
    #expect(isNear(gcj02, known.eviltransform, within: 2e-7))
    #expect(isNear(CoordinateSystem.bd09.point(fromWGS84: known.wgs84), known.bd09, within: 1e-9))
  }

  @Test(arguments: known) func convertsBack(_ known: Known) {
    #expect(isNear(CoordinateSystem.gcj02.wgs84(known.gcj02), known.wgs84, within: 1e-9))
    #expect(isNear(CoordinateSystem.bd09.wgs84(known.bd09), known.wgs84, within: 1e-9))
    #expect(CoordinateSystem.wgs84.wgs84(known.wgs84) == known.wgs84)
  }

  /// Everywhere the shift applies, on a lattice of 0.7 degrees.
  @Test func theInverseHoldsEverywhere() {
    var worst = 0.0
    for row in 0..<70 {
      for column in 0..<90 {
        let point = Coordinate(latitude: 3 + Double(row) * 0.7, longitude: 73 + Double(column) * 0.7)
        for system in [CoordinateSystem.gcj02, .bd09] {
          let back = system.wgs84(system.point(fromWGS84: point))
          worst = max(worst, abs(back.latitude - point.latitude), abs(back.longitude - point.longitude))
        }
      }
    }
    #expect(worst < 1e-9)
  }

  @Test func outsideTheBoxNothingIsShifted() {
    let london = Coordinate(latitude: 51.5, longitude: -0.12)
    for system in CoordinateSystem.allCases {
      #expect(system.wgs84(london) == london)
      #expect(system.point(fromWGS84: london) == london)
    }
  }
}
