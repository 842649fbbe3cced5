import Domain

/// The answer to a ``CountQuestion``: a row for each group that has any report, in the order of the dimensions
/// (``CountQuestion/Dimension``) and within each of its numbers.
public struct CountTable: Sendable {
  /// By dimension, the number of each row's group: days since 1970-01-01; months since 0000-01
  /// (year × 12 + month − 1); weekdays from 0, Monday; hours; places, divisions and kinds as numbers in their lists.
  public internal(set) var columns: [CountQuestion.Dimension: [Int32]] = [:]
  public internal(set) var counts: [Int32] = []
  public let places: IncidentCodes
  public let divisions: IncidentCodes
  public let kinds: IncidentCodes

  init(of question: CountQuestion, _ codes: CountCodes) {
    for dimension in question.by { columns[dimension] = [] }
    places = codes.places
    divisions = codes.divisions
    kinds = codes.kinds
  }

  public var total: Int { counts.reduce(0) { $0 + Int($1) } }

  /// What a group is called: a code, a date, a number.
  public func name(_ dimension: CountQuestion.Dimension, row: Int) -> String {
    let number = Int(columns[dimension]?[row] ?? 0)
    return switch dimension {
    case .place: places[number]
    case .division: divisions[number]
    case .kind: kinds[number]
    case .day: CivilDate(dayNumber: number).text
    case .month: String(CountMonth(number).first.text.prefix(7))
    case .weekday: String(number + 1)
    case .hour: String(number)
    }
  }
}

/// The lists that the numbers of counted cells stand in.
struct CountCodes: Sendable {
  var places = IncidentCodes()
  var divisions = IncidentCodes()
  var kinds = IncidentCodes()

  func list(_ dimension: CountQuestion.Dimension) -> IncidentCodes? {
    switch dimension {
    case .place: places
    case .division: divisions
    case .kind: kinds
    case .month, .day, .weekday, .hour: nil
    }
  }

  func count(_ dimension: CountQuestion.Dimension) -> Int {
    switch dimension {
    case .month: 1
    case .day: CountMonth.daysMax
    case .weekday: 7
    case .hour: 24
    case .place, .division, .kind: list(dimension)?.count ?? 1
    }
  }
}
