import Domain
import SQL

extension IncidentCube {
  /// Answers a question from what has been folded in: whole months from the smallest table that has what is asked for,
  /// the days at either end from theirs.
  /// - Throws: ``CountFault``; ``Astray`` where the stored counts cannot be read.
  public func count(_ question: CountQuestion) async throws -> CountTable {
    try await site.database.read { try count(question, on: $0) }
  }

  func count(_ question: CountQuestion, on connection: any Connection) throws -> CountTable {
    let spots = try CubeSpots(district: site.district, on: connection)
    var codes = CountCodes()
    codes.kinds = try CubeSpots.kinds(district: site.district, on: connection)
    let numbers = spots.list.map { (codes.places.number($0.place), codes.divisions.number($0.division)) }
    var walk = Walk(site: site, grid: try CountGrid(question, codes), spots: numbers)
    let days = question.days
    let level = CubeLevel.ofMonths(for: question)
    // The whole months of the period: those behind the day before it, up to the one that it ends in.
    let (start, end) = (CountMonth(day: days.lowerBound - 1).next, CountMonth(day: days.upperBound))
    if let level, start < end {
      try walk.days(days.lowerBound..<start.days.lowerBound, on: connection)
      try walk.months(start..<end, level, on: connection)
      try walk.days(end.days.lowerBound..<days.upperBound, on: connection)
    } else {
      try walk.days(days, on: connection)
    }
    return walk.grid.finish()
  }

  /// One pass over the stored cells in the order of time.
  private struct Walk {
    let site: Installation
    var grid: CountGrid
    private let spots: [Int32]
    private let kinds: [Int32]
    private let hours: [Int32]

    /// - Parameter spots: the numbers of the place and the division of each spot.
    init(site: Installation, grid: CountGrid, spots: [(place: Int, division: Int)]) {
      self.site = site
      self.grid = grid
      let (places, divisions) = (grid.share(.place), grid.share(.division))
      // One more for spots that the list does not have.
      self.spots = spots.map { (places?[$0.place] ?? 0) + (divisions?[$0.division] ?? 0) } + [CountGrid.excluded]
      let known = grid.share(.kind) ?? [Int32](repeating: 0, count: grid.codes.kinds.count)
      kinds = known + [Int32](repeating: CountGrid.excluded, count: max(0, CubeLevel.kindsMax - known.count))
      hours = Self.filled(grid.share(.hour) ?? [Int32](repeating: 0, count: 24), to: 32)
    }

    private static func filled(_ share: [Int32], to count: Int) -> [Int32] {
      share + [Int32](repeating: CountGrid.excluded, count: count - share.count)
    }

    mutating func days(_ days: Range<Int>, on connection: any Connection) throws {
      guard !days.isEmpty else { return }
      var month: CountMonth?
      var shares: [Int32]?
      try connection.forEach(
        """
        SELECT day, cells FROM incident_days
        WHERE district = \(site.district) AND day >= \(days.lowerBound) AND day < \(days.upperBound) ORDER BY day
        """
      ) { row in
        let (day, of) = (row.int(0), CountMonth(day: row.int(0)))
        if of != month {
          if let month { grid.end(month) }
          month = of
          shares = grid.share(daysOf: of)
        }
        try add(row.blob(1), .day, hours, base: shares?[day - of.days.lowerBound] ?? 0)
      }
      if let month { grid.end(month) }
    }

    mutating func months(_ months: Range<CountMonth>, _ level: CubeLevel, on connection: any Connection) throws {
      let times = level == .kindWeek
        ? Self.filled(grid.shareOfWeek() ?? [Int32](repeating: 0, count: 168), to: 256) : hours
      try connection.forEach(
        """
        SELECT month, cells FROM incident_months
        WHERE district = \(site.district) AND level = \(level.rawValue) AND month >= \(months.lowerBound.number)
          AND month < \(months.upperBound.number) ORDER BY month
        """
      ) { row in
        try add(row.blob(1), level, times, base: 0)
        grid.end(CountMonth(row.int(0)))
      }
    }

    private mutating func add(_ bytes: [UInt8], _ level: CubeLevel, _ times: [Int32], base: Int32) throws {
      // Without an hour in the key, the first stands for all.
      let times = level.timeMask == 0 ? [0] : times
      let kinds = level.kindMask == 0 ? [0] : self.kinds
      let spots = level == .kindWeek ? [0, 0] : self.spots
      let last = UInt64(spots.count - 1)
      let (spotShift, kindShift) = (level.spotShift, level.kindShift)
      let (kindMask, timeMask) = (level.kindMask, level.timeMask)
      let isWhole = grid.withCells { cells in
        spots.withUnsafeBufferPointer { spots in
          kinds.withUnsafeBufferPointer { kinds in
            times.withUnsafeBufferPointer { times in
              CubeCells.forEach(bytes) { key, count in
                let index = base &+ spots[Int(min(key &>> spotShift, last))]
                  &+ kinds[Int((key &>> kindShift) & kindMask)] &+ times[Int(key & timeMask)]
                cells[Int(max(index, -1)) + 1] &+= count
              }
            }
          }
        }
      }
      guard isWhole else { throw Astray() }
    }
  }
}
