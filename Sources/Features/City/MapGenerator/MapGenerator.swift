import Domain

/// Draws the map of Rongxi from a seed: divisions, places, roads, water and buildings as GeoJSON.
///
/// The same seed gives the same files, byte for byte. The district lies in the open sea, so that nothing drawn here
/// can be taken for a real place.
public enum MapGenerator {
  /// The seed of the committed map.
  public static let seed: UInt64 = 20_261

  /// Contents by file name.
  public static func generate(seed: UInt64) -> [String: String] {
    var numbers = MapNumbers(seed: seed)
    let plane = MapPlane(&numbers)
    var names = MapNames(&numbers)
    let plan = MapPlan(&names)
    let nuclei = MapCountry.nuclei(plan, plane, &numbers)
    var blocks = MapBlocks(nuclei: nuclei.map { .init(spot: $0.spot, reach: $0.reach) })
    for (index, community) in plan.communities.enumerated() {
      let ground = MapRoads.ground(of: community.region, plane)
      blocks.cut(ground, community: index, zone: community.zone, &numbers)
    }
    let sites = MapSites(plan: plan, blocks: blocks.blocks, nuclei: nuclei, names: &names, &numbers)
    let water = MapWater(plane: plane, blocks: blocks.blocks, parks: sites.places.filter { $0.use == .park }, &numbers)
    let writer = MapWriter(plane: plane)
    return [
      "divisions.geojson": writer.divisions(plan, sites),
      "places.geojson": writer.places(sites.places, plan),
      "roads.geojson": writer.roads(
        MapRoads.roads(plan, plane), streets: blocks.streets, communities: plan.communities),
      "water.geojson": writer.water(water.bodies),
      "buildings.geojson": writer.buildings(sites, plan, &numbers),
    ]
  }
}

/// The middles of towns and villages in the country.
enum MapCountry {
  struct Nucleus {
    let spot: Spot
    let reach: Double
    /// The middle of a town, rather than of a village.
    let isTown: Bool
  }

  static func nuclei(_ plan: MapPlan, _ plane: MapPlane, _ numbers: inout MapNumbers) -> [Nucleus] {
    var nuclei: [Nucleus] = []
    for town in plan.towns where town.region.outer == MapPlan.radius {
      let middle = (town.region.from + town.region.to) / 2
      let radius = numbers.between(5_000, 5_500)
      nuclei.append(Nucleus(spot: spot(radius, Double(middle), plane), reach: 620, isTown: true))
      for community in town.communities where community.zone == .rural {
        let region = community.region
        for share in region.inner == MapPlan.outerRing ? [0.6] : [0.25, 0.72] {
          let quarter = Double(region.from) + Double(region.to - region.from) * (share + numbers.between(-0.12, 0.12))
          let depth = numbers.between(0.3, 0.7)
          let radius = Double(region.inner) + Double(region.outer - region.inner) * depth
          nuclei.append(Nucleus(spot: spot(radius, quarter, plane), reach: numbers.between(90, 210), isTown: false))
        }
      }
    }
    return nuclei
  }

  private static func spot(_ radius: Double, _ quarter: Double, _ plane: MapPlane) -> Spot {
    plane.bent(plane.flat(radius: radius, radians: quarter * .pi / 720))
  }
}
