import Domain

/// Why a question is not answered.
public enum CountFault: Error, Sendable, Hashable {
  /// So many groups at once, before any is known to be empty.
  case tooFine(groups: Int)
}

/// Adds up counts for one question: a dense array over all groups of a month (or of the whole period, where no time is
/// asked for), from which the groups that have any are taken out.
///
/// Each dimension is a table from its numbers to their share of the index into the array, 0 where it is not asked for
/// and far below 0 where it is not counted, so that one addition a dimension finds the place of a count.
struct CountGrid {
  typealias Dimension = CountQuestion.Dimension

  let question: CountQuestion
  let codes: CountCodes
  private let strides: [Dimension: Int]
  /// Those that groups differ in within a month, the outermost first.
  private let inner: [Dimension]
  /// Place 0 takes what is not counted.
  private var cells: [Int32]
  private(set) var table: CountTable

  static let groupsMax = 1 << 26
  static let excluded = Int32(-1 << 27)

  /// - Throws: ``CountFault``.
  init(_ question: CountQuestion, _ codes: CountCodes) throws(CountFault) {
    self.question = question
    self.codes = codes
    inner = question.by.filter { $0 != .month }.sorted()
    var strides: [Dimension: Int] = [:]
    var size = 1
    for dimension in inner.reversed() {
      strides[dimension] = size
      size *= codes.count(dimension)
      guard size <= Self.groupsMax else { throw .tooFine(groups: size) }
    }
    self.strides = strides
    cells = [Int32](repeating: 0, count: size + 1)
    table = CountTable(of: question, codes)
  }

  /// The share of each number of a dimension in the index; nil where all share alike, so that nobody need look.
  func share(_ dimension: Dimension) -> [Int32]? {
    guard question.concerns(dimension) else { return nil }
    let stride = strides[dimension] ?? 0
    let list = codes.list(dimension)
    return (0..<codes.count(dimension)).map {
      question.includes(dimension, $0, of: list) ? Int32($0 * stride) : Self.excluded
    }
  }

  /// The share of each day of a month, and of its weekday; nil where all count and share alike.
  func share(daysOf month: CountMonth) -> [Int32]? {
    let days = month.days
    let isWhole = question.days.lowerBound <= days.lowerBound && days.upperBound <= question.days.upperBound
    guard !isWhole || question.by.contains(.day) || question.by.contains(.weekday) else { return nil }
    let (ofDay, ofWeekday) = (strides[.day] ?? 0, strides[.weekday] ?? 0)
    return days.map { day in
      guard question.days.contains(day) else { return Self.excluded }
      return Int32((day - days.lowerBound) * ofDay + (CivilDate(dayNumber: day).weekday - 1) * ofWeekday)
    }
  }

  /// The share of each hour of a week, from Monday.
  func shareOfWeek() -> [Int32]? {
    guard question.by.contains(.weekday) || question.concerns(.hour) else { return nil }
    let hours = share(.hour) ?? [Int32](repeating: 0, count: 24)
    let stride = Int32(strides[.weekday] ?? 0)
    return (0..<7).flatMap { weekday in hours.map { $0 < 0 ? $0 : $0 + Int32(weekday) * stride } }
  }

  /// Where counts are put: index 0 takes what is not counted, all others follow.
  mutating func withCells<T>(_ body: (UnsafeMutablePointer<Int32>) throws -> T) rethrows -> T {
    try cells.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("a grid has a place at least") }
      return try body(start)
    }
  }

  /// A month has been counted: its groups are taken out, where months or days are asked for.
  mutating func end(_ month: CountMonth) {
    if question.by.contains(.month) || question.by.contains(.day) { takeOut(month) }
  }

  /// All has been counted.
  mutating func finish() -> CountTable {
    takeOut(nil)
    return table
  }

  private mutating func takeOut(_ month: CountMonth?) {
    cells[0] = 0
    var found: [Int32] = []
    found.reserveCapacity(min(cells.count, 1 << 16))
    for index in cells.indices where cells[index] != 0 {
      found.append(Int32(index - 1))
      table.counts.append(cells[index])
      cells[index] = 0
    }
    for (place, dimension) in inner.enumerated() {
      guard let stride = strides[dimension] else { continue }
      let base = dimension == .day ? Int32(month?.days.lowerBound ?? 0) : 0
      fill(dimension, found, stride: Int32(stride), size: place == 0 ? nil : Int32(codes.count(dimension)), base)
    }
    if question.by.contains(.month), let month {
      table.columns[.month]?.append(contentsOf: repeatElement(Int32(month.number), count: found.count))
    }
  }

  private mutating func fill(_ dimension: Dimension, _ found: [Int32], stride: Int32, size: Int32?, _ base: Int32) {
    var column = table.columns.removeValue(forKey: dimension) ?? []
    for index in found {
      let number = index / stride
      column.append(base + (size.map { number % $0 } ?? number))
    }
    table.columns[dimension] = column
  }
}
