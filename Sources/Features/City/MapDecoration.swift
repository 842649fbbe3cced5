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
  /// The files as they are (GeoJSON), by `roads`, `water`, `buildings`: browsers draw them.
  public let layers: [String: Data]

  public static let none = MapDecoration(roads: [], water: [], layers: [:])

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
      water: water.features.flatMap(water.polygons),
      layers: Dictionary(uniqueKeysWithValues: layerNames.compactMap { name in
        layer(folder.appendingPathComponent(name + ".geojson")).map { (name, $0) }
      }))
  }

  private static let layerNames = ["roads", "water", "buildings"]

  private struct Head: Decodable {
    let type: String
  }

  private static func layer(_ file: URL) -> Data? {
    // Only its head is decoded: as objects, megabytes of positions would take fifty times of that.
    guard let data = try? Data(contentsOf: file),
      (try? JSONDecoder().decode(Head.self, from: data))?.type == "FeatureCollection"
    else { return nil }
    return data
  }

  private static func file(_ name: String, _ folder: URL) -> GeoFile {
    let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    let archive = PackArchive(files: text.map { [name: $0] } ?? [:])
    return GeoFile(name: name, archive: archive, faults: FaultList())
  }
}
