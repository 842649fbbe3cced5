/// Which places are next to which. A place is not its own neighbour; if a is one of b, b is one of a.
public struct Adjacency: Sendable, Hashable {
  private let starts: [Int]
  private let neighbours: [Int]

  /// - Parameter lists: for each place the indices of its neighbours.
  public init(_ lists: [[Int]]) {
    precondition(lists.indices.allSatisfy { place in
      lists[place].allSatisfy { lists.indices.contains($0) && $0 != place }
    }, "a neighbour is another place")
    var starts = [0]
    for list in lists { starts.append(starts[starts.count - 1] + list.count) }
    self.starts = starts
    neighbours = lists.flatMap { $0 }
  }

  /// Cells of a grid that share an edge or a corner.
  public static func queen(columns: Int, rows: Int) -> Adjacency {
    Adjacency((0..<columns * rows).map { cell in
      let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
      return (max(0, row - 1)...min(rows - 1, row + 1)).flatMap { near in
        (max(0, column - 1)...min(columns - 1, column + 1)).map { near * columns + $0 }
      }.filter { $0 != cell }
    })
  }

  public var count: Int { starts.count - 1 }

  public subscript(place: Int) -> ArraySlice<Int> { neighbours[starts[place]..<starts[place + 1]] }
}
