import Foundation

/// River, stream, lakes and ponds.
struct MapWater {
  struct Body {
    /// `river`, `stream`, `lake`, `pond`.
    let kind: String
    let names: (zh: String, en: String)?
    let rim: [Spot]
  }

  private(set) var bodies: [Body]

  init(plane: MapPlane, blocks: [MapBlocks.Block], parks: [MapSites.Site], _ numbers: inout MapNumbers) {
    bodies = [Self.river(plane), Self.stream(plane)]
    let fields = blocks.filter { !$0.isBuilt && $0.shape.area > 300_000 }
    for field in numbers.shuffled(fields).prefix(16) {
      bodies.append(Body(kind: "pond", names: nil, rim: Self.blob(in: field.shape, share: 0.2, &numbers)))
    }
    for park in parks.sorted(by: { $0.shape.area > $1.shape.area }).prefix(5) {
      bodies.append(Body(kind: "lake", names: nil, rim: Self.blob(in: park.shape, share: 0.5, &numbers)))
    }
  }

  private static func river(_ plane: MapPlane) -> Body {
    let xs = stride(from: -MapPlan.radius, through: MapPlan.radius, by: 80).map { MapRoads.riverX($0, plane) }
    func bank(_ side: Double) -> [Spot] { xs.map { plane.bent(Spot($0, side * plane.riverHalfWidth($0))) } }
    return Body(kind: "river", names: ("榕溪", "Rongxi River"), rim: bank(-1) + bank(1).reversed())
  }

  private static func stream(_ plane: MapPlane) -> Body {
    let down = stride(from: MapPlan.radius, through: MapPlan.moat, by: -200).map {
      plane.spot(.init($0, MapPlan.streamQuarter))
    }
    let moat = stride(from: MapPlan.streamQuarter + 20, through: 720, by: 20).map {
      plane.spot(.init(MapPlan.moat, $0))
    }
    let line = down + moat
    let sides = line.indices.map { index -> (Spot, Spot) in
      let along = line[min(index + 1, line.count - 1)] - line[max(index - 1, 0)]
      let half = along.left / along.length * (8 + 9 * Double(index) / Double(line.count))
      return (line[index] + half, line[index] - half)
    }
    return Body(
      kind: "stream", names: ("砧溪", "Zhenxi Stream"), rim: sides.map(\.1) + sides.map(\.0).reversed())
  }

  /// A rounded, uneven shape in the middle of a block.
  private static func blob(in shape: MapShape, share: Double, _ numbers: inout MapNumbers) -> [Spot] {
    let middle = shape.centroid
    let axis = shape.longAxis
    let long = (axis.long.upperBound - axis.long.lowerBound) / 2 * share
    let short = (axis.short.upperBound - axis.short.lowerBound) / 2 * share
    let phase = numbers.between(0, 6.28)
    return (0..<28).map { step in
      let angle = Double(step) * .pi / 14
      let reach = 1 + 0.16 * sin(2 * angle + phase) + 0.1 * sin(3 * angle - phase)
      return middle + axis.direction * (long * cos(angle) * reach) + axis.direction.left * (short * sin(angle) * reach)
    }
  }
}
