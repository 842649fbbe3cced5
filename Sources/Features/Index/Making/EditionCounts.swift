import Domain
import Statistics

/// What an edition counts in one pass over the reports of a period. Nothing in it hangs on their order.
struct EditionCounts {
  /// The pack's kinds and, last, the unknown one; the same of places and divisions.
  let kindCount: Int
  private(set) var total = 0
  private(set) var kinds: [Int]
  /// First reports alone: cases.
  private(set) var kindFirsts: [Int]
  private(set) var kindHours: [Int]
  private(set) var doors: [String: Int] = [:]
  private(set) var hoursOfWeek = [Int](repeating: 0, count: 168)
  /// By days since the first of the period.
  private(set) var days: [Int]
  /// place · kindCount + kind
  private(set) var placeKinds: [Int32]
  private(set) var divisionKinds: [Int32]
  private(set) var placeFirsts: [Int]
  /// Of each group, and of the night, in fine cells.
  private(set) var groupCells: [[Int]]
  private(set) var nightCells: [Int]
  private(set) var morningCells: [Int]
  private(set) var nightTotal = 0
  /// weekday (Monday 0) · 24 + hour, of the kinds that make a jam.
  private(set) var morningHours = [Int](repeating: 0, count: 168)

  init(_ table: IncidentTable, _ frame: EditionFrame) {
    let definition = frame.definition
    kindCount = frame.pack.kinds.count + 1
    kinds = [Int](repeating: 0, count: kindCount)
    kindFirsts = kinds
    kindHours = [Int](repeating: 0, count: kindCount * 24)
    days = [Int](repeating: 0, count: frame.dayCount)
    placeKinds = [Int32](repeating: 0, count: (frame.pack.places.count + 1) * kindCount)
    divisionKinds = [Int32](repeating: 0, count: (frame.pack.divisions.count + 1) * kindCount)
    placeFirsts = [Int](repeating: 0, count: frame.pack.places.count + 1)
    let cells = [Int](repeating: 0, count: frame.ground.fine.count)
    groupCells = definition.groups.map { _ in cells }
    nightCells = cells
    morningCells = cells
    let codes = EditionCodes(table, frame)
    var doorCounts = [Int](repeating: 0, count: table.doors.count)
    let isNight = (0..<24).map(definition.night.contains)
    let isMorning = (0..<24).map(definition.morning.contains)
    for row in 0..<table.count {
      let day = Int(table.day[row])
      guard frame.days.contains(day) else { continue }
      let (hour, kind) = (Int(table.hour[row]), codes.kinds[Int(table.kind[row])])
      let weekHour = (day + 3) % 7 * 24 + hour
      total += 1
      kinds[kind] += 1
      kindHours[kind * 24 + hour] += 1
      doorCounts[Int(table.door[row])] += 1
      hoursOfWeek[weekHour] += 1
      days[day - frame.days.lowerBound] += 1
      let place = codes.places[Int(table.place[row])]
      placeKinds[place * kindCount + kind] += 1
      divisionKinds[codes.divisions[Int(table.division[row])] * kindCount + kind] += 1
      if table.isFirst[row] {
        placeFirsts[place] += 1
        kindFirsts[kind] += 1
      }
      if isNight[hour] { nightTotal += 1 }
      let isJam = codes.isJam[kind] && isMorning[hour]
      if codes.isJam[kind] { morningHours[weekHour] += 1 }
      let (east, north) = (table.east[row], table.north[row])
      guard east.isFinite, north.isFinite, let cell = frame.ground.fine.index(x: Double(east), y: Double(north))
      else { continue }
      if codes.groups[kind] >= 0 { groupCells[codes.groups[kind]][cell] += 1 }
      if isNight[hour] { nightCells[cell] += 1 }
      if isJam { morningCells[cell] += 1 }
    }
    for (door, count) in doorCounts.enumerated() where count > 0 { doors[table.doors[door], default: 0] += count }
  }

  /// All of a place, whatever its kind.
  func reports(place: Int) -> Int {
    placeKinds[place * kindCount..<(place + 1) * kindCount].reduce(0) { $0 + Int($1) }
  }
}

/// The days, the ground and the definition that two periods are counted by.
struct EditionFrame {
  let pack: CityPack
  let definition: EditionDefinition
  let ground: EditionGround
  /// Days since 1970-01-01.
  let days: ClosedRange<Int>

  var dayCount: Int { days.upperBound - days.lowerBound + 1 }
}

/// From the numbers of a table's codes, which hang on the order of its rows, to those of the pack.
struct EditionCodes {
  let kinds: [Int]
  let places: [Int]
  let divisions: [Int]
  /// Of each of the pack's kinds: its group, or −1; whether it is part of a jam.
  let groups: [Int]
  let isJam: [Bool]

  init(_ table: IncidentTable, _ frame: EditionFrame) {
    func numbers(_ list: [String], _ codes: [String]) -> [Int] {
      let known = Dictionary(codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      return list.map { known[$0] ?? codes.count }
    }
    let pack = frame.pack
    kinds = numbers(table.kinds.list, pack.kinds.map(\.code))
    places = numbers(table.places.list, pack.places.map(\.code))
    divisions = numbers(table.divisions.list, pack.divisions.map(\.code))
    groups = pack.kinds.map { kind in frame.definition.groups.firstIndex { kind.isWithin($0.kinds) } ?? -1 } + [-1]
    isJam = pack.kinds.map { $0.isWithin(frame.definition.morningKinds) } + [false]
  }
}
