import Domain
import Foundation

/// What only maps draw of a city: roads and water. No rule reads it, so a pack is whole without it.
public struct MapDecoration: Sendable, Hashable {
  public struct Road: Sendable, Hashable {
    /// `trunk`, `primary`, `secondary`, `tertiary`, `residential`, `bridge`.
    public let use: String
    public let line: [Coordinate]
  }

  public let roads: [Road]
  public let water: [Polygon]

  public static let none = MapDecoration(roads: [], water: [])

  /// Reads what a pack's folder has of it; what is missing or is no GeoJSON is not drawn.
  public static func read(folder: URL) -> MapDecoration {
    let roads = file("roads.geojson", folder)
    let water = file("water.geojson", folder)
    return MapDecoration(
      roads: roads.features.compactMap { feature in
        guard feature.geometry["type"] as? String == "LineString" else { return nil }
        let line = (feature.geometry["coordinates"] as? [Any] ?? []).compactMap(roads.position)
        return Road(use: feature.properties["class"] as? String ?? "", line: line)
      },
      water: water.features.flatMap(water.polygons))
  }

  private static func file(_ name: String, _ folder: URL) -> GeoFile {
    let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    let archive = PackArchive(files: text.map { [name: $0] } ?? [:])
    return GeoFile(name: name, archive: archive, faults: FaultList())
  }
}
