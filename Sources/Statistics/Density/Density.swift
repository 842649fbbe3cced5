/// How many events there are for each square metre around the centre of each cell: the sum over all points of a kernel
/// of their distance, without binning.
///
/// Source: B. W. Silverman, Density Estimation for Statistics and Data Analysis (1986), chapter 4; the correction at
/// the edges, P. J. Diggle, Applied Statistics 34 (1985) 138–147.
public enum Density {
  public enum Kernel: Sendable, Hashable {
    /// K(d) = 3/(πR²) · (1 − d²/R²)² for d < R, in metres.
    case quartic(radius: Double)
    /// K(d) = e^(−d²/2h²) / (2πh²), in metres.
    case gaussian(deviation: Double)
  }

  /// - Parameters:
  ///   - x: metres, finite; points outside the grid count where their kernel reaches it.
  ///   - y: as many as `x`.
  ///   - edgeCorrected: divide each value by the share of its kernel that lies within the grid, for when events beyond
  ///     its edges happened but are not among the points.
  /// - Returns: events for each square metre, a value for each cell of the grid.
  public static func of(
    x: [Double], y: [Double], on grid: Grid, kernel: Kernel, edgeCorrected: Bool = false
  ) -> [Double] {
    precondition(x.count == y.count, "a point has two coordinates")
    var values: [Double]
    switch kernel {
    case .quartic(let radius):
      precondition(radius > 0, "a kernel is wider than nothing")
      values = QuarticDensity(grid: grid, radius: radius).sum(x: x, y: y)
    case .gaussian(let deviation):
      precondition(deviation > 0, "a kernel is wider than nothing")
      values = GaussianDensity(grid: grid, deviation: deviation).sum(x: x, y: y)
    }
    if edgeCorrected { EdgeShare(grid: grid, kernel: kernel).correct(&values) }
    return values
  }
}
