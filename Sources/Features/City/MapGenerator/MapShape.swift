import Foundation

/// Metres east and north of the middle of the district.
typealias Spot = SIMD2<Double>

/// A simple polygon in metres, counter-clockwise, without the repeated last corner.
struct MapShape {
  var corners: [Spot]

  var area: Double {
    corners.indices.reduce(0) { $0 + corners[$1].cross(corners[($1 + 1) % corners.count]) / 2 }
  }

  var centroid: Spot {
    let area = area
    guard area > 1e-6 else { return corners.first ?? .zero }
    // Reckoned from the first corner: the numbers stay small.
    let origin = corners[0]
    let sum = corners.indices.reduce(Spot.zero) { sum, index in
      let (one, next) = (corners[index] - origin, corners[(index + 1) % corners.count] - origin)
      return sum + (one + next) * one.cross(next)
    }
    return origin + sum / (6 * area)
  }

  /// What lies to the left of a directed line (Sutherland and Hodgman's clipping by one edge).
  func clipped(leftOf point: Spot, direction: Spot) -> MapShape {
    var kept: [Spot] = []
    for index in corners.indices {
      let (one, next) = (corners[index], corners[(index + 1) % corners.count])
      let (side, nextSide) = (direction.cross(one - point), direction.cross(next - point))
      if side >= 0 { kept.append(one) }
      if (side > 0 && nextSide < 0) || (side < 0 && nextSide > 0) {
        kept.append(one + (next - one) * (side / (side - nextSide)))
      }
    }
    return MapShape(corners: kept)
  }

  /// The convex heart of the shape, so far from every edge; nil when nothing is left.
  func inset(_ metres: Double) -> MapShape? {
    var shape = self
    for index in corners.indices {
      let (one, next) = (corners[index], corners[(index + 1) % corners.count])
      let length = (next - one).length
      guard length > 0.5 else { continue }
      let along = (next - one) / length
      shape = shape.clipped(leftOf: one + along.left * metres, direction: along)
      if shape.corners.count < 3 { return nil }
    }
    shape.corners = shape.corners.enumerated().filter { index, corner in
      (shape.corners[(index + 1) % shape.corners.count] - corner).length > 1
    }.map(\.element)
    return shape.corners.count >= 3 && shape.area > 200 ? shape : nil
  }

  /// Where a line through a point crosses the shape: the first and the last crossing.
  func crossings(through point: Spot, direction: Spot) -> (Spot, Spot)? {
    let places = corners.indices.compactMap { index -> Double? in
      let (one, next) = (corners[index], corners[(index + 1) % corners.count])
      let (side, nextSide) = (direction.cross(one - point), direction.cross(next - point))
      guard (side >= 0) != (nextSide >= 0) else { return nil }
      return (one + (next - one) * (side / (side - nextSide)) - point).dot(direction)
    }
    guard let first = places.min(), let last = places.max(), last > first else { return nil }
    return (point + direction * first, point + direction * last)
  }

  /// For convex shapes.
  func contains(_ spot: Spot) -> Bool {
    corners.indices.allSatisfy { index in
      (corners[(index + 1) % corners.count] - corners[index]).cross(spot - corners[index]) >= 0
    }
  }

  /// The direction of the long side of the smallest rectangle around the shape, and its extents.
  var longAxis: (direction: Spot, long: ClosedRange<Double>, short: ClosedRange<Double>) {
    let step = max(1, corners.count / 14)
    var best: (direction: Spot, long: ClosedRange<Double>, short: ClosedRange<Double>, area: Double)?
    for index in stride(from: 0, to: corners.count, by: step) {
      let edge = corners[(index + step) % corners.count] - corners[index]
      guard edge.length > 1 else { continue }
      let along = edge / edge.length
      let (u, v) = (extent(along), extent(along.left))
      let area = (u.upperBound - u.lowerBound) * (v.upperBound - v.lowerBound)
      guard area < best?.area ?? .infinity else { continue }
      let isLong = u.upperBound - u.lowerBound >= v.upperBound - v.lowerBound
      best = isLong ? (along, u, v, area) : (along.left, v, extent(-along), area)
    }
    guard let best else { return (Spot(1, 0), extent(Spot(1, 0)), extent(Spot(0, 1))) }
    return (best.direction, best.long, best.short)
  }

  /// The least and greatest coordinate along a direction.
  func extent(_ direction: Spot) -> ClosedRange<Double> {
    let places = corners.map { $0.dot(direction) }
    return (places.min() ?? 0)...(places.max() ?? 0)
  }
}

extension SIMD2<Double> {
  func cross(_ other: Spot) -> Double { x * other.y - y * other.x }
  func dot(_ other: Spot) -> Double { x * other.x + y * other.y }
  var length: Double { (x * x + y * y).squareRoot() }
  /// Turned a quarter counter-clockwise.
  var left: Spot { Spot(-y, x) }
  func turned(_ radians: Double) -> Spot {
    Spot(x * cos(radians) - y * sin(radians), x * sin(radians) + y * cos(radians))
  }
}
