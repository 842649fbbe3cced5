/// The level of the treated places over that of the controls, as counts before a measure tell it, and how far off that
/// is.
struct LevelShare {
  let value: Double
  private let counts: [Int]
  private let exposures: [Double]
  private let treatedRanks: [Int]
  private let controlRanks: [Int]

  init(_ counts: [Int], _ exposures: [Double], treated: [Int], controls: [Int]) {
    self.counts = counts
    self.exposures = exposures
    value = Self.share(counts, exposures, treated, controls)
    let ranks = Self.order(counts, exposures).enumerated().sorted { $0.element < $1.element }.map(\.offset)
    treatedRanks = treated.map { ranks[$0] }
    controlRanks = controls.map { ranks[$0] }
  }

  /// The true share over the estimated one, over made-up cities.
  func error(cities: Int, seed: UInt64) -> (mean: Double, variance: Double) {
    let mixture = LevelMixture(counts: counts, exposures: exposures)
    let errors = (0..<cities).map { city in
      var random = StreamRandom(seed: seed, stream: UInt64(city))
      let means = exposures.map { mixture.draw(&random) * $0 }
      let made = means.map { random.poisson(mean: $0) }
      let order = Self.order(made, exposures)
      let treated = treatedRanks.map { order[$0] }
      let controls = controlRanks.map { order[$0] }
      let truth = treated.reduce(0) { $0 + means[$1] } / controls.reduce(0) { $0 + means[$1] }
      return truth / Self.share(made, exposures, treated, controls)
    }
    let mean = errors.reduce(0, +) / Double(cities)
    return (mean, errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(cities - 1))
  }

  private static func share(_ counts: [Int], _ exposures: [Double], _ treated: [Int], _ controls: [Int]) -> Double {
    let prior = EmpiricalBayes(counts: counts, exposures: exposures)
    let levels = zip(prior.estimates, exposures).map { $0 * $1 }
    return treated.reduce(0) { $0 + levels[$1] } / controls.reduce(0) { $0 + levels[$1] }
  }

  /// Places by their rates, the highest first.
  private static func order(_ counts: [Int], _ exposures: [Double]) -> [Int] {
    let rates = zip(counts, exposures).map { Double($0) / $1 }
    return rates.indices.sorted { (-rates[$0], $0) < (-rates[$1], $1) }
  }
}
