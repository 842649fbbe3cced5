import Domain
import SQL

/// A table whose rows are a pure function of one stream, written as differences of what the stream gave before.
final class ViewTable: Sendable {
  let name: String
  let keys: [String]
  let values: [String]

  static let rowsPerStatement = 8
  private let inserts: [String]
  private let upserts: [String]
  private let delete: String
  private let selectOfCases: String
  /// Which of the keys names the case.
  private let caseKey: Int

  /// - Parameter onChange: set when a row changes: columns that are not part of the view, such as a lease.
  init(_ name: String, keys: [String], values: [String], onChange: String = "") {
    self.name = name
    self.keys = keys
    self.values = values
    let columns = (["district"] + keys + values).joined(separator: ", ")
    // The facts lie in the order of their rates: one seek for each.
    let rates = keys.first == "rate" ? " AND rate IN (\(Rate.allCases.quoted))" : ""
    caseKey = keys.firstIndex(of: "case_id") ?? 0
    selectOfCases = "SELECT \(columns) FROM \(name) WHERE district = $1"
      + " AND \(keys[caseKey]) >= $2 AND \(keys[caseKey]) <= $3\(rates)"
    let width = 1 + keys.count + values.count
    let head = "INSERT INTO \(name) (\(columns)) VALUES "
    let updates = values.map { "\($0) = excluded.\($0)" }.joined(separator: ", ") + onChange
    let conflict = " ON CONFLICT (\((["district"] + keys).joined(separator: ", "))) DO UPDATE SET \(updates)"
    inserts = (1...Self.rowsPerStatement).map { rows in
      head + (0..<rows).map { row in
        "(" + (1...width).map { "$\(row * width + $0)" }.joined(separator: ", ") + ")"
      }.joined(separator: ", ")
    }
    upserts = inserts.map { $0 + conflict }
    let match = (["district"] + keys).enumerated().map { "\($1) = $\($0 + 1)" }
    delete = "DELETE FROM \(name) WHERE " + match.joined(separator: " AND ")
  }

  struct Row: Sendable, Hashable {
    let key: [Value]
    let values: [Value]
  }

  func upsert(_ rows: [Row], district: String, on connection: any Connection) throws {
    try connection.run(statements(upserts, rows, district))
  }

  /// What writes rows none of whose keys stands in the table yet.
  func insertions(_ rows: [Row], district: String) -> [Statement] { statements(inserts, rows, district) }

  private func statements(_ texts: [String], _ rows: [Row], _ district: String) -> [Statement] {
    stride(from: 0, to: rows.count, by: Self.rowsPerStatement).map { start in
      let part = rows[start..<min(start + Self.rowsPerStatement, rows.count)]
      var bound: [Value] = []
      bound.reserveCapacity(part.count * (1 + keys.count + values.count))
      for row in part {
        bound.append(.text(district))
        bound += row.key
        bound += row.values
      }
      return Statement(sql: texts[part.count - 1], values: bound)
    }
  }

  /// The stored rows of cases that are neighbours by their names, by case.
  func rows(ofCasesFrom first: String, through last: String, district: String, on connection: any Connection) throws
    -> [String: [Row]]
  {
    var rows: [String: [Row]] = [:]
    let bounds: [Value] = [.text(district), .text(first), .text(last)]
    try connection.forEach(Statement(sql: selectOfCases, values: bounds)) { row in
      let found = Row(key: (0..<keys.count).map { row.value(1 + $0) },
                      values: (0..<values.count).map { row.value(1 + keys.count + $0) })
      rows[row.text(1 + caseKey), default: []].append(found)
    }
    return rows
  }

  func remove(_ rows: [Row], district: String, on connection: any Connection) throws {
    for row in rows { try connection.run(Statement(sql: delete, values: [.text(district)] + row.key)) }
  }
}
