/// A rectangle of square cells in a local projection. A value of the grid belongs to the centre of its cell; values
/// stand row by row from the south, each row from the west: index = row · columns + column.
public struct Grid: Sendable, Hashable {
  public let columns: Int
  public let rows: Int
  /// The side of a cell, in metres.
  public let cell: Double
  /// The south-western corner, in metres.
  public let west: Double
  public let south: Double

  public init(columns: Int, rows: Int, cell: Double, west: Double = 0, south: Double = 0) {
    precondition(columns > 0 && rows > 0 && cell > 0, "a grid has cells")
    self.columns = columns
    self.rows = rows
    self.cell = cell
    self.west = west
    self.south = south
  }

  public var count: Int { columns * rows }

  /// The cell that holds a point; nil outside. A cell owns its western and southern edge.
  public func index(x: Double, y: Double) -> Int? {
    let column = ((x - west) / cell).rounded(.down)
    let row = ((y - south) / cell).rounded(.down)
    guard column >= 0, row >= 0, column < Double(columns), row < Double(rows) else { return nil }
    return Int(row) * columns + Int(column)
  }

  public func centre(of cell: Int) -> (x: Double, y: Double) {
    let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
    return (west + (Double(column) + 0.5) * self.cell, south + (Double(row) + 0.5) * self.cell)
  }

  /// How many points lie in each cell.
  public func counts(x: [Double], y: [Double]) -> [Int] {
    precondition(x.count == y.count, "a point has two coordinates")
    var counts = [Int](repeating: 0, count: count)
    for point in x.indices { if let cell = index(x: x[point], y: y[point]) { counts[cell] += 1 } }
    return counts
  }
}

extension Grid {
  /// The cells' values out of an array with a margin of columns on both sides, times `scale`.
  func cut(_ padded: [Double], stride: Int, margin: Int, scale: Double) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for row in 0..<rows {
      let start = row * stride + margin
      values += padded[start..<start + columns].lazy.map { $0 * scale }
    }
    return values
  }
}
