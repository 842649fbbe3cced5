/// The points whose kernel reaches a grid, in the order of the cells that they lie in (and within a cell in the order
/// in which they were given), so that neighbours are added to the same stretch of memory while it is at hand, and sums
/// do not depend on anything but the points.
struct PointOrder {
  /// From the grid's corner, in `unit`s.
  private(set) var x: [Double]
  private(set) var y: [Double]

  /// - Parameters:
  ///   - reach: metres; points farther from the grid are left out.
  ///   - unit: metres; the reach where none is given.
  init(x: [Double], y: [Double], grid: Grid, reach: Double, unit: Double? = nil) {
    let width = Double(grid.columns) * grid.cell
    let height = Double(grid.rows) * grid.cell
    let margin = Int((reach / grid.cell).rounded(.up)) + 1
    let columns = grid.columns + 2 * margin
    var starts = [Int32](repeating: 0, count: columns * (grid.rows + 2 * margin) + 1)
    var cells = [Int32](repeating: -1, count: x.count)
    for point in x.indices {
      let east = x[point] - grid.west
      let north = y[point] - grid.south
      guard east >= -reach, east <= width + reach, north >= -reach, north <= height + reach else { continue }
      let column = Int(east / grid.cell + Double(margin))
      let row = Int(north / grid.cell + Double(margin))
      let cell = row * columns + column
      cells[point] = Int32(cell)
      starts[cell + 1] += 1
    }
    for cell in starts.indices.dropFirst() { starts[cell] += starts[cell - 1] }
    let count = Int(starts[starts.count - 1])
    let scale = 1 / (unit ?? reach)
    self.x = [Double](repeating: 0, count: count)
    self.y = self.x
    for point in x.indices where cells[point] >= 0 {
      let place = Int(starts[Int(cells[point])])
      starts[Int(cells[point])] += 1
      self.x[place] = (x[point] - grid.west) * scale
      self.y[place] = (y[point] - grid.south) * scale
    }
  }
}
