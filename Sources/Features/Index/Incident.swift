import Domain
import SQL

/// A report as it is counted: when, where, what, by which door. Codes are empty where they are not known.
struct Incident: Sendable, Hashable {
  /// When it was said.
  let at: Instant
  let kind: String
  /// A place of the pack.
  let place: String
  let division: String
  let door: String
  /// The block, as it stands in the journal.
  let point: Coordinate?
  let isFirst: Bool
}

extension Incident {
  /// What a case counts as: its reports, unless it became part of another case, where they count then.
  static func all(of state: CaseState) -> [Incident] {
    guard state.mergedInto == nil else { return [] }
    return state.reports.map { report in
      let facts = report.facts
      return Incident(
        at: facts.saidAt, kind: state.judgement?.kind ?? facts.kind ?? "", place: facts.place ?? "",
        division: facts.division, door: facts.door, point: facts.point, isFirst: facts.id == state.firstReport.id)
    }
  }

  /// The columns that ``init(row:)`` reads.
  static let columns: Statement = """
    r.said_at, r.kind, r.place_key, r.division, r.door, r.latitude, r.longitude, r.is_first
    """

  init(row: any Row) {
    let key = row.optionalText(2) ?? ""
    at = Instant(milliseconds: row.integer(0))
    kind = row.optionalText(1) ?? ""
    place = key.hasPrefix(CaseViews.cellPrefix) ? "" : key
    division = row.text(3)
    door = row.text(4)
    if let latitude = row.optionalReal(5), let longitude = row.optionalReal(6) {
      point = Coordinate(latitude: latitude, longitude: longitude)
    } else {
      point = nil
    }
    isFirst = row.int(7) == 1
  }
}
