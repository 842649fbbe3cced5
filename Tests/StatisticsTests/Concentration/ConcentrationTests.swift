import Statistics
import Testing

@Suite struct ConcentrationTests {
  private func near(_ found: Double?, _ wanted: Double, _ error: Double = 1e-12) -> Bool {
    abs((found ?? .nan) - wanted) <= error
  }

  @Test func ginis() {
    let even = Concentration(counts: [5, 5, 5, 5])
    #expect(near(even?.gini, 0) && near(even?.generalisedGini, 0))
    let one = Concentration(counts: [0, 0, 0, 8])
    #expect(near(one?.gini, 0.75) && near(one?.generalisedGini, 0.75))
    // Half of the mean absolute difference over the mean: 20/16/2 over 3.5.
    let some = Concentration(counts: [1, 2, 4, 7])
    #expect(near(some?.gini, 20.0 / 16 * 2 / 2 / 3.5) && some?.gini == some?.generalisedGini)
  }

  /// Three events in ten places: as even as can be where each is in a place of its own.
  @Test func fewerEventsThanPlaces() {
    let even = Concentration(counts: [0, 0, 0, 0, 0, 0, 0, 1, 1, 1])
    #expect(near(even?.gini, 0.7) && near(even?.generalisedGini, 0))
    let one = Concentration(counts: [0, 0, 0, 0, 0, 0, 0, 0, 0, 3])
    #expect(near(one?.gini, 0.9) && near(one?.generalisedGini, 2.0 / 3))
    #expect(Concentration(counts: [0, 0]) == nil && Concentration(counts: []) == nil)
  }

  @Test func fewPlacesHoldHalf() throws {
    let counts = try #require(Concentration(counts: [1, 1, 1, 1, 6]))
    #expect(counts.lorenz == [0, 0.1, 0.2, 0.3, 0.4, 1])
    #expect(counts.placesHolding(0.5) == 0.2 && counts.placesHolding(0.7) == 0.4 && counts.placesHolding(1) == 1)
  }

  @Test func accuracyOfAMap() throws {
    let found = try #require(HotSpotAccuracy(scores: [3, 1, 2, 2, 0], events: [4, 0, 1, 6, 9], cells: 2))
    // The first two are cells 0 and, of those that tie, 2.
    #expect(found.hits == 5 && near(found.pai, 5.0 / 20 / (2.0 / 5)) && near(found.peiStar, 5.0 / 15))
    let beyond = HotSpotAccuracy(scores: [3, 1, 2, 2, 0], events: [4, 0, 1, 6, 9], outside: 5, cells: 2)
    #expect(near(beyond?.pai, 5.0 / 25 / (2.0 / 5)) && near(beyond?.peiStar, 5.0 / 15) && beyond?.events == 25)
    #expect(HotSpotAccuracy(scores: [1, 2], events: [0, 0], cells: 1) == nil)
    #expect(HotSpotAccuracy(scores: [1, 2], events: [0, 3], cells: 1)?.peiStar == 1)
  }

  @Test func forecastsRememberAndShare() {
    let grid = Grid(columns: 5, rows: 3, cell: 1)
    let sharp = HotSpotForecast(memory: 10, blur: 1, shared: 0)
      .scores(cells: [7, 7, 0, 1], days: [90, 100, 100, 101], before: 101, on: grid)
    #expect(near(sharp[7], 0.33287108369807955 + 0.9048374180359595) && near(sharp[0], 0.9048374180359595))
    #expect(sharp[1] == 0)
    let wide = HotSpotForecast(memory: 10, blur: 1, shared: 0.5)
      .scores(cells: [7], days: [100], before: 100.5, on: grid)
    #expect(wide[6] == wide[8] && wide[2] == wide[12] && near(wide[6], wide[2]) && wide[7] > 5 * wide[6])
  }

  /// Hot spots that stay ask for a long memory, those that move for a short one.
  @Test func theChoiceFollowsTheCity() {
    func chosen(moving: Bool) -> HotSpotForecast {
      var random = StreamRandom(seed: 5, stream: 0)
      var cells: [Int] = [], days: [Double] = []
      for day in 0..<3_000 {
        let hot = (moving ? day / 500 * 31 : 0) + Int(random.unit() * 4) * 13
        cells.append((random.unit() < 0.5 ? hot : Int(random.unit() * 400)) % 400)
        days.append(Double(day))
      }
      return HotSpotForecast.chosen(
        cells: cells, days: days, on: Grid(columns: 20, rows: 20, cell: 1), mapDays: [1_700, 2_300, 2_800],
        horizon: 150, area: 0.05)
    }
    #expect(chosen(moving: true).memory < chosen(moving: false).memory)
  }

  /// Worked out by hand from the formula.
  @Test func wordsThatSetApart() {
    let z = WordContrast.z(counts: [30, 5, 100], others: [10, 5, 120], background: [40, 10, 220], priorSize: 27)
    // α 4, 1, 22; n + α₀ 162 on both sides.
    #expect(near(z[0], 3.2513722498961006) && near(z[1], 0) && near(z[2], -6.84470563916861))
    let rare = WordContrast.z(counts: [1, 500], others: [0, 500], background: [1, 1_000], priorSize: 100)
    #expect(rare[0] > 0 && rare[0] < 1.96)
    #expect(WordContrast.z(counts: [4], others: [2], background: [6], priorSize: 1) == [0])
  }
}
