/// How sure a proportion is: Wilson's score interval.
///
/// With p = k/n: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
/// American Statistical Association 22 (1927) 209–212; method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998)
/// 857–872.
public enum Wilson {
  /// Two-sided 95 %.
  public static let z95 = 1.959963984540054

  /// - Parameters:
  ///   - hits: k, 0 … `count`.
  ///   - count: n, not negative. Of nothing, nothing is known: 0 … 1.
  ///   - z: the standard normal quantile of the confidence, positive.
  /// - Returns: within 0 … 1; it begins at exactly 0 for k = 0 and ends at exactly 1 for k = n.
  public static func interval(hits: Int, of count: Int, z: Double = z95) -> ClosedRange<Double> {
    precondition(hits >= 0 && hits <= count && z > 0, "a proportion has 0 … n hits")
    guard count > 0 else { return 0...1 }
    let n = Double(count)
    let p = Double(hits) / n
    let square = z * z
    let middle = p + square / (2 * n)
    let half = z * (p * (1 - p) / n + square / (4 * n * n)).squareRoot()
    let scale = 1 + square / n
    // Rounding must not leave a hair between the bound and the end it stands for.
    let low = hits == 0 ? 0 : max(0, (middle - half) / scale)
    let high = hits == count ? 1 : min(1, (middle + half) / scale)
    return low...high
  }
}
