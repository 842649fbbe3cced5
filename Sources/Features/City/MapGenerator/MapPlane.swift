import Domain
import Foundation

/// From the plan of the district (rings and spokes around the old town) to the ground.
///
/// The plan is bent smoothly and without folds: the outer rings swell and shrink, the line y = 0 of the plan becomes
/// the meandering river, and everything wavers a little, most in the old town. What shares an edge in the plan shares
/// it on the ground, so divisions have neither gaps nor overlaps.
struct MapPlane {
  /// A node of the plan: metres from the middle, and quarter degrees counter-clockwise from the east.
  struct Node: Hashable {
    let radius: Int
    let quarter: Int
    init(_ radius: Int, _ quarter: Int) {
      self.radius = radius
      // All spokes meet in the middle.
      self.quarter = radius == 0 ? 0 : (quarter % 1_440 + 1_440) % 1_440
    }
    var radians: Double { Double(quarter) * .pi / 720 }
    /// On the river, which comes from the west and leaves to the east.
    var isRiver: Bool { radius == 0 || quarter == 0 || quarter == 720 }
  }

  /// Open sea, far from any coast: nobody lives where the district lies.
  static let middle = Coordinate(latitude: 29.45, longitude: 124.08)
  /// Half of the strip that the river keeps free of blocks, in metres of the plan.
  static let riverStrip = 120.0
  private let phases: [Double]

  init(_ numbers: inout MapNumbers) { phases = (0..<24).map { _ in numbers.between(0, 2 * .pi) } }

  func spot(_ node: Node) -> Spot { bent(flat(radius: Double(node.radius), radians: node.radians)) }

  /// The plan laid flat: wider than high, its rim uneven.
  func flat(radius: Double, radians: Double) -> Spot {
    let outside = max(0, radius - 4_200)
    let rim = outside / 5_200
    let wide = 0.16 * sin(2 * radians + phases[0]) + 0.10 * sin(3 * radians + phases[1])
    let fine = 0.045 * sin(7 * radians + phases[2]) + 0.035 * sin(13 * radians + phases[3])
      + 0.02 * sin(29 * radians + phases[4]) + 0.012 * sin(53 * radians + phases[5])
    let reach = min(radius, 4_200) + outside * (1 + wide + fine * rim * rim)
    return Spot(reach * cos(radians) * 1.18, reach * sin(radians))
  }

  /// From the flat plan to the ground.
  func bent(_ flat: Spot) -> Spot {
    let near = exp(-(flat.y * flat.y) / (2_600 * 2_600))
    var spot = Spot(flat.x, flat.y + meander(flat.x) * near)
    spot += Spot(
      230 * sin(spot.y / 1_050 + phases[9]) + 90 * sin(spot.y / 410 + spot.x / 900 + phases[10]),
      200 * sin(spot.x / 1_150 + phases[11]) + 80 * sin(spot.x / 430 - spot.y / 800 + phases[12]))
    let old = exp(-(flat.x * flat.x + flat.y * flat.y) / (1_900 * 1_900))
    return spot + Spot(
      38 * sin(spot.y / 150 + phases[13]) + 20 * sin((spot.x + spot.y) / 130 + phases[14]),
      38 * sin(spot.x / 160 + phases[15]) + 20 * sin((spot.x - spot.y) / 125 + phases[16])) * old
  }

  private func meander(_ x: Double) -> Double {
    560 * sin(x / 860 + phases[6]) + 240 * sin(x / 470 + phases[7]) + 330 * sin(x / 1_900 + phases[8])
  }

  /// Half the width of the river at a place along it, in metres of the plan.
  func riverHalfWidth(_ x: Double) -> Double { 58 + 14 * sin(x / 700 + phases[17]) + x / 700 }

  func coordinate(_ spot: Spot) -> Coordinate {
    let perDegree = Sphere.radiusMetres * .pi / 180
    return Coordinate(
      latitude: Self.middle.latitude + spot.y / perDegree,
      longitude: Self.middle.longitude + spot.x / (perDegree * cos(Self.middle.latitude * .pi / 180)))
  }
}
