import Domain
import Features

/// The area of an edition drawn once for all its maps: land, water, main roads and the outlines of what lies in it.
struct EditionGroundPlan: Sendable {
  static let width = 640.0
  let height: Double
  let shapes: [Picture.Shape]
  let land: String
  private let scale: Double
  private let grid: EditionGrid

  init(_ edition: Edition, pack: CityPack, decoration: MapDecoration) {
    let grid = edition.grid
    let scale = Self.width / (Double(grid.columns) * grid.cellMetres)
    self.grid = grid
    self.scale = scale
    height = (Double(grid.rows) * grid.cellMetres * scale).rounded(.up)
    let project = { (point: Coordinate) in
      let metres = pack.grid.metres(of: point)
      return Self.place(metres.x, metres.y, grid, scale)
    }
    func path(_ polygons: [Polygon]) -> String {
      polygons.flatMap { [$0.outer] + $0.holes }.map { Self.thinned($0.map(project)) + "z" }.joined()
    }
    let area = pack.division(edition.area.code)
    land = path(area?.polygons ?? [])
    let parts = pack.divisions.filter { $0.parent == area?.code }
    var shapes = [Picture.Shape(path: path(decoration.water), tone: "water")]
    for (uses, tone) in [(["secondary"], "r2"), (["primary", "trunk", "bridge"], "r1")] {
      let lines = decoration.roads.filter { uses.contains($0.use) }.map { Self.thinned($0.line.map(project)) }
      shapes.append(.init(path: lines.joined(), tone: tone))
    }
    shapes.append(.init(path: path(parts.flatMap(\.polygons)), tone: "towns"))
    self.shapes = shapes.filter { !$0.path.isEmpty }
  }

  private static func place(_ x: Double, _ y: Double, _ grid: EditionGrid, _ scale: Double) -> (x: Double, y: Double) {
    let north = grid.south + Double(grid.rows) * grid.cellMetres
    return ((x - grid.west) * scale, (north - y) * scale)
  }

  /// Points nearer to one another than a line is wide are left out.
  private static func thinned(_ points: [(x: Double, y: Double)]) -> String {
    var kept: [(x: Double, y: Double)] = []
    for (index, point) in points.enumerated() {
      if let last = kept.last, index < points.count - 1, abs(last.x - point.x) + abs(last.y - point.y) < 1.5 {
        continue
      }
      kept.append(point)
    }
    return Picture.line(kept)
  }

  /// A fine cell's corner in the north-west, and its side.
  func corner(column: Int, row: Int, cells: Int = 1) -> (x: Double, y: Double, side: Double) {
    let side = grid.cellMetres * scale * Double(cells)
    let rows = grid.rows / cells
    return (Double(column) * side, Double(rows - 1 - row) * side, side)
  }

  func length(metres: Double) -> Double { metres * scale }
}
