/// The plan of Rongxi: an old town on the river, four subdistricts around it, seven towns around those.
struct MapPlan {
  typealias Node = MapPlane.Node

  enum Zone { case old, suburb, planned, industry, rural }

  /// A piece of a ring between two spokes.
  struct Region {
    let inner: Int
    let outer: Int
    /// Quarter degrees.
    let from: Int
    let to: Int

    /// The rim, counter-clockwise, with a node wherever a neighbour may have one.
    var rim: [Node] {
      let outwards = Self.radii(inner, outer).map { Node($0, from) }
      let around = Self.quarters(from, to, at: outer).map { Node(outer, $0) }
      let inwards = Self.radii(inner, outer).reversed().map { Node($0, to) }
      let back = inner == 0 ? [] : Self.quarters(from, to, at: inner).reversed().map { Node(inner, $0) }
      return (outwards + around + inwards + back).reduce(into: []) { rim, node in
        if rim.last != node, rim.first != node { rim.append(node) }
      }
    }

    private static func radii(_ inner: Int, _ outer: Int) -> [Int] {
      Array(stride(from: inner, through: outer, by: 200))
    }

    private static func quarters(_ from: Int, _ to: Int, at radius: Int) -> [Int] {
      Array(stride(from: from, through: to, by: MapPlan.step(at: radius)))
    }
  }

  struct Community {
    let code: String
    let region: Region
    let zone: Zone
    let names: (zh: String, en: String)
  }

  struct Town {
    let code: String
    let region: Region
    let names: (zh: String, en: String)
    let communities: [Community]
  }

  static let district = "990106"
  static let radius = 9_400
  /// The ring roads.
  static let innerRing = 1_600
  static let outerRing = 4_200
  /// The stream that joins the river in the old town: down this spoke, then along the old moat.
  static let streamQuarter = 480
  static let moat = 800

  let towns: [Town]
  var communities: [Community] { towns.flatMap(\.communities) }

  init(_ names: inout MapNames) {
    towns = Self.layout.map { town in
      let parts = Self.parts(town)
      let communities = parts.enumerated().map { index, part in
        Community(
          code: "\(Self.district)\(town.code)00\(index + 1)", region: part.region, zone: part.zone,
          names: names.community())
      }
      return Town(
        code: Self.district + town.code, region: town.region, names: (town.zh, town.en), communities: communities)
    }
  }

  /// Quarter degrees between two nodes of a ring.
  static func step(at radius: Int) -> Int { radius <= moat ? 20 : radius < outerRing ? 10 : 5 }

  private struct Layout {
    let code: String
    let zh: String
    let en: String
    let region: Region
    let zone: Zone
    init(_ code: String, _ zh: String, _ en: String, _ rings: (Int, Int), _ degrees: (Int, Int), _ zone: Zone) {
      self.code = code
      self.zh = zh
      self.en = en
      region = Region(inner: rings.0, outer: rings.1, from: degrees.0 * 4, to: degrees.1 * 4)
      self.zone = zone
    }
  }

  private static let layout = [
    Layout("001", "榕阴街道", "Rongyin Subdistrict", (0, innerRing), (0, 180), .old),
    Layout("002", "桨菱街道", "Jiangling Subdistrict", (0, innerRing), (180, 360), .old),
    Layout("003", "灯荻街道", "Dengdi Subdistrict", (innerRing, outerRing), (0, 90), .suburb),
    Layout("004", "织葵街道", "Zhikui Subdistrict", (innerRing, outerRing), (90, 180), .suburb),
    Layout("005", "云杼街道", "Yunzhu Subdistrict", (innerRing, outerRing), (180, 270), .suburb),
    Layout("006", "新棹街道", "Xinzhao Subdistrict", (innerRing, outerRing), (270, 360), .planned),
    Layout("101", "鹭笙镇", "Lusheng Town", (outerRing, radius), (0, 60), .rural),
    Layout("102", "苇杼镇", "Weizhu Town", (outerRing, radius), (60, 120), .rural),
    Layout("103", "砚芋镇", "Yanyu Town", (outerRing, radius), (120, 180), .rural),
    Layout("104", "麦笛镇", "Maidi Town", (outerRing, radius), (180, 230), .rural),
    Layout("105", "橘梭镇", "Jusuo Town", (outerRing, radius), (230, 280), .rural),
    Layout("106", "石蕨镇", "Shijue Town", (outerRing, radius), (280, 320), .rural),
    Layout("107", "帆荞镇", "Fanqiao Town", (outerRing, radius), (320, 360), .industry),
  ]

  private static func parts(_ town: Layout) -> [(region: Region, zone: Zone)] {
    let (from, to) = (town.region.from, town.region.to)
    func band(_ inner: Int, _ outer: Int, _ cuts: [Int], _ zone: Zone) -> [(region: Region, zone: Zone)] {
      zip(cuts, cuts.dropFirst()).map { (Region(inner: inner, outer: outer, from: $0, to: $1), zone) }
    }
    switch town.zone {
    case .old:
      return band(0, moat, [from, from + 360, to], .old)
        + band(moat, innerRing, [from, from + 180, from + 360, from + 480, to], .old)
    case .suburb, .planned:
      let cuts = [from, from + 120, from + 240, to]
      return band(innerRing, 2_800, cuts, town.zone) + band(2_800, outerRing, cuts, town.zone)
    case .industry:
      return band(outerRing, 6_400, even(from, to, 3), .industry) + band(6_400, radius, even(from, to, 3), .rural)
    case .rural:
      return band(outerRing, 6_400, even(from, to, 3), .rural) + band(6_400, radius, even(from, to, 2), .rural)
    }
  }

  /// Cuts at nodes of the rings, as even as those allow.
  private static func even(_ from: Int, _ to: Int, _ count: Int) -> [Int] {
    (0...count).map { from + (to - from) * $0 / count / 5 * 5 }
  }
}
