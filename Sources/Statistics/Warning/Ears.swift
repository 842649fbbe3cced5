/// Early warning from a week's own recent past, for series with no history to speak of.
///
/// The bound is the mean of the seven weeks before plus z₁₋α standard deviations (n − 1). C1 takes the weeks right
/// before, C2 leaves out two, so that a slow rise does not hide in its own baseline.
/// Source: L. Hutwagner et al., "The bioterrorism preparedness and response Early Aberration Reporting System (EARS)",
/// Journal of Urban Health 80 (2003) i89–i96; M. Salmon, D. Schumacher, M. Höhle, Journal of Statistical Software 70
/// (2016) 10.
public enum Ears {
  public enum Method: Sendable, Hashable {
    case c1, c2

    var gap: Int { self == .c1 ? 0 : 2 }
  }

  public static let baseline = 7

  /// - Parameters:
  ///   - counts: one for each period, such as weeks, in order.
  ///   - alpha: the probability of a false alarm where counts were normal.
  /// - Returns: for each period the bound that a count has to exceed; nil where there is not enough past.
  public static func bounds(_ counts: [Int], _ method: Method, alpha: Double = 0.001) -> [Double?] {
    let z = -NormalDistribution.quantile(alpha)
    return counts.indices.map { period in
      let end = period - method.gap
      guard end >= baseline else { return nil }
      let before = counts[end - baseline..<end].map(Double.init)
      let mean = before.reduce(0, +) / Double(baseline)
      let squares = before.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return mean + z * (squares / Double(baseline - 1)).squareRoot()
    }
  }
}
