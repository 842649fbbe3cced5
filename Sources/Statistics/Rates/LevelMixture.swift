import RealModule

/// How places' true levels differ, with no shape given to it: the mixture of fixed levels that makes the counts of all
/// places likeliest. Levels lie a quarter of a root apart, half of a Poisson count's standard deviation there; their
/// shares are found by expectation and maximisation.
/// Source: J. Kiefer, J. Wolfowitz, Annals of Mathematical Statistics 27 (1956) 887–906; N. Laird, Journal of the
/// American Statistical Association 73 (1978) 805–811; R. Koenker, I. Mizera, JASA 109 (2014) 674–685.
struct LevelMixture {
  private let levels: [Double]
  private(set) var shares: [Double]

  private static let rounds = 400
  private static let levelsMost = 200

  /// - Parameter exposures: positive.
  init(counts: [Int], exposures: [Double]) {
    let roots = zip(counts, exposures).map { (Double($0) / $1).squareRoot() }
    let low = roots.min() ?? 0
    let high = max(roots.max() ?? 0, low)
    let gap = 0.25 / (exposures.max() ?? 1).squareRoot()
    let count = min(Self.levelsMost, Int((high - low) / gap) + 2)
    levels = (0..<count).map { index in
      let root = low + (high - low) * Double(index) / Double(count - 1)
      // A level of exactly nothing would forbid what has never been seen there.
      return max(root, gap / 4) * max(root, gap / 4)
    }
    shares = [Double](repeating: 1 / Double(count), count: count)
    // Places alike in both are reckoned once.
    struct Kind: Hashable {
      let count: Int
      let exposure: Double
    }
    var kinds: [Kind: Int] = [:]
    for (count, exposure) in zip(counts, exposures) { kinds[Kind(count: count, exposure: exposure), default: 0] += 1 }
    let all = kinds.sorted { ($0.key.count, $0.key.exposure) < ($1.key.count, $1.key.exposure) }
    let likelihoods = all.map { likelihood(count: $0.key.count, exposure: $0.key.exposure) }
    for _ in 0..<Self.rounds {
      var next = [Double](repeating: 0, count: count)
      for (line, kind) in zip(likelihoods, all) {
        var sum = 0.0
        for level in 0..<count { sum += line[level] * shares[level] }
        let weight = Double(kind.value) / sum
        for level in 0..<count { next[level] += weight * line[level] }
      }
      for level in 0..<count { shares[level] *= next[level] / Double(counts.count) }
    }
  }

  /// A level of chance.
  func draw(_ random: inout StreamRandom) -> Double {
    var left = random.unit()
    for (level, share) in zip(levels, shares) {
      left -= share
      if left < 0 { return level }
    }
    return levels[levels.count - 1]
  }

  /// Of each level, relative to the likeliest.
  private func likelihood(count: Int, exposure: Double) -> [Double] {
    let logs = levels.map { Double(count) * .log($0 * exposure) - $0 * exposure }
    let most = logs.max() ?? 0
    return logs.map { .exp($0 - most) }
  }
}
