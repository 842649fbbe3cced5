import Domain
import Statistics

/// The single reports of each group, by day and fine cell, in an order that follows from them alone.
struct EditionEvents {
  /// Of each group: days and cells, sorted.
  private(set) var days: [[Int]] = []
  private(set) var cells: [[Int]] = []
  /// Of what is looked at for near repeats: days and metres, sorted.
  private(set) var repeatDays: [Int] = []
  private(set) var repeatX: [Double] = []
  private(set) var repeatY: [Double] = []
  /// Of each pair of a place and a kind that was asked for: reports by hour.
  private(set) var pairHours: [[Int]]

  /// - Parameter pairs: place · kindCount + kind, as in ``EditionCounts/placeKinds``.
  init(_ table: IncidentTable, before: IncidentTable, _ frame: EditionFrame, _ earlier: EditionFrame, pairs: [Int]) {
    var keys = frame.definition.groups.map { _ in [Int]() }
    pairHours = pairs.map { _ in [Int](repeating: 0, count: 24) }
    Self.gather(before, earlier, into: &keys)
    Self.gather(table, frame, into: &keys)
    for index in keys.indices {
      keys[index].sort()
      days.append(keys[index].map { $0 >> 32 })
      cells.append(keys[index].map { $0 & 0xFFFF_FFFF })
    }
    countHours(table, frame, pairs)
    gatherRepeats(table, frame)
  }

  private static func gather(_ table: IncidentTable, _ frame: EditionFrame, into keys: inout [[Int]]) {
    let codes = EditionCodes(table, frame)
    for row in 0..<table.count {
      let (day, group) = (Int(table.day[row]), codes.groups[codes.kinds[Int(table.kind[row])]])
      guard group >= 0, frame.days.contains(day), table.east[row].isFinite, table.north[row].isFinite,
        let cell = frame.ground.fine.index(x: Double(table.east[row]), y: Double(table.north[row]))
      else { continue }
      keys[group].append(day << 32 | cell)
    }
  }

  private mutating func countHours(_ table: IncidentTable, _ frame: EditionFrame, _ pairs: [Int]) {
    let codes = EditionCodes(table, frame)
    let kindCount = frame.pack.kinds.count + 1
    var numbers = [Int32](repeating: -1, count: (frame.pack.places.count + 1) * kindCount)
    for (number, pair) in pairs.enumerated() { numbers[pair] = Int32(number) }
    for row in 0..<table.count where frame.days.contains(Int(table.day[row])) {
      let pair = codes.places[Int(table.place[row])] * kindCount + codes.kinds[Int(table.kind[row])]
      if numbers[pair] >= 0 { pairHours[Int(numbers[pair])][Int(table.hour[row])] += 1 }
    }
  }

  /// The latest whole days that together hold no more than so many: pairs grow with the square.
  private static let repeatsMost = 20_000

  private mutating func gatherRepeats(_ table: IncidentTable, _ frame: EditionFrame) {
    let codes = EditionCodes(table, frame)
    let isLookedAt = frame.pack.kinds.map { $0.isWithin(frame.definition.nearRepeatKinds) } + [false]
    var perDay = [Int](repeating: 0, count: frame.dayCount)
    var rows: [Int] = []
    for row in 0..<table.count {
      let day = Int(table.day[row])
      guard isLookedAt[codes.kinds[Int(table.kind[row])]], frame.days.contains(day), table.isFirst[row],
        table.east[row].isFinite, table.north[row].isFinite
      else { continue }
      perDay[day - frame.days.lowerBound] += 1
      rows.append(row)
    }
    var (first, sum) = (frame.days.upperBound + 1, 0)
    while first > frame.days.lowerBound, sum + perDay[first - 1 - frame.days.lowerBound] <= Self.repeatsMost {
      first -= 1
      sum += perDay[first - frame.days.lowerBound]
    }
    let kept = rows.filter { Int(table.day[$0]) >= first }.map { row in
      (day: Int(table.day[row]), x: Double(table.east[row]), y: Double(table.north[row]))
    }.sorted { ($0.day, $0.x, $0.y) < ($1.day, $1.x, $1.y) }
    repeatDays = kept.map(\.day)
    repeatX = kept.map(\.x)
    repeatY = kept.map(\.y)
  }
}
