import Foundation

/// Draws the buildings of a block.
struct MapHouses {
  private struct Style {
    let long: ClosedRange<Double>
    let deep: ClosedRange<Double>
    let gap: Double
    let rowGap: Double
    /// Share left out.
    let bare: Double
    /// Greatest turn away from the row, radians.
    let skew: Double
  }

  /// Rectangles as corners, counter-clockwise.
  static func houses(in block: MapShape, use: MapUse, zone: MapPlan.Zone, _ numbers: inout MapNumbers) -> [[Spot]] {
    guard let style = style(use, zone), let ground = block.inset(5) else { return [] }
    if use == .market { return ground.inset(8).map { [$0.corners] } ?? [] }
    let along = facingSouth(ground)
    let (u, v) = (ground.extent(along), ground.extent(along.left))
    var houses: [[Spot]] = []
    var y = v.lowerBound + 2
    while y < v.upperBound {
      let deep = numbers.between(style.deep.lowerBound, style.deep.upperBound)
      var x = u.lowerBound + numbers.between(0, 6)
      while x < u.upperBound {
        let long = numbers.between(style.long.lowerBound, style.long.upperBound)
        let middle = along * (x + long / 2) + along.left * (y + deep / 2)
        let turn = numbers.between(-style.skew, style.skew)
        let corners = Self.rectangle(middle, along.turned(turn), long, deep)
        if numbers.unit() >= style.bare, corners.allSatisfy(ground.contains) { houses.append(corners) }
        x += long + style.gap
      }
      y += deep + style.rowGap
    }
    return houses
  }

  private static func style(_ use: MapUse, _ zone: MapPlan.Zone) -> Style? {
    switch (use, zone) {
    case (.park, _): nil
    case (.industry, _): Style(long: 70...120, deep: 36...52, gap: 20, rowGap: 24, bare: 0.12, skew: 0)
    case (.office, _): Style(long: 30...38, deep: 28...34, gap: 42, rowGap: 44, bare: 0.1, skew: 0)
    case (.school, _): Style(long: 46...64, deep: 14...18, gap: 30, rowGap: 38, bare: 0.35, skew: 0)
    case (.hospital, _): Style(long: 50...70, deep: 18...24, gap: 18, rowGap: 28, bare: 0.1, skew: 0)
    case (.station, _): Style(long: 60...90, deep: 16...22, gap: 40, rowGap: 60, bare: 0.2, skew: 0)
    case (.shoppingStreet, _): Style(long: 18...30, deep: 16...20, gap: 3, rowGap: 12, bare: 0, skew: 0)
    case (.village, _), (_, .rural): Style(long: 16...24, deep: 12...14, gap: 14, rowGap: 22, bare: 0.3, skew: 0.12)
    case (_, .old): Style(long: 18...38, deep: 13...19, gap: 6, rowGap: 9, bare: 0.12, skew: 0.05)
    case (_, .planned): Style(long: 44...58, deep: 14...16, gap: 16, rowGap: 36, bare: 0.03, skew: 0)
    default: Style(long: 44...60, deep: 14...16, gap: 15, rowGap: 34, bare: 0.05, skew: 0)
    }
  }

  /// The side of the block that lies nearest to east and west: rows face south.
  private static func facingSouth(_ ground: MapShape) -> Spot {
    let axis = ground.longAxis.direction
    let along = abs(axis.x) >= abs(axis.y) ? axis : axis.left
    return along.x >= 0 ? along : -along
  }

  private static func rectangle(_ middle: Spot, _ along: Spot, _ long: Double, _ deep: Double) -> [Spot] {
    let (u, v) = (along * (long / 2), along.left * (deep / 2))
    return [middle - u - v, middle + u - v, middle + u + v, middle - u + v]
  }
}
