import Domain

/// How many reports there were: of which days, by what, and of what alone.
public struct CountQuestion: Sendable, Hashable {
  /// What is counted apart. Raw values are the words of the command line.
  public enum Dimension: String, Sendable, Hashable, CaseIterable, Comparable {
    case month, day, place, division, kind, weekday, hour

    public static func < (one: Dimension, other: Dimension) -> Bool { one.rank < other.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  public var from: CivilDate
  /// Exclusive.
  public var to: CivilDate
  public var by: Set<Dimension>
  public var places: Set<String>?
  /// A division, with all below.
  public var division: String?
  public var kinds: Set<String>?
  /// Hours of the day, 0 ..< 24.
  public var hours: Set<Int>?

  public init(from: CivilDate, to: CivilDate, by: Set<Dimension>, places: Set<String>? = nil, division: String? = nil,
              kinds: Set<String>? = nil, hours: Set<Int>? = nil) {
    self.from = from
    self.to = to
    self.by = by
    self.places = places
    self.division = division
    self.kinds = kinds
    self.hours = hours
  }

  /// Whether an answer depends on a dimension at all.
  func concerns(_ dimension: Dimension) -> Bool {
    if by.contains(dimension) { return true }
    return switch dimension {
    case .place: places != nil
    case .division: division != nil
    case .kind: kinds != nil
    case .hour: hours != nil
    case .month, .day, .weekday: false
    }
  }

  /// Whether something of this number in its list is counted.
  func includes(_ dimension: Dimension, _ number: Int, of codes: IncidentCodes?) -> Bool {
    switch dimension {
    case .place: places.map { $0.contains(codes?[number] ?? "") } ?? true
    case .kind: kinds.map { $0.contains(codes?[number] ?? "") } ?? true
    case .division: division.map { Self.isDivision(codes?[number] ?? "", within: $0) } ?? true
    case .hour: hours.map { $0.contains(number) } ?? true
    case .month, .day, .weekday: true
    }
  }

  /// Codes of divisions begin with their parent's.
  static func isDivision(_ code: String, within area: String) -> Bool { code >= area && code < area + "~" }

  /// The days that are asked for, since 1970-01-01.
  var days: Range<Int> { from.dayNumber..<max(from.dayNumber, to.dayNumber) }
}
