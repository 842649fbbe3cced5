/// Finds the areas around a point: a raster of 64 × 64 bins over the city lists the areas whose box touches the bin,
/// so that only a few polygons are tried exactly.
struct AreaIndex: Sendable {
  private static let side = 64
  private let box: Box
  private let latitudePerBin: Double
  private let longitudePerBin: Double
  private let entries: [Entry]
  /// Indices into `entries`, by row × side + column.
  private let bins: [[Int32]]

  private struct Entry: Sendable {
    let owner: Int
    let box: Box
    let polygon: Polygon
  }

  /// - Parameter areas: polygons of each owner, the owners in the order in which they are to be tried.
  init(_ areas: [(owner: Int, polygons: [Polygon])]) {
    let entries = areas.flatMap { area in
      area.polygons.map { Entry(owner: area.owner, box: $0.box, polygon: $0) }
    }
    let box = Box(entries.lazy.flatMap { $0.polygon.outer })
    let latitudePerBin = max((box.north - box.south) / Double(Self.side), 1e-9)
    let longitudePerBin = max((box.east - box.west) / Double(Self.side), 1e-9)
    var bins = [[Int32]](repeating: [], count: Self.side * Self.side)
    func bin(_ degrees: Double, _ start: Double, _ size: Double) -> Int {
      min(max(Int(((degrees - start) / size).rounded(.down)), 0), Self.side - 1)
    }
    for (index, entry) in entries.enumerated() where entry.box.south <= entry.box.north {
      let rows = bin(entry.box.south, box.south, latitudePerBin)...bin(entry.box.north, box.south, latitudePerBin)
      let columns = bin(entry.box.west, box.west, longitudePerBin)...bin(entry.box.east, box.west, longitudePerBin)
      for row in rows {
        for column in columns { bins[row * Self.side + column].append(Int32(index)) }
      }
    }
    self.entries = entries
    self.box = box
    self.latitudePerBin = latitudePerBin
    self.longitudePerBin = longitudePerBin
    self.bins = bins
  }

  /// The first owner whose area contains the point.
  func first(containing point: Coordinate) -> Int? {
    guard box.contains(point) else { return nil }
    let row = min(Int((point.latitude - box.south) / latitudePerBin), Self.side - 1)
    let column = min(Int((point.longitude - box.west) / longitudePerBin), Self.side - 1)
    for index in bins[row * Self.side + column] {
      let entry = entries[Int(index)]
      if entry.box.contains(point), entry.polygon.contains(point) { return entry.owner }
    }
    return nil
  }
}
