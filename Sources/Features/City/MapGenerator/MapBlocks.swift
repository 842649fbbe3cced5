import Foundation

/// Cuts a community into blocks by streets.
struct MapBlocks {
  struct Block {
    let community: Int
    let zone: MapPlan.Zone
    let shape: MapShape
    /// Streets and houses stand here; the rest is fields.
    let isBuilt: Bool
  }
  struct Street {
    let community: Int
    let ends: (Spot, Spot)
    let isMinor: Bool
  }
  /// A middle of a town or village in the country, and how far it reaches, in metres.
  struct Nucleus {
    let spot: Spot
    let reach: Double
  }

  private(set) var blocks: [Block] = []
  private(set) var streets: [Street] = []
  private let nuclei: [Nucleus]

  init(nuclei: [Nucleus]) { self.nuclei = nuclei }

  mutating func cut(_ shape: MapShape, community: Int, zone: MapPlan.Zone, _ numbers: inout MapNumbers) {
    let area = shape.area
    guard shape.corners.count >= 3, area > 1_500 else { return }
    let target = targetArea(zone, shape, area)
    let line = zone == .planned || zone == .industry
      ? gridLine(shape, zone) : area > target * numbers.between(0.75, 1.35) ? freeLine(shape, zone, &numbers) : nil
    guard let line else {
      blocks.append(Block(community: community, zone: zone, shape: shape, isBuilt: zone != .rural || area < 100_000))
      return
    }
    // In the country a way between two fields is no street.
    let isStreet = zone != .rural || area > 1_500_000 || area < 150_000
    if isStreet, let ends = shape.crossings(through: line.point, direction: line.direction) {
      streets.append(Street(community: community, ends: ends, isMinor: area < 260_000))
    }
    cut(shape.clipped(leftOf: line.point, direction: line.direction), community: community, zone: zone, &numbers)
    cut(shape.clipped(leftOf: line.point, direction: -line.direction), community: community, zone: zone, &numbers)
  }

  private func targetArea(_ zone: MapPlan.Zone, _ shape: MapShape, _ area: Double) -> Double {
    switch zone {
    case .old: return 15_000
    case .suburb: return 62_000
    case .planned, .industry: return 0
    case .rural:
      let middle = shape.centroid
      let reach = area.squareRoot() * 0.42
      let isNear = nuclei.contains { ($0.spot - middle).length - reach < $0.reach }
      return isNear ? 34_000 : 520_000
    }
  }

  /// Across the long side near its middle, a little askew.
  private func freeLine(_ shape: MapShape, _ zone: MapPlan.Zone,
                        _ numbers: inout MapNumbers) -> (point: Spot, direction: Spot) {
    let axis = shape.longAxis
    let (slack, skew) = zone == .old ? (0.16, 0.24) : zone == .suburb ? (0.08, 0.06) : (0.12, 0.14)
    let share = 0.5 + numbers.between(-slack, slack)
    let along = axis.long.lowerBound + (axis.long.upperBound - axis.long.lowerBound) * share
    let across = (axis.short.lowerBound + axis.short.upperBound) / 2
    let point = axis.direction * along + axis.direction.left * across
    return (point, axis.direction.left.turned(numbers.between(-skew, skew)))
  }

  /// The line of the plan's one grid nearest to the middle; nil once no line is left inside.
  private func gridLine(_ shape: MapShape, _ zone: MapPlan.Zone) -> (point: Spot, direction: Spot)? {
    let (turn, wide, high) = zone == .planned ? (0.14, 290.0, 230.0) : (-0.24, 430.0, 320.0)
    let along = Spot(cos(turn), sin(turn))
    let (u, v) = (shape.extent(along), shape.extent(along.left))
    let column = Self.nearest(u, wide)
    let row = Self.nearest(v, high)
    let isWide = (u.upperBound - u.lowerBound) / wide >= (v.upperBound - v.lowerBound) / high
    if let column, isWide || row == nil { return (along * column, along.left) }
    return row.map { (along.left * $0, along) }
  }

  private static func nearest(_ range: ClosedRange<Double>, _ size: Double) -> Double? {
    let middle = (range.lowerBound + range.upperBound) / 2
    let line = (middle / size).rounded() * size
    let margin = size * 0.28
    return line > range.lowerBound + margin && line < range.upperBound - margin ? line : nil
  }
}
