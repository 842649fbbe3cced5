import Foundation

/// The main roads: rings, spokes, both banks of the river, bridges.
enum MapRoads {
  typealias Node = MapPlane.Node

  struct Road {
    /// `trunk`, `primary`, `secondary`, `tertiary`, `bridge`.
    let rank: String
    let names: (zh: String, en: String)?
    let line: [Spot]
  }

  /// Half the strip that a stream keeps free of blocks.
  private static let streamStrip = 30.0

  static func roads(_ plan: MapPlan, _ plane: MapPlane) -> [Road] {
    rings(plane) + spokes(plan, plane) + banks(plane) + bridges(plane)
  }

  /// The land of a region that can be built on: the region less the strips of river and stream.
  static func ground(of region: MapPlan.Region, _ plane: MapPlane) -> MapShape {
    let side: Double = region.from < 720 ? 1 : -1
    let corners = region.rim.map { node in
      var radius = Double(node.radius)
      var radians = node.radians
      if node.quarter == MapPlan.streamQuarter, node.radius >= MapPlan.moat {
        radians += (region.from >= MapPlan.streamQuarter ? 1 : -1) * streamStrip / radius
      }
      if node.radius == MapPlan.moat, (MapPlan.streamQuarter...720).contains(node.quarter), side > 0 {
        radius += region.inner == MapPlan.moat ? streamStrip : -streamStrip
      }
      var flat = plane.flat(radius: radius, radians: radians)
      if abs(flat.y) < MapPlane.riverStrip { flat.y = side * MapPlane.riverStrip }
      return plane.bent(flat)
    }
    return MapShape(corners: corners)
  }

  private static func rings(_ plane: MapPlane) -> [Road] {
    let loops = [
      (MapPlan.innerRing, "primary", ("内环路", "Inner Ring Road")),
      (MapPlan.outerRing, "trunk", ("外环路", "Outer Ring Road")),
    ].map { radius, rank, names in
      Road(rank: rank, names: names, line: arc(radius, 0, 1_440).map(plane.spot))
    }
    let arcs = [
      (MapPlan.moat, 0, MapPlan.streamQuarter, "secondary"), (MapPlan.moat, 720, 1_440, "secondary"),
      (2_800, 0, 720, "secondary"), (2_800, 720, 1_440, "secondary"), (6_400, 0, 720, "tertiary"),
      (6_400, 720, 1_440, "tertiary"),
    ].map { radius, from, to, rank in
      // These end at the river's banks.
      let side: Double = from < 720 ? 1 : -1
      return Road(rank: rank, names: nil, line: arc(radius, from, to).map { onBank($0, side, plane) })
    }
    return loops + arcs
  }

  private static func arc(_ radius: Int, _ from: Int, _ to: Int) -> [Node] {
    stride(from: from, through: to, by: MapPlan.step(at: radius)).map { Node(radius, $0) }
  }

  private static func onBank(_ node: Node, _ side: Double, _ plane: MapPlane) -> Spot {
    var flat = plane.flat(radius: Double(node.radius), radians: node.radians)
    if abs(flat.y) < bank { flat.y = side * bank }
    return plane.bent(flat)
  }

  /// Every side of a community that is neither river nor stream.
  private static func spokes(_ plan: MapPlan, _ plane: MapPlane) -> [Road] {
    struct Spoke: Hashable {
      let quarter: Int
      let inner: Int
      let outer: Int
    }
    var seen: Set<Spoke> = []
    return plan.towns.flatMap { town in
      town.communities.map { (community: $0, borders: [town.region.from, town.region.to]) }
    }.flatMap { community, borders in
      [community.region.from, community.region.to].compactMap { quarter -> Road? in
        let spoke = Spoke(quarter: quarter % 1_440, inner: community.region.inner, outer: community.region.outer)
        let isWater = spoke.quarter % 720 == 0
          || (spoke.quarter == MapPlan.streamQuarter && spoke.inner >= MapPlan.moat)
        guard !isWater, seen.insert(spoke).inserted else { return nil }
        let isAxis = spoke.quarter % 720 == 360 && spoke.outer <= MapPlan.outerRing
        let rank = isAxis || borders.contains(quarter) ? "primary" : spoke.outer <= 4_200 ? "secondary" : "tertiary"
        let line = stride(from: spoke.inner, through: spoke.outer, by: 200).map { plane.spot(Node($0, spoke.quarter)) }
        return Road(rank: rank, names: isAxis ? ("榕溪大道", "Rongxi Avenue") : nil, line: line)
      }
    }
  }

  /// Distance of the bank roads from the middle of the river, in metres of the plan.
  private static let bank = 106.0

  private static func banks(_ plane: MapPlane) -> [Road] {
    [(1.0, ("北岸路", "North Bank Road")), (-1.0, ("南岸路", "South Bank Road"))].flatMap { side, names in
      [(-MapPlan.radius, -4_200, "tertiary"), (-4_200, 4_200, "secondary"), (4_200, MapPlan.radius, "tertiary")]
        .map { from, to, rank in
          let line = stride(from: from, through: to, by: 100).map { radius in
            plane.bent(Spot(riverX(radius, plane), side * bank))
          }
          return Road(rank: rank, names: names, line: line)
        }
    }
  }

  /// Where the river is at a radius, negative to the west.
  static func riverX(_ radius: Int, _ plane: MapPlane) -> Double {
    plane.flat(radius: Double(abs(radius)), radians: radius < 0 ? .pi : 0).x
  }

  private static func bridges(_ plane: MapPlane) -> [Road] {
    let crossings: [(Int, (String, String))] = [
      (0, ("榕溪桥", "Rongxi Bridge")), (-MapPlan.innerRing, ("棹西桥", "Zhaoxi Bridge")),
      (MapPlan.innerRing, ("棹东桥", "Zhaodong Bridge")), (-MapPlan.outerRing, ("外环西桥", "Outer Ring West Bridge")),
      (MapPlan.outerRing, ("外环东桥", "Outer Ring East Bridge")),
    ]
    return crossings.map { radius, names in
      let x = riverX(radius, plane)
      let line = stride(from: -bank, through: bank, by: bank / 3).map { plane.bent(Spot(x, $0)) }
      return Road(rank: "bridge", names: names, line: line)
    }
  }
}
