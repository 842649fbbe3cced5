import RealModule

/// A quasi-Poisson regression of counts on the season (one level for each group of weeks) and, if wanted, a straight
/// trend: log μ = a_g + b·t.
///
/// Iteratively reweighted least squares from μ = y + 0.1 until the deviance moves by less than 10⁻⁸ of itself, at most
/// 25 times, as R's `glm` does. Since only the trend ties the groups together, each step is a weighted regression
/// within groups, with no matrix.
/// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models (2nd ed., 1989), 2.5, 6.2, 9.2.
struct SeasonFit {
  struct Data {
    let counts: [Double]
    let times: [Double]
    let groups: [Int]
    let groupCount: Int
  }

  private(set) var fitted: [Double] = []
  private(set) var slope = 0.0
  private(set) var isConverged = false
  /// Σ of working weights × Pearson's squared residuals over the degrees of freedom.
  private(set) var dispersion = 0.0
  let degrees: Double
  let hasTrend: Bool
  private let data: Data
  private let weights: [Double]
  /// Of the last step: its working weights, and for each group their sum, the mean time and the level there.
  private var working: [Double] = []
  private var sums: [Double] = []
  private var means: [Double] = []
  private var levels: [Double] = []
  private var square = 0.0

  init(_ data: Data, weights: [Double], trend: Bool) {
    self.data = data
    self.weights = weights
    hasTrend = trend
    degrees = Double(data.counts.count - data.groupCount - (trend ? 1 : 0))
    fitted = data.counts.map { $0 + 0.1 }
    var deviance = currentDeviance
    for _ in 0..<25 where !isConverged {
      step()
      let next = currentDeviance
      isConverged = abs(next - deviance) / (abs(next) + 0.1) < 1e-8
      deviance = next
    }
    dispersion = zip(working, relativeResiduals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / degrees
  }

  /// (y − μ)/μ.
  var relativeResiduals: [Double] { zip(data.counts, fitted).map { ($0 - $1) / $1 } }

  /// How much each count pulls its own fit.
  var leverages: [Double] {
    data.counts.indices.map { index in
      let group = data.groups[index]
      let away = data.times[index] - means[group]
      return working[index] * (1 / sums[group] + (hasTrend ? away * away / square : 0))
    }
  }

  /// log μ at a time of a group.
  func logMean(at time: Double, group: Int) -> Double { levels[group] + slope * (time - means[group]) }

  /// Its variance, for a dispersion of 1.
  func variance(at time: Double, group: Int) -> Double {
    let away = time - means[group]
    return 1 / sums[group] + (hasTrend ? away * away / square : 0)
  }

  /// The variance of the slope, for a dispersion of 1.
  var slopeVariance: Double { 1 / square }

  private var currentDeviance: Double {
    var sum = 0.0
    for index in data.counts.indices {
      let y = data.counts[index]
      let mean = fitted[index]
      sum += 2 * weights[index] * ((y > 0 ? y * .log(y / mean) : 0) - (y - mean))
    }
    return sum
  }

  private mutating func step() {
    let none = [Double](repeating: 0, count: data.groupCount)
    (sums, means, levels) = (none, none, none)
    working = zip(fitted, weights).map { $0 * $1 }
    let targets = zip(data.counts, fitted).map { Double.log($1) + ($0 - $1) / $1 }
    for (index, group) in data.groups.enumerated() {
      sums[group] += working[index]
      means[group] += working[index] * data.times[index]
      levels[group] += working[index] * targets[index]
    }
    for group in none.indices {
      means[group] /= sums[group]
      levels[group] /= sums[group]
    }
    if hasTrend {
      square = 0
      var product = 0.0
      for (index, group) in data.groups.enumerated() {
        let away = data.times[index] - means[group]
        square += working[index] * away * away
        product += working[index] * away * (targets[index] - levels[group])
      }
      slope = product / square
    }
    for (index, group) in data.groups.enumerated() {
      fitted[index] = .exp(logMean(at: data.times[index], group: group))
    }
  }
}
