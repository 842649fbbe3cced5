/// Untreated places that were like the treated ones before: for each, the nearest by its path of counts, no place
/// twice.
///
/// Distance: Σ(√yₜ − √cₜ)² over the periods before, in which counts of any size vary alike (F. J. Anscombe, Biometrika
/// 35 (1948) 246–254). Pairs are taken nearest first. What was chosen for being worst goes back by itself: give the
/// pairs to `BeforeAfter`, which sets both against their own levels.
/// Source: D. B. Rubin, "Matching to remove bias in observational studies", Biometrics 29 (1973) 159–183.
public enum MatchedControls {
  /// - Parameters:
  ///   - treated: for each treated place its counts in the periods before.
  ///   - others: the same of the places to choose from.
  ///   - each: how many for each treated place; fewer where there are not enough.
  /// - Returns: indices into `others` for each treated place, nearest first.
  public static func nearest(treated: [[Int]], others: [[Int]], each: Int = 1) -> [[Int]] {
    let roots = { (path: [Int]) in path.map { Double($0).squareRoot() } }
    let (own, theirs) = (treated.map(roots), others.map(roots))
    let pairs = own.indices.flatMap { place in
      theirs.indices.map { other in
        (distance: zip(own[place], theirs[other]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, place, other)
      }
    }
    var chosen = [[Int]](repeating: [], count: treated.count)
    var isTaken = [Bool](repeating: false, count: others.count)
    // First one for everybody, then the second.
    for round in 1...max(1, each) {
      for pair in pairs.sorted(by: { ($0.distance, $0.1, $0.2) < ($1.distance, $1.1, $1.2) })
      where chosen[pair.1].count < round && !isTaken[pair.2] {
        chosen[pair.1].append(pair.2)
        isTaken[pair.2] = true
      }
    }
    return chosen
  }
}
