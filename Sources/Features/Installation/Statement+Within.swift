import SQL

extension Statement {
  /// Rows of a division and all below: codes of divisions begin with their parent's.
  /// - Parameter column: the column of the code, with its table's alias.
  static func within(_ column: StaticString, _ division: String) -> Statement {
    "\(literal: column) >= \(division) AND \(literal: column) < \(division + "~")"
  }
}
