import Domain
import Foundation

/// The maps of an edition as GeoJSON (RFC 7946): cells and circles, never a point closer than a cell.
struct EditionGeography {
  let edition: Edition
  let grid: Domain.Grid

  /// What writes each file, by its name.
  var writers: [String: () throws -> [UInt8]] {
    func collection(_ features: [String]) -> [UInt8] {
      Array("{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}\n".utf8)
    }
    return [
      "cells.geojson": { collection(cells) }, "hotspots.geojson": { collection(hotSpots) },
      "clusters.geojson": { collection(clusters) },
    ]
  }

  /// Runs of cells of one step: rectangles.
  private var cells: [String] {
    (edition.maps + [edition.night.map]).flatMap { map in
      map.runs.map { run in
        let from = EditionMap.steps[run[3] - 1]
        return feature(
          "\"map\":\"\(map.code)\",\"step\":\(run[3]),\"times_mean\":\(EditionTables.text(from))",
          rectangle(column: run[1], row: run[0], columns: run[2], side: edition.grid.cellMetres))
      }
    }
  }

  private var hotSpots: [String] {
    edition.hotSpots.flatMap { map in
      map.cells.map { cell in
        feature(
          "\"map\":\"\(map.code)\",\"z\":\(EditionTables.text(cell.z)),\"chance\":\(EditionTables.text(cell.chance))",
          rectangle(column: cell.column, row: cell.row, columns: 1, side: edition.grid.cellMetres * 2))
      } + map.forecast.map { cell in
        feature("\"map\":\"\(map.code)\",\"forecast\":true",
                rectangle(column: cell[0], row: cell[1], columns: 1, side: edition.grid.cellMetres * 2))
      }
    }
  }

  private var clusters: [String] {
    edition.clusters.map { cluster in
      let side = edition.grid.cellMetres * 2
      let (x, y) = (edition.grid.west + (Double(cluster.column) + 0.5) * side,
                    edition.grid.south + (Double(cluster.row) + 0.5) * side)
      let ring = (0...32).map { step in
        let angle = Double(step % 32) / 16 * .pi
        return position(x + cluster.radiusMetres * cos(angle), y + cluster.radiusMetres * sin(angle))
      }
      return feature(
        "\"map\":\"\(cluster.code)\",\"from\":\"\(cluster.from)\",\"to\":\"\(cluster.to)\","
          + "\"observed\":\(cluster.observed),\"expected\":\(EditionTables.text(cluster.expected)),"
          + "\"chance\":\(EditionTables.text(cluster.chance))", ring)
    }
  }

  /// Counter-clockwise.
  private func rectangle(column: Int, row: Int, columns: Int, side: Double) -> [String] {
    let (west, south) = (edition.grid.west + Double(column) * side, edition.grid.south + Double(row) * side)
    let (east, north) = (west + Double(columns) * side, south + side)
    return [(west, south), (east, south), (east, north), (west, north), (west, south)].map { position($0.0, $0.1) }
  }

  private func position(_ x: Double, _ y: Double) -> String {
    let point = grid.coordinate(x: x, y: y)
    return "[\(Self.degrees(point.longitude)),\(Self.degrees(point.latitude))]"
  }

  /// Five digits, about a metre.
  private static func degrees(_ value: Double) -> String { EditionTables.text((value * 1e5).rounded() / 1e5) }

  private func feature(_ properties: String, _ ring: [String]) -> String {
    """
    {"type":"Feature","properties":{\(properties)},"geometry":{"type":"Polygon","coordinates":\
    [[\(ring.joined(separator: ","))]]}}
    """
  }
}
