import RealModule
import Statistics
import Testing

@Suite struct SpaceTimeScanTests {
  private struct City {
    var x: [Double] = [], y: [Double] = [], places: [Int] = [], days: [Int] = []

    /// Forty places, the first of them with many times the events of the last; every seventh day has more than others.
    init(seed: UInt64, events: Int = 400) {
      var random = StreamRandom(seed: seed, stream: 0)
      for _ in 0..<40 {
        x.append((2_000 * random.unit()).rounded())
        y.append((2_000 * random.unit()).rounded())
      }
      for _ in 0..<events {
        places.append(Int(40 * random.unit() * random.unit()))
        let day = Int(100 * random.unit())
        days.append(random.unit() < 0.3 ? day / 7 * 7 : day)
      }
    }
  }

  private func scan(_ permutations: Int = 99) -> SpaceTimeScan {
    var scan = SpaceTimeScan()
    (scan.daysMost, scan.permutations) = (14, permutations)
    return scan
  }

  private func found(_ city: City, _ scan: SpaceTimeScan) -> [SpaceTimeScan.Cluster] {
    scan.clusters(x: city.x, y: city.y, places: city.places, days: city.days, lastDay: 99, seed: 7)
  }

  /// Every circle and every span, counted one event at a time.
  @Test(arguments: 0..<4)
  func theBestCylinderIsTheBestOfAll(seed: UInt64) throws {
    let city = City(seed: seed)
    let total = Double(city.places.count)
    var best = 0.0
    for centre in 0..<40 {
      for edge in 0..<40 {
        func away(_ place: Int) -> Double {
          let dx = city.x[place] - city.x[centre], dy = city.y[place] - city.y[centre]
          return (dx * dx + dy * dy).squareRoot()
        }
        let isInside = (0..<40).map { away($0) <= away(edge) }
        let circle = city.places.count { isInside[$0] }
        guard Double(circle) <= total / 2 else { continue }
        for span in 1...14 {
          let recent = city.days.count { $0 > 99 - span }
          let observed = zip(city.places, city.days).count { isInside[$0] && $1 > 99 - span }
          let mean = Double(circle) * Double(recent) / total
          guard observed >= 3, Double(observed) > mean else { continue }
          let c = Double(observed)
          let outside = total - c > 0 ? (total - c) * Double.log((total - c) / (total - mean)) : 0
          best = max(best, c * .log(c / mean) + outside)
        }
      }
    }
    let first = try #require(found(city, scan(9)).first)
    #expect(abs(first.logRatio - best) < 1e-9)
    let inside = zip(city.places, city.days).count { first.places.contains($0) && $1 >= first.firstDay }
    #expect(inside == first.observed && Double(inside) > first.expected)
  }

  /// Where nothing crowds, one scan in twenty says so at 5 %.
  @Test func chanceIsChance() {
    let alarms = (0..<60).count { city in
      (found(City(seed: 100 + UInt64(city), events: 150), scan(39)).first?.chance ?? 1) <= 0.05
    }
    #expect(alarms <= 8)
  }

  @Test func aCrowdIsFound() throws {
    var city = City(seed: 1)
    for event in 0..<12 {
      city.places.append(39)
      city.days.append(95 + event % 5)
    }
    let clusters = found(city, scan(199))
    let first = try #require(clusters.first)
    #expect(first.places.contains(39) && first.firstDay >= 93 && first.lastDay == 99 && first.chance == 0.005)
    #expect(clusters == found(city, scan(199)))
    #expect(Set(clusters.flatMap(\.places)).count == clusters.reduce(0) { $0 + $1.places.count })
    var narrow = scan(19)
    (narrow.radiusMost, narrow.shareMost) = (0, 0.2)
    #expect(found(city, narrow).allSatisfy { $0.places.count == 1 && $0.radius == 0 })
    #expect(scan().clusters(x: [0], y: [0], places: [], days: [], lastDay: 3, seed: 1).isEmpty)
  }
}
