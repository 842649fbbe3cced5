import Domain
import Features

/// The district drawn once: land, water, roads and the outlines of its towns, in units of a picture 1000 wide.
struct MapDrawing: Sendable {
  struct Town: Sendable {
    let code: String
    let names: Texts
    let path: String
    let labelX: Int
    let labelY: Int
  }

  static let width = 1_000.0
  let height: Int
  let towns: [Town]
  let svg: String
  private let origin: (x: Double, y: Double)
  private let scale: Double
  private let grid: Grid
  private let north: Double

  init(pack: CityPack, decoration: MapDecoration) {
    let grid = pack.grid
    let edge = pack.divisions.filter { $0.level == .district }.flatMap(\.polygons).flatMap(\.outer).map(grid.metres)
    let all = edge.isEmpty ? pack.divisions.flatMap(\.polygons).flatMap(\.outer).map(grid.metres) : edge
    let (west, east) = (all.map(\.x).min() ?? 0, all.map(\.x).max() ?? 1)
    let (south, north) = (all.map(\.y).min() ?? 0, all.map(\.y).max() ?? 1)
    let margin = (east - west) * 0.02
    self.grid = grid
    self.north = north + margin
    origin = (west - margin, south - margin)
    scale = Self.width / max(east - west + 2 * margin, 1)
    height = Int(((north - south + 2 * margin) * scale).rounded(.up))
    let project = Projection(grid: grid, west: west - margin, north: north + margin, scale: scale)
    let level = pack.divisions.contains { $0.level == .town } ? Division.Level.town : .district
    towns = pack.divisions.filter { $0.level == level }.map { Town($0, project) }
    svg = Self.picture(pack, decoration, towns, project, height: height)
  }

  /// Where a point lies in the picture; nil outside of it.
  func position(_ point: Coordinate) -> (x: Int, y: Int)? {
    let place = Projection(grid: grid, west: origin.x, north: north, scale: scale)(point)
    guard (0...Int(Self.width)).contains(place.x), (0...height).contains(place.y) else { return nil }
    return place
  }

  private static func picture(_ pack: CityPack, _ decoration: MapDecoration, _ towns: [Town], _ project: Projection,
                              height: Int) -> String {
    let land = pack.divisions.filter { $0.level == .district }.flatMap(\.polygons).map(project.path).joined()
    let water = decoration.water.map(project.path).joined()
    let roads = Dictionary(grouping: decoration.roads, by: \.use)
    let lines = [("residential", "r4"), ("tertiary", "r3"), ("secondary", "r2"), ("primary", "r1"), ("trunk", "r1"),
                 ("bridge", "r2")].compactMap { use, style in
      roads[use].map { "<path class=\"\(style)\" d=\"\($0.map { project.line($0.line) }.joined())\"/>" }
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 \(height)"><style>\(style)</style>\
      <clipPath id="c"><path d="\(land)"/></clipPath><path class="land" d="\(land)"/>\
      <g clip-path="url(#c)"><path class="water" d="\(water)"/>\(lines.joined())</g>\
      <path class="towns" d="\(towns.map(\.path).joined())"/></svg>
      """
  }

  /// The same in its dark colours, whatever the browser prefers.
  var darkSVG: String { svg.replacing("@media(prefers-color-scheme:dark)", with: "@media all") }

  private static let style = """
    .land{fill:#f3f1ea}.water{fill:#b9d7e8}.r1,.r2,.r3,.r4{fill:none;stroke:#fff;stroke-linejoin:round}\
    .r1{stroke-width:5;stroke:#e9cf9b}.r2{stroke-width:3.5}.r3{stroke-width:2.2}.r4{stroke-width:1}\
    .towns{fill:none;stroke:#9a958a;stroke-width:1.4;stroke-dasharray:5 3}\
    @media(prefers-color-scheme:dark){.land{fill:#202a33}.water{fill:#14394f}\
    .r2,.r3,.r4{stroke:#33414d}.r1{stroke:#5d5438}.towns{stroke:#6d7b86}}
    """
}

/// From degrees to whole units of the picture.
struct Projection: Sendable {
  let grid: Grid
  let west: Double
  let north: Double
  let scale: Double

  func callAsFunction(_ point: Coordinate) -> (x: Int, y: Int) {
    let metres = grid.metres(of: point)
    func whole(_ value: Double) -> Int { Int(max(-1e6, min(1e6, value)).rounded()) }
    return (whole((metres.x - west) * scale), whole((north - metres.y) * scale))
  }

  func path(_ polygon: Polygon) -> String { ([polygon.outer] + polygon.holes).map { line($0) + "Z" }.joined() }

  /// Points that fall together in the picture are drawn once.
  func line(_ points: [Coordinate]) -> String {
    var last: (x: Int, y: Int)?
    var text = ""
    for (index, point) in points.enumerated() {
      let place = self(point)
      if let last, index < points.count - 1, abs(last.x - place.x) + abs(last.y - place.y) < 3 { continue }
      text += (last == nil ? "M" : "L") + "\(place.x) \(place.y)"
      last = place
    }
    return text
  }
}

extension MapDrawing.Town {
  init(_ division: Division, _ project: Projection) {
    code = division.code
    names = division.names
    path = division.polygons.map(project.path).joined()
    let places = division.polygons.flatMap(\.outer).map { project($0) }
    let (left, right) = (places.map(\.x).min() ?? 0, places.map(\.x).max() ?? 0)
    let (top, bottom) = (places.map(\.y).min() ?? 0, places.map(\.y).max() ?? 0)
    labelX = (left + right) / 2
    labelY = (top + bottom) / 2
  }
}
