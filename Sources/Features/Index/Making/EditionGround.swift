import Domain
import Foundation
import Statistics

/// The area of an edition as cells, fine ones for maps and coarser ones for tests of significance.
struct EditionGround {
  let pack: CityPack
  /// Cells of 125 m, twice or four times that where there would be more than 256 of them side by side.
  let fine: Statistics.Grid
  /// Whether the middle of a fine cell lies in the area.
  let isInside: [Bool]
  private let polygons: [Polygon]

  private static let sideMost = 256

  init(pack: CityPack, division: String?) {
    self.pack = pack
    polygons = pack.division(division ?? pack.district)?.polygons ?? []
    let corners = polygons.flatMap(\.outer).map(pack.grid.metres)
    let (west, east) = (corners.map(\.x).min() ?? 0, corners.map(\.x).max() ?? 1)
    let (south, north) = (corners.map(\.y).min() ?? 0, corners.map(\.y).max() ?? 1)
    var cell = pack.grid.cellMetres / 2
    while max(east - west, north - south) / cell > Double(Self.sideMost - 4) { cell *= 2 }
    // On the lines of the pack's grid, coarse cells whole.
    let step = cell * 2
    let (left, bottom) = ((west / step).rounded(.down) * step, (south / step).rounded(.down) * step)
    let columns = 2 * Int(((east - left) / step).rounded(.up))
    let rows = 2 * Int(((north - bottom) / step).rounded(.up))
    let fine = Statistics.Grid(columns: max(2, columns), rows: max(2, rows), cell: cell, west: left, south: bottom)
    self.fine = fine
    let polygons = polygons
    isInside = (0..<fine.count).map { index in
      let (x, y) = fine.centre(of: index)
      let point = pack.grid.coordinate(x: x, y: y)
      return polygons.contains { $0.contains(point) }
    }
  }

  var coarse: Statistics.Grid {
    Statistics.Grid(columns: fine.columns / 2, rows: fine.rows / 2, cell: fine.cell * 2, west: fine.west,
                    south: fine.south)
  }

  /// From counts of fine cells to those of coarse ones.
  func coarsened(_ counts: [Int]) -> [Int] {
    var sums = [Int](repeating: 0, count: fine.count / 4)
    for (index, count) in counts.enumerated() where count > 0 { sums[coarseIndex(of: index)] += count }
    return sums
  }

  func coarseIndex(of cell: Int) -> Int {
    let (row, column) = cell.quotientAndRemainder(dividingBy: fine.columns)
    return row / 2 * (fine.columns / 2) + column / 2
  }

  /// Coarse cells of which at least one quarter lies in the area.
  var coarseInside: [Bool] {
    var inside = [Bool](repeating: false, count: fine.count / 4)
    for index in isInside.indices where isInside[index] { inside[coarseIndex(of: index)] = true }
    return inside
  }

  /// Square kilometres of polygons.
  func squareKilometres(_ polygons: [Polygon]) -> Double {
    polygons.reduce(0) { sum, polygon in
      sum + abs(ringArea(polygon.outer)) - polygon.holes.reduce(0) { $0 + abs(ringArea($1)) }
    } / 1e6
  }

  private func ringArea(_ ring: [Coordinate]) -> Double {
    let points = ring.map(pack.grid.metres)
    return zip(points, points.dropFirst()).reduce(0) { $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2 }
  }
}

extension Domain.Grid {
  /// Back from metres to degrees.
  func coordinate(x: Double, y: Double) -> Coordinate {
    let radians = Double.pi / 180
    let latitude = origin.latitude * radians
    let sine = sin(latitude) + y * cos(latitude) / Sphere.radiusMetres
    return Coordinate(
      latitude: asin(max(-1, min(1, sine))) / radians,
      longitude: origin.longitude + x / (Sphere.radiusMetres * cos(latitude)) / radians)
  }
}
