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

  /// Where events could be seen. What lies outside is missing, and values near the edge are too low by it.
  public enum Edge: Sendable, Hashable {
    /// Everywhere: nothing is corrected.
    case none
    /// Within the grid: each value is divided by the share of its kernel that lies within, by exact integrals.
    case grid
    /// Within these cells, such as those of a district: the share is the kernel's sum over their centres, as good as
    /// the kernel is wider than a cell. Cells outside have no value: 0.
    case area([Bool])
  }

  /// - Parameters:
  ///   - x: metres, finite; points outside the grid count where their kernel reaches it.
  ///   - y: as many as `x`.
  ///   - edge: for when events beyond an edge happened but are not among the points.
  /// - Returns: events for each square metre, a value for each cell of the grid.
  public static func of(
    x: [Double], y: [Double], on grid: Grid, kernel: Kernel, edge: Edge = .none
  ) -> [Double] {
    precondition(x.count == y.count, "a point has two coordinates")
    var values = sum(x: x, y: y, on: grid, kernel: kernel)
    switch edge {
    case .none: break
    case .grid: EdgeShare(grid: grid, kernel: kernel).correct(&values)
    case .area(let isInside):
      precondition(isInside.count == grid.count, "every cell is inside or not")
      let cells = isInside.indices.filter { isInside[$0] }
      let shares = sum(
        x: cells.map { grid.centre(of: $0).x }, y: cells.map { grid.centre(of: $0).y }, on: grid, kernel: kernel)
      for cell in values.indices {
        values[cell] = isInside[cell] ? values[cell] / (shares[cell] * grid.cell * grid.cell) : 0
      }
    }
    return values
  }

  private static func sum(x: [Double], y: [Double], on grid: Grid, kernel: Kernel) -> [Double] {
    switch kernel {
    case .quartic(let radius):
      precondition(radius > 0, "a kernel is wider than nothing")
      return QuarticDensity(grid: grid, radius: radius).sum(x: x, y: y)
    case .gaussian(let deviation):
      precondition(deviation > 0, "a kernel is wider than nothing")
      return GaussianDensity(grid: grid, deviation: deviation).sum(x: x, y: y)
    }
  }
}
