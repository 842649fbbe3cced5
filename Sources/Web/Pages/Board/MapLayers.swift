import Domain
import Features
import Hummingbird

/// The layers of the district's map as GeoJSON, made once: divisions and places of the pack, and what its folder has of
/// roads, water and buildings.
struct MapLayers: Sendable {
  /// `west,south,east,north`
  let bounds: String
  private let files: [String: FixedFile]

  private static let type = "application/geo+json"
  /// More names than this are a gazetteer, not a map.
  private static let placesMax = 5_000

  init(pack: CityPack, decoration: MapDecoration) {
    var files: [String: FixedFile] = decoration.layers.mapValues { FixedFile(Self.type, Array($0)) }
    files["divisions"] = FixedFile(Self.type, Self.collection(pack.divisions.flatMap(Self.features)))
    if pack.places.count <= Self.placesMax {
      let names = pack.places.map { Self.feature(Self.names($0.names, [:]), "Point", Self.position($0.centre)) }
      files["places"] = FixedFile(Self.type, Self.collection(names))
    }
    self.files = files
    bounds = Self.bounds(pack.divisions.flatMap(\.polygons).flatMap(\.outer) + pack.places.map(\.centre))
  }

  static func bounds(_ points: [Coordinate]) -> String {
    let (west, east) = (points.map(\.longitude).min() ?? -1, points.map(\.longitude).max() ?? 1)
    let (south, north) = (points.map(\.latitude).min() ?? -1, points.map(\.latitude).max() ?? 1)
    return "\(west),\(south),\(east),\(north)"
  }

  /// Where each layer is.
  var links: [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.key, PageURL.mapLayer($0.key).link([("v", $0.value.version)])) })
  }

  /// - Throws: ``ProblemKind/unknownAddress``.
  func response(_ name: String, _ call: PageCall) throws -> Response {
    guard let file = files[name] else { throw Problem(.unknownAddress) }
    return file.response(call, isPrivate: true)
  }

  // MARK: - GeoJSON (RFC 7946)

  /// The area, and a point for its name: an area cut into tiles would bear one in each.
  private static func features(_ division: Division) -> [String] {
    let names = names(division.names, ["code": division.code, "level": division.level.rawValue])
    let rings = division.polygons.map { polygon in
      "[" + ([polygon.outer] + polygon.holes).map(line).joined(separator: ",") + "]"
    }
    guard let largest = division.polygons.max(by: { $0.outer.count < $1.outer.count })?.outer else { return [] }
    let (longitudes, latitudes) = (largest.map(\.longitude), largest.map(\.latitude))
    let middle = Coordinate(latitude: ((latitudes.min() ?? 0) + (latitudes.max() ?? 0)) / 2,
                            longitude: ((longitudes.min() ?? 0) + (longitudes.max() ?? 0)) / 2)
    return [feature(names, "MultiPolygon", "[" + rings.joined(separator: ",") + "]"),
            feature(names, "Point", position(middle))]
  }

  private static func names(_ names: Texts, _ more: [String: String]) -> String {
    JSON.text(["zh": names.zh, "en": names.en].merging(more) { old, _ in old })
  }

  private static func feature(_ properties: String, _ type: String, _ coordinates: String) -> String {
    """
    {"type":"Feature","properties":\(properties),"geometry":{"type":"\(type)","coordinates":\(coordinates)}}
    """
  }

  private static func collection(_ features: [String]) -> [UInt8] {
    Array("{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ",\n"))]}".utf8)
  }

  private static func line(_ points: [Coordinate]) -> String { "[" + points.map(position).joined(separator: ",") + "]" }

  private static func position(_ point: Coordinate) -> String { "[\(point.longitude),\(point.latitude)]" }
}
