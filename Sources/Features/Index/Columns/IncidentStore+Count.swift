import Domain

extension IncidentStore {
  /// Answers a question by going through all rows of the months that it asks for.
  /// - Throws: ``NotGathered``, ``CountFault``.
  public func count(_ question: CountQuestion) throws -> CountTable {
    let wanted = question.days
    let segments = try segments().filter { $0.month.days.overlaps(wanted) }
    var codes = CountCodes()
    for segment in segments {
      for code in segment.places.list { _ = codes.places.number(code) }
      for code in segment.kinds.list { _ = codes.kinds.number(code) }
      for code in segment.divisions.list { _ = codes.divisions.number(code) }
    }
    var grid = try CountGrid(question, codes)
    for segment in segments {
      Self.count(segment, codes, into: &grid)
      grid.end(segment.month)
    }
    return grid.finish()
  }

  /// Rows that are counted at a time, so that what they come to stays in the cache.
  private static let block = 4_096

  private static func count(_ segment: IncidentSegment, _ codes: CountCodes, into grid: inout CountGrid) {
    func share(_ dimension: CountQuestion.Dimension, _ own: IncidentCodes, _ all: IncidentCodes) -> [Int32]? {
      grid.share(dimension).map { share in own.list.map { share[all.existing($0) ?? 0] } }
    }
    let places = share(.place, segment.places, codes.places)
    let kinds = share(.kind, segment.kinds, codes.kinds)
    let divisions = share(.division, segment.divisions, codes.divisions)
    let hours = grid.share(.hour)
    let days = grid.share(daysOf: segment.month)
    segment.withColumns { columns in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: block) { index in
        guard let index = index.baseAddress else { return }
        for start in stride(from: 0, to: segment.rows, by: block) {
          let count = min(block, segment.rows - start)
          index.initialize(repeating: 0, count: count)
          if let places { add(columns.place + start, places, to: index, count) }
          if let kinds { add(columns.kind + start, kinds, to: index, count) }
          if let divisions { add(columns.division + start, divisions, to: index, count) }
          if let hours { add(columns.hour + start, hours, to: index, count) }
          if let days { add(columns.day + start, days, to: index, count) }
          grid.withCells { cells in
            for row in 0..<count { cells[Int(max(index[row], -1)) + 1] &+= 1 }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func add<Number: UnsignedInteger & FixedWidthInteger>(
    _ column: UnsafePointer<Number>, _ share: [Int32], to index: UnsafeMutablePointer<Int32>, _ count: Int
  ) {
    share.withUnsafeBufferPointer { share in
      guard let share = share.baseAddress else { return }
      for row in 0..<count { index[row] &+= share[Int(column[row])] }
    }
  }
}
