import Domain

/// Writes the map as GeoJSON, one feature a line, degrees with six digits.
struct MapWriter {
  let plane: MapPlane

  func divisions(_ plan: MapPlan, _ sites: MapSites) -> String {
    let codes = plan.communities.map(\.code)
    let people = (sites.places + sites.others).reduce(into: [String: Int]()) { people, site in
      people[codes[site.community], default: 0] += site.residents ?? 0
    }
    let border = stride(from: 0, to: 1_440, by: MapPlan.step(at: MapPlan.radius)).map {
      plane.spot(.init(MapPlan.radius, $0))
    }
    var features = [
      feature(
        [("code", MapPlan.district), ("level", "district"), ("zh", "榕溪区"), ("en", "Rongxi District")], polygon(border),
        rest: Self.residents(people.values.reduce(0, +)))
    ]
    for town in plan.towns {
      let all = town.communities.reduce(0) { $0 + (people[$1.code] ?? 0) }
      features.append(division(town.code, MapPlan.district, "town", town.names, town.region, all))
      for community in town.communities {
        let here = people[community.code]
        features.append(division(community.code, town.code, "community", community.names, community.region, here))
      }
    }
    return collection(features)
  }

  private func division(_ code: String, _ parent: String, _ level: String, _ names: (zh: String, en: String),
                        _ region: MapPlan.Region, _ people: Int?) -> String {
    feature(
      [("code", code), ("parent", parent), ("level", level), ("zh", names.zh), ("en", names.en)],
      polygon(region.rim.map(plane.spot)), rest: Self.residents(people))
  }

  private static func residents(_ people: Int?) -> String {
    people.map { $0 > 0 ? #","residents":\#($0)"# : "" } ?? ""
  }

  func places(_ places: [MapSites.Site], _ plan: MapPlan) -> String {
    let communities = plan.communities
    return collection(
      places.enumerated().map { index, place in
        let properties = [
          ("code", Self.code(index)), ("division", communities[place.community].code), ("use", place.use.rawValue),
          ("zh", place.names.zh), ("en", place.names.en),
        ]
        // Schools are not shown to the public.
        let households = place.households.map { #","households":\#($0)"# } ?? ""
        let figures = households + Self.residents(place.residents)
        let rest = #","published":\#(place.use != .school)\#(figures),"centre":\#(position(place.shape.centroid))"#
        return feature(properties, polygon(place.shape.corners), rest: rest)
      })
  }

  private static func code(_ index: Int) -> String { "P" + String(String(1_001 + index).dropFirst()) }

  func roads(_ roads: [MapRoads.Road], streets: [MapBlocks.Street], communities: [MapPlan.Community]) -> String {
    let main = roads.map { road in
      let names = road.names.map { [("zh", $0.zh), ("en", $0.en)] } ?? []
      return feature([("class", road.rank)] + names, geometry("LineString", line(road.line)))
    }
    let minor = communities.indices.flatMap { community in
      [false, true].compactMap { isMinor -> String? in
        let here = streets.filter { $0.community == community && $0.isMinor == isMinor }
        let lines = here.map { line([$0.ends.0, $0.ends.1]) }
        guard !lines.isEmpty else { return nil }
        let rank = isMinor ? "residential" : "tertiary"
        return feature([("class", rank)], geometry("MultiLineString", "[\(lines.joined(separator: ","))]"))
      }
    }
    return collection(main + minor)
  }

  func water(_ bodies: [MapWater.Body]) -> String {
    collection(
      bodies.map { body in
        let names = body.names.map { [("zh", $0.zh), ("en", $0.en)] } ?? []
        return feature([("class", body.kind)] + names, polygon(body.rim))
      })
  }

  /// One feature a block: all its houses.
  func buildings(_ sites: MapSites, _ plan: MapPlan, _ numbers: inout MapNumbers) -> String {
    var features: [String] = []
    let places = sites.places.enumerated().map { (site: $1, code: Self.code($0)) }
    for (site, code) in places + sites.others.map({ (site: $0, code: "") }) {
      let houses = MapHouses.houses(in: site.shape, use: site.use, zone: site.zone, &numbers)
      guard !houses.isEmpty else { continue }
      let rings = houses.map { "[\(ring($0))]" }.joined(separator: ",")
      let properties = code.isEmpty ? [("use", site.use.rawValue)] : [("place", code), ("use", site.use.rawValue)]
      features.append(feature(properties, geometry("MultiPolygon", "[\(rings)]")))
    }
    return collection(features)
  }

  private func collection(_ features: [String]) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}\n"
  }

  /// The texts are ours and need no escapes.
  private func feature(_ properties: [(String, String)], _ geometry: String, rest: String = "") -> String {
    let texts = properties.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
    return "{\"type\":\"Feature\",\"properties\":{\(texts)\(rest)},\"geometry\":\(geometry)}"
  }

  private func geometry(_ type: String, _ coordinates: String) -> String {
    "{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}"
  }

  private func polygon(_ corners: [Spot]) -> String { geometry("Polygon", "[\(ring(corners))]") }

  private func ring(_ corners: [Spot]) -> String { line(corners + corners.prefix(1)) }

  private func line(_ spots: [Spot]) -> String { "[\(spots.map(position).joined(separator: ","))]" }

  private func position(_ spot: Spot) -> String {
    let point = plane.coordinate(spot)
    return "[\(Self.degrees(point.longitude)),\(Self.degrees(point.latitude))]"
  }

  private static func degrees(_ value: Double) -> String {
    let millionths = Int((value * 1_000_000).rounded())
    return "\(millionths / 1_000_000).\(String(1_000_000 + abs(millionths) % 1_000_000).dropFirst())"
  }
}
