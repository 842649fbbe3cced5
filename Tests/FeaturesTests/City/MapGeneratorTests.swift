import Domain
import Features
import Foundation
import Testing

@Suite struct MapGeneratorTests {
  @Test func theCommittedMapIsWhatTheSeedDraws() throws {
    for (name, contents) in MapGenerator.generate(seed: MapGenerator.seed) {
      let committed = try String(contentsOf: Packs.rongxi.appendingPathComponent(name), encoding: .utf8)
      #expect(committed == contents, "\(name) differs from what the seed draws")
    }
  }

  @Test func anotherSeedDrawsAnotherMap() {
    let (one, other) = (MapGenerator.generate(seed: 1), MapGenerator.generate(seed: 2))
    #expect(Set(one.keys) == Set(other.keys))
    #expect(one.keys.allSatisfy { one[$0] != other[$0] })
  }

  /// Every drawn map is a sound one, not only the committed one.
  @Test(arguments: [UInt64(3), 4])
  func anySeedDrawsASoundMap(seed: UInt64) throws {
    var files = try CityPackReader.archive(folder: Packs.rongxi).files
    let map = MapGenerator.generate(seed: seed)
    for name in ["divisions.geojson", "places.geojson"] { files[name] = map[name] }
    do throws(PackFaults) {
      let pack = try CityPackReader.read(archive: PackArchive(files: files))
      #expect(pack.places.count == 400)
    } catch {
      // The squads' bases stand in a file of their own, drawn on the committed map.
      #expect(error.faults.filter { $0.file != "squads.yaml" }.map { "\($0.file):\($0.line) \($0.what.en)" } == [])
    }
  }

  /// Any point of the district lies in exactly one town and one community of it.
  @Test func townsTileTheDistrictWithoutGapsOrOverlaps() throws {
    let pack = try CityPackReader.read(folder: Packs.rongxi)
    let district = try #require(pack.division(pack.district)?.polygons.first)
    let box = district.box
    var inside = 0
    for row in 0..<60 {
      for column in 0..<60 {
        let point = Coordinate(
          latitude: box.south + (box.north - box.south) * (Double(row) + 0.5) / 60,
          longitude: box.west + (box.east - box.west) * (Double(column) + 0.5) / 60)
        let isInside = district.contains(point)
        inside += isInside ? 1 : 0
        for level in [Division.Level.town, .community] {
          let around = pack.divisions.filter { $0.level == level && $0.polygons.contains { $0.contains(point) } }
          #expect(around.count == (isInside ? 1 : 0), "\(point) lies in \(around.map(\.code))")
        }
      }
    }
    #expect(inside > 1_500)
  }
}
