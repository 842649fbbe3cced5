import Statistics
import Testing

@Suite struct KnoxTests {
  private struct Events {
    var x: [Double] = [], y: [Double] = [], days: [Double] = []

    init(_ count: Int, seed: UInt64) {
      var random = StreamRandom(seed: seed, stream: 0)
      for event in 0..<count {
        // Every fourth follows another near by and soon.
        let follows = event % 4 == 3
        x.append(follows ? x[event - 3] + 30 : (1_500 * random.unit()).rounded())
        y.append(follows ? y[event - 3] - 20 : (900 * random.unit()).rounded())
        days.append(follows ? days[event - 3] + 1.5 : (400 * random.unit()).rounded())
      }
    }
  }

  @Test(arguments: [35.0, 100, 400, 5_000])
  func pairsAreAllPairs(distance: Double) {
    let events = Events(240, seed: 3)
    var near = 0, soon = 0, both = 0
    for first in 0..<240 {
      for second in first + 1..<240 {
        let dx = events.x[first] - events.x[second], dy = events.y[first] - events.y[second]
        let isNear = (dx * dx + dy * dy).squareRoot() <= distance
        let isSoon = abs(events.days[first] - events.days[second]) <= 7
        near += isNear ? 1 : 0
        soon += isSoon ? 1 : 0
        both += isNear && isSoon ? 1 : 0
      }
    }
    let found = Knox.test(
      x: events.x, y: events.y, days: events.days, distance: distance, time: 7, permutations: 99, seed: 1)
    #expect(found.spacePairs == near && found.timePairs == soon && found.bothPairs == both)
    let expected = Double(near) * Double(soon) / Double(240 * 239 / 2)
    #expect(abs(found.expected - expected) < 1e-9)
    #expect(abs(found.simulatedMean - expected) <= 4.5 * found.simulatedDeviation / 99.0.squareRoot())
    #expect(distance != 100 || found.chance == 0.01)
  }

  /// Permutations are numbered, whatever is counted side by side.
  @Test func moreOfThemBeginWithTheSame() {
    let events = Events(60, seed: 8)
    let tests = [1, 7, 8, 9, 17].map {
      Knox.test(x: events.x, y: events.y, days: events.days, distance: 300, time: 30, permutations: $0, seed: 4)
    }
    let sums = tests.enumerated().map { $1.simulatedMean * Double([1, 7, 8, 9, 17][$0]) }
    #expect(sums == sums.sorted() && tests.allSatisfy { $0.bothPairs == tests[0].bothPairs })
    #expect(Knox.test(x: [], y: [], days: [], distance: 1, time: 1, seed: 1).chance == 1)
  }

  /// 11,700 real burglaries, as R's NearRepeat counts them; ratios within the error of 999 permutations.
  @Test(.enabled(if: Shared.isThere, "skipped: ../shared is not there"))
  func nearRepeatsOfRealBurglaries() throws {
    let rows = try Shared.rows("data/near-repeat/chicago_be.csv").filter { !$0[2].isNaN }
    #expect(rows.count == 11_700)
    let table = NearRepeat.table(
      x: rows.map { $0[0] }, y: rows.map { $0[1] }, days: rows.map { Int($0[2]) },
      distances: [0, 0.1, 201, 401, 601], times: [0, 2, 3, 4, 15], permutations: 39, seed: 1)
    #expect(table.spacePairs == 168_256)
    #expect(table.observed == [
      [203, 22, 29, 186], [405, 194, 189, 1_894], [622, 346, 383, 3_890], [811, 532, 541, 5_656],
    ])
    let ratios = [
      [18.421, 3.1, 3.999, 2.44], [1.961, 1.423, 1.388, 1.289], [1.263, 1.07, 1.189, 1.116],
      [1.138, 1.134, 1.157, 1.118],
    ]
    for (found, wanted) in zip(table.ratio.joined(), ratios.joined()) { #expect(abs(found / wanted - 1) < 0.15) }
    #expect(table.chance[0] == [0.025, 0.025, 0.025, 0.025] && table.chance[2][1] > 0.025)
  }

  @Test func bandsAreClosedOnTheLeft() {
    let table = NearRepeat.table(
      x: [0, 0, 100, 300], y: [0, 0, 0, 0], days: [0, 0, 2, 4], distances: [0, 0.1, 100, 201], times: [0, 2, 4],
      permutations: 9, seed: 1)
    #expect(table.observed == [[1, 0], [0, 0], [0, 3]])
  }
}
