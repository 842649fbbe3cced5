import ArgumentParser
import Foundation
import Statistics

/// Made-up cities whose ten worst places of last year are treated, with no effect and with a real one: how often an
/// improvement is claimed.
struct WorstTenMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "worst-ten")

  enum Levels: String, ExpressibleByArgument, CaseIterable {
    /// True levels of places: many low and a bounded tail; gamma; two kinds of places; none that differ.
    case bounded, gamma, twofold, even
  }

  @Option var levels = Levels.bounded
  @Option var cities = 1_000
  @Option var seed: UInt64 = 1

  struct Found: Encodable {
    var cities = 0
    /// Cities in which an improvement was claimed though there was none: ours, and plainly compared.
    var claimed = 0
    var claimedPlainly = 0
    /// Cities in which a real fall by 30 % was found.
    var found = 0
    /// Observed over expected without an effect, in the mean.
    var ratio = 0.0
  }

  func run() async throws {
    var result = Found(cities: cities)
    for city in 0..<cities {
      guard let idle = treated(city, effect: 1), let real = treated(city, effect: 0.7) else { continue }
      result.claimed += idle.interval.upperBound < 1 ? 1 : 0
      result.ratio += Double(idle.observed) / idle.expected / Double(cities)
      let change = idle.naiveRatio
      result.claimedPlainly += change < 1 - 1.96 / Double(idle.observed).squareRoot() ? 1 : 0
      result.found += real.interval.upperBound < 1 ? 1 : 0
    }
    try BenchmarkTool.report(result)
  }

  private func treated(_ city: Int, effect: Double) -> BeforeAfter? {
    var random = StreamRandom(seed: seed, stream: UInt64(city))
    let means = (0..<300).map { _ in level(&random) }
    let before = means.map { random.poisson(mean: $0) }
    let worst = Set(before.indices.sorted { (-before[$0], $0) < (-before[$1], $1) }.prefix(10))
    let places = before.indices.map { place in
      let mean = means[place] * 0.95 * (worst.contains(place) ? effect : 1)
      return BeforeAfter.Place(before: before[place], after: random.poisson(mean: mean))
    }
    return BeforeAfter(places, treated: worst.sorted(), seed: seed)
  }

  private func level(_ random: inout StreamRandom) -> Double {
    switch levels {
    case .bounded: 4 + 24 * random.unit() * random.unit()
    case .gamma: -4 * (log(1 - random.unit()) + log(1 - random.unit()) + log(1 - random.unit()))
    case .twofold: random.unit() < 0.1 ? 30 : 8
    case .even: 12
    }
  }
}
