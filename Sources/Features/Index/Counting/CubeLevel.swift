/// What the cells of a table of the cube are counted by, and how that is packed into their keys.
///
/// A spot is a place in a division, or a division alone where the place is not known; spots and kinds are numbers of the
/// cube's own lists. Raw values are storage formats.
enum CubeLevel: String, Sendable, CaseIterable {
  /// Of one day: spot × kind × hour.
  case day
  /// Of one month.
  case spotKind = "spot-kind"
  case spotHour = "spot-hour"
  /// Of one month: kind × hour of the week, from Monday.
  case kindWeek = "kind-week"

  static let ofMonths: [CubeLevel] = [.spotKind, .spotHour, .kindWeek]

  private static let kindBits: UInt64 = 11
  static let kindsMax = 1 << kindBits

  func key(_ cell: Cell) -> UInt64 {
    let (spot, kind, hour) = (UInt64(cell.spot), UInt64(cell.kind), UInt64(cell.hour))
    return switch self {
    case .day: spot << spotShift | kind << kindShift | hour
    case .spotKind: spot << spotShift | kind
    case .spotHour: spot << spotShift | hour
    case .kindWeek: kind << kindShift | UInt64(cell.weekday) * 24 + hour
    }
  }

  /// What a key of a day stands for.
  func cell(_ key: UInt64, weekday: Int) -> Cell {
    Cell(spot: Int(key >> spotShift), kind: Int((key >> kindShift) & kindMask), weekday: weekday,
         hour: Int(key & timeMask))
  }

  /// A report's place in the cube. Weekdays from 0, Monday.
  struct Cell: Sendable, Hashable {
    let spot: Int
    let kind: Int
    let weekday: Int
    let hour: Int
  }

  /// Keys are cut into a spot, a kind and a time by these; a part that a level does not have is 0.
  var spotShift: UInt64 {
    switch self {
    case .day: Self.kindBits + 5
    case .spotKind: Self.kindBits
    case .spotHour: 5
    case .kindWeek: 63
    }
  }

  var kindShift: UInt64 {
    switch self {
    case .day: 5
    case .kindWeek: 8
    case .spotKind, .spotHour: 0
    }
  }

  var kindMask: UInt64 { self == .spotHour ? 0 : UInt64(Self.kindsMax - 1) }

  var timeMask: UInt64 {
    switch self {
    case .day, .spotHour: 31
    case .spotKind: 0
    case .kindWeek: 255
    }
  }

  /// The cheapest table of whole months that can answer a question; nil where only the days can.
  static func ofMonths(for question: CountQuestion) -> CubeLevel? {
    if question.by.contains(.day) { return nil }
    let spot = question.concerns(.place) || question.concerns(.division)
    let week = question.by.contains(.weekday)
    if !spot, week || question.concerns(.hour) { return .kindWeek }
    if !week, !question.concerns(.hour) { return .spotKind }
    return question.concerns(.kind) || week ? nil : .spotHour
  }
}
