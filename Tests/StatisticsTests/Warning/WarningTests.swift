import Statistics
import Testing

/// Against R's surveillance, and (method 5) R's `glm` alone, on eight series, from nearly nothing to a hundred a week,
/// with trends and outbreaks.
@Suite struct WarningTests {
  private let series: [[Int]]
  private let bounds: [[Double]]

  init() throws {
    let rows = try References.rows("warning-series.csv")
    series = rows[0].indices.map { column in rows.map { Int($0[column]) } }
    bounds = try References.rows("warning-bounds.csv")
  }

  private static func method(_ number: Int) -> Farrington {
    var method = Farrington()
    method.errors = number == 5 ? .dispersion : .asSurveillance
    switch number {
    case 0: break
    case 1: method.threshold = .negativeBinomial
    case 2, 5: method.threshold = .twoThirds
    case 3:
      method.threshold = .twoThirds
      (method.levels, method.weeksLeftOut, method.reweightBeyond, method.alpha) = (1, 3, 1, 0.05)
    default: (method.years, method.reweightBeyond) = (3, nil)
    }
    return method
  }

  @Test(arguments: 0..<6)
  func farringtonAsInSurveillance(number: Int) {
    let method = Self.method(number)
    var judged = 0, trends = 0, alarms = 0
    for row in bounds where row[0] == Double(number) {
      let found = method.bounds(series[Int(row[1])], weeks: Int(row[2])..<Int(row[2]) + 1)[0]
      guard let found, !row[3].isNaN else {
        #expect(found == nil && row[3].isNaN)
        continue
      }
      judged += 1
      trends += found.hasTrend ? 1 : 0
      alarms += found.isAlarm ? 1 : 0
      #expect(abs(found.upper - row[3]) <= 1e-8 * row[3], "\(row)")
      #expect(row[4].isNaN || abs(found.expected - row[4]) <= 1e-8 * row[4])
      #expect(abs(found.dispersion - row[5]) <= 1e-8 * row[5])
      #expect(found.hasTrend == (row[6] == 1))
    }
    #expect(judged > 100 && trends > 10 && alarms > 1)
  }

  @Test(arguments: [Ears.Method.c1, .c2])
  func earsAsInSurveillance(method: Ears.Method) throws {
    for row in bounds where row[0] == (method == .c1 ? 11 : 12) {
      let found = try #require(Ears.bounds(series[Int(row[1])], method)[Int(row[2])])
      #expect(abs(found - row[3]) <= 1e-9 * row[3])
    }
  }

  /// 200 series, as R gave their bounds.
  @Test(.enabled(if: Shared.isThere, "skipped: ../shared is not there"))
  func earsOnTheSharedSeries() throws {
    let rows = try Shared.rows("peers/out/aberr_series.csv")
    for (file, method) in [("ears_C1_ub", Ears.Method.c1), ("ears_C2_ub", .c2)] {
      let wanted = try Shared.rows("peers/out/\(file).csv")
      for column in rows[0].indices {
        let found = Ears.bounds(rows.map { Int($0[column]) }, method)
        for (line, row) in wanted.enumerated() {
          let bound = try #require(found[rows.count - wanted.count + line])
          #expect(abs(bound - row[column]) <= 1e-9 * max(1, row[column]))
        }
      }
    }
  }

  @Test func alarmsWhereThereIsOne() {
    var counts = (0..<300).map { 10 + ($0 * 7) % 5 }
    counts[299] = 60
    let method = Farrington()
    let found = method.bounds(counts, weeks: 298..<300)
    #expect(found.map { $0?.isAlarm } == [false, true])
    #expect((found[1]?.chance ?? 1) < 1e-6)
    #expect(Ears.bounds(counts, .c1)[6] == nil && Ears.bounds(counts, .c2)[8] == nil)
  }

  @Test func quietWeeksHaveNoBound() {
    let counts = [Int](repeating: 0, count: 290) + [1, 1, 1, 1]
    #expect(Farrington().bounds(counts, weeks: 290..<294).allSatisfy { $0 == nil })
  }
}
