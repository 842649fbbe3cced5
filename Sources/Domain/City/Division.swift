/// A point, WGS-84 degrees.
public struct Coordinate: Sendable, Hashable, Codable {
  public let latitude: Double
  public let longitude: Double
  public init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }
}

/// A polygon: an outer ring and its holes, each closed (first point = last point).
public struct Polygon: Sendable, Hashable {
  public let outer: [Coordinate]
  public let holes: [[Coordinate]]
  public init(outer: [Coordinate], holes: [[Coordinate]] = []) {
    self.outer = outer
    self.holes = holes
  }
}

/// An administrative area. Levels are storage formats.
public struct Division: Sendable, Hashable {
  public enum Level: String, Sendable, Hashable, Codable, CaseIterable { case district, town, community, grid }
  /// Numeric code after GB/T 2260 and 10114 (or the county's own), a child's code begins with its parent's.
  public let code: String
  public let parent: String?
  public let level: Level
  public let names: Texts
  public let polygons: [Polygon]
  /// How many people live there, where the pack says so; see ``CityPack/residents(division:)``.
  public let residents: Int?

  public init(code: String, parent: String?, level: Level, names: Texts, polygons: [Polygon], residents: Int? = nil) {
    self.code = code
    self.parent = parent
    self.level = level
    self.names = names
    self.polygons = polygons
    self.residents = residents
  }
}

/// An estate, a site, a street: what is counted and governed.
public struct Place: Sendable, Hashable {
  public let code: String
  public let division: String
  /// `estate`, `market`, `school`, `station`, `park` …: the pack's own word.
  public let use: String
  public let names: Texts
  public let centre: Coordinate
  public let polygon: Polygon?
  public let isPublished: Bool
  /// How many households live there, where the pack says so: what incidents in homes are counted over.
  public let households: Int?
  /// How many people live there, where the pack says so.
  public let residents: Int?

  public init(code: String, division: String, use: String, names: Texts, centre: Coordinate, polygon: Polygon?,
              isPublished: Bool, households: Int? = nil, residents: Int? = nil) {
    self.code = code
    self.division = division
    self.use = use
    self.names = names
    self.centre = centre
    self.polygon = polygon
    self.isPublished = isPublished
    self.households = households
    self.residents = residents
  }
}
