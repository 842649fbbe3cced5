/// The mixture of vectors that lies nearest to the origin: shares w ≥ 0, Σw = 1 that minimise ‖Σw·v‖² + ridge·Σw².
///
/// Wolfe's active-set method: add the vector that points most against the mixture, go to the nearest point of the plane
/// through the chosen ones, drop those whose share would turn negative. It ends after finitely many steps.
/// Source: P. Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976) 128–149.
struct NearestMixture {
  private(set) var shares: [Double]
  private let products: [[Double]]
  private var chosen: [Int]

  init(of vectors: [[Double]], ridge: Double) {
    products = vectors.indices.map { first in
      vectors.indices.map { second in
        zip(vectors[first], vectors[second]).reduce(first == second ? ridge : 0) { $0 + $1.0 * $1.1 }
      }
    }
    let products = products
    let start = vectors.indices.min { products[$0][$0] < products[$1][$1] } ?? 0
    shares = [Double](repeating: 0, count: vectors.count)
    shares[start] = 1
    chosen = [start]
    let scale = vectors.indices.map { products[$0][$0] }.max() ?? 0
    for _ in 0..<(20 * vectors.count + 100) {
      let slopes = vectors.indices.map { vector in chosen.reduce(0.0) { $0 + products[vector][$1] * shares[$1] } }
      let now = chosen.reduce(0.0) { $0 + slopes[$1] * shares[$1] }
      guard let next = vectors.indices.min(by: { slopes[$0] < slopes[$1] }), slopes[next] < now - 1e-13 * scale,
        !chosen.contains(next)
      else { break }
      chosen.append(next)
      moveToPlane()
    }
  }

  private mutating func moveToPlane() {
    while true {
      guard let target = nearestOfPlane() else {
        shares[chosen.removeLast()] = 0
        return
      }
      if target.allSatisfy({ $0 > 0 }) {
        for (place, share) in zip(chosen, target) { shares[place] = share }
        return
      }
      // As far towards the plane's point as all shares stay positive; the first to vanish is dropped.
      var step = 1.0
      for (place, share) in zip(chosen, target) where share <= 0 {
        step = min(step, shares[place] / max(shares[place] - share, .leastNormalMagnitude))
      }
      for (place, share) in zip(chosen, target) { shares[place] += step * (share - shares[place]) }
      let least = chosen.map { shares[$0] }.min() ?? 0
      let gone = chosen.filter { shares[$0] <= max(least, 1e-15) }
      for place in gone { shares[place] = 0 }
      chosen.removeAll(where: gone.contains)
    }
  }

  /// Shares of any sign that sum to one: the solution of G·u = 1, scaled. Nil where the chosen ones depend on each
  /// other.
  private func nearestOfPlane() -> [Double]? {
    let matrix = chosen.flatMap { row in chosen.map { products[row][$0] } }
    guard let solved = Cholesky(matrix, size: chosen.count)?.solve(chosen.map { _ in 1 }) else { return nil }
    let sum = solved.reduce(0, +)
    return solved.map { $0 / sum }
  }
}
