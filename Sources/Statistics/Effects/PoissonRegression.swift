import RealModule

/// log μ = X·b for counts, by iteratively reweighted least squares.
///
/// Source: P. McCullagh, J. A. Nelder, Generalized Linear Models (2nd ed., 1989), 2.5.
struct PoissonRegression {
  private(set) var coefficients: [Double]
  private(set) var fitted: [Double]
  private let rows: [[Double]]
  private let counts: [Double]
  /// Columns are brought to size 1 while they are worked with.
  private let scales: [Double]
  private var factor: Cholesky

  /// Nil where the columns depend on each other, or the fit does not converge.
  init?(_ design: [[Double]], _ counts: [Double]) {
    let width = design.first?.count ?? 0
    let scales = (0..<width).map { column in design.reduce(0) { max($0, abs($1[column])) } }
    guard scales.allSatisfy({ $0 > 0 }), counts.contains(where: { $0 > 0 }) else { return nil }
    let rows = design.map { row in zip(row, scales).map { $0 / $1 } }
    fitted = counts.map { $0 + 0.1 }
    coefficients = [Double](repeating: 0, count: width)
    var next: Cholesky?
    var isDone = false
    for _ in 0..<100 where !isDone {
      var right = [Double](repeating: 0, count: width)
      for (index, row) in rows.enumerated() {
        let target = Double.log(fitted[index]) * fitted[index] + counts[index] - fitted[index]
        for column in 0..<width { right[column] += row[column] * target }
      }
      guard let solved = Cholesky(Self.information(rows, fitted), size: width) else { return nil }
      let found = solved.solve(right)
      isDone = zip(found, coefficients).allSatisfy { abs($0 - $1) <= 1e-12 * (1 + abs($0)) }
      coefficients = found
      fitted = rows.map { row in .exp(zip(row, found).reduce(0) { $0 + $1.0 * $1.1 }) }
      next = solved
    }
    guard isDone, let next else { return nil }
    (self.rows, self.counts, self.scales, factor) = (rows, counts, scales, next)
    coefficients = zip(coefficients, scales).map { $0 / $1 }
  }

  private static func information(_ rows: [[Double]], _ weights: [Double]) -> [Double] {
    let width = rows[0].count
    var matrix = [Double](repeating: 0, count: width * width)
    for (row, weight) in zip(rows, weights) {
      for first in 0..<width {
        for second in 0..<width { matrix[first * width + second] += weight * row[first] * row[second] }
      }
    }
    return matrix
  }

  /// Standard errors that allow for variance of any size and for errors that resemble each other over some lags.
  func neweyWestErrors(lags: Int) -> [Double] {
    let width = coefficients.count
    let n = Double(counts.count)
    // The part of each period in each coefficient's error.
    let parts = counts.indices.map { index in
      factor.solve(rows[index].map { $0 * (counts[index] - fitted[index]) })
    }
    return (0..<width).map { column in
      var variance = 0.0
      for lag in 0...lags {
        let weight = lag == 0 ? 1 : 2 * (1 - Double(lag) / Double(lags + 1))
        for index in lag..<max(lag, parts.count) {
          variance += weight * parts[index][column] * parts[index - lag][column]
        }
      }
      return (max(0, variance) * n / (n - Double(width))).squareRoot() / scales[column]
    }
  }
}
