/// A table of counts as text, with its small counts hidden.
public struct CountsReport: Sendable {
  private let table: CountTable
  private let dimensions: [CountQuestion.Dimension]
  /// Nil where hidden.
  private let counts: [Int?]

  /// - Parameter limit: counts below it are hidden, and with them, in every run of rows that differ in one dimension
  ///   alone, as many as ``Suppression`` says. Empty groups are no rows: a table says nothing of them.
  public init(_ table: CountTable, below limit: Int) {
    self.table = table
    dimensions = table.columns.keys.sorted()
    let counts = table.counts.map(Int.init)
    var isShown = [Bool](repeating: true, count: counts.count)
    for dimension in dimensions {
      let others = dimensions.filter { $0 != dimension }
      let runs = Dictionary(grouping: counts.indices) { row in others.map { table.columns[$0]?[row] ?? 0 } }
      for rows in runs.values {
        for (row, shown) in zip(rows, Suppression.shown(rows.map { counts[$0] }, below: limit)) where !shown {
          isShown[row] = false
        }
      }
    }
    if dimensions.isEmpty { isShown = counts.map { Suppression.isShown($0, below: limit) } }
    self.counts = zip(counts, isShown).map { $1 ? $0 : nil }
  }

  /// RFC 4180, with a line of heads; a hidden count is empty.
  public var csv: String {
    let head = dimensions.map(\.rawValue) + ["reports"]
    let lines = counts.indices.map { row in
      dimensions.map { CSVField.safe(table.name($0, row: row)) } + [counts[row].map(String.init) ?? ""]
    }
    return ([head] + lines).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// A list of objects; a hidden count is null.
  public var json: String {
    get throws {
      let rows = counts.indices.map { row in
        Line(group: Dictionary(uniqueKeysWithValues: dimensions.map { ($0.rawValue, table.name($0, row: row)) }),
             reports: counts[row])
      }
      return try SortedJSON.text(rows) + "\n"
    }
  }

  private struct Line: Encodable {
    let group: [String: String]
    let reports: Int?

    enum CodingKeys: String, CodingKey { case group, reports }

    /// With `reports` as null where hidden.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(group, forKey: .group)
      try container.encode(reports, forKey: .reports)
    }
  }
}
