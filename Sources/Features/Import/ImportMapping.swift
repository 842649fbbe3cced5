import Domain

/// How the rows of one source become reports: which column says what, and how its words are read.
public struct ImportMapping: Sendable {
  /// Names the source: a part of every row's identity, so that two sources may hold equal rows.
  public let source: String
  /// What tells one row from another: columns, or all of them if there are none here.
  let key: [String]
  let door: Words
  let coordinates: CoordinateSystem
  let latitude: String?
  let longitude: String?
  let time: Time
  /// Columns whose contents, joined by `; `, are what was said.
  let text: [String]
  let address: String?
  let reporterName: String?
  let reporterContact: String?
  let kind: Words?
  let division: Words?
  let place: Words?
  /// Further columns for the vault, by the name that they get there.
  let attributes: [(name: String, column: String)]

  /// A code of the pack: the same for all rows, or by what a column says.
  enum Words: Sendable {
    case always(String)
    case column(String, CodeTable)

    var column: String? {
      if case .column(let name, _) = self { name } else { nil }
    }
  }

  struct Time: Sendable {
    let column: String
    let pattern: TimePattern
    let zone: CityZone
  }

  /// Every column that the file must have.
  var columns: [String] {
    let single = [latitude, longitude, time.column, address, reporterName, reporterContact, door.column, kind?.column,
                  division?.column, place?.column]
    return single.compactMap { $0 } + key + text + attributes.map(\.column)
  }
}
