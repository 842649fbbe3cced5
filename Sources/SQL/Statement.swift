/// One SQL statement: its text, with `$1`, `$2` … in order for the bound values, and those values.
///
/// Built by string interpolation, so that a value can only be bound:
///
///     let query: Statement = "SELECT phase FROM cases WHERE district = \(district) AND id = \(id)"
///
/// Both engines read `$n`: PostgreSQL as its own, SQLite as a named parameter. Since each is used once and in order,
/// the index of a value is the same on both. The text is what prepared statements are cached by, so keep it constant:
/// no value, list length aside, may shape it.
public struct Statement: Sendable, Hashable {
  public let sql: String
  public let values: [Value]

  /// A statement whose text was written elsewhere (a hot path that keeps its text in a constant).
  /// - Precondition: `sql` uses `$1` … `$values.count`, each once, in order.
  public init(sql: String, values: [Value] = []) {
    self.sql = sql
    self.values = values
  }
}

extension Statement: ExpressibleByStringInterpolation {
  public struct StringInterpolation: StringInterpolationProtocol {
    var sql = ""
    var values: [Value] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      sql.reserveCapacity(literalCapacity + interpolationCount * 3)
      values.reserveCapacity(interpolationCount)
    }

    public mutating func appendLiteral(_ literal: String) { sql += literal }

    public mutating func appendInterpolation(_ value: some Bindable) {
      values.append(value.sqlValue)
      sql += "$"
      sql += String(values.count)
    }

    /// NULL for nil. (Without this overload the compiler warns of an optional in a text.)
    public mutating func appendInterpolation(_ value: (some Bindable)?) {
      appendInterpolation(value?.sqlValue ?? .null)
    }

    /// A list for `IN (…)`. An empty list becomes `NULL`, which matches nothing.
    public mutating func appendInterpolation(list: [some Bindable]) {
      if list.isEmpty { sql += "NULL" }
      for (index, value) in list.enumerated() {
        if index > 0 { sql += ", " }
        appendInterpolation(value)
      }
    }

    /// Another statement, its values renumbered: how optional filters are composed.
    public mutating func appendInterpolation(_ part: Statement) {
      // Every `$n` of the part stands once and in order, so the n-th mark is the n-th value. A dollar without a digit
      // (a JSON path) is text.
      var rest = part.sql.utf8[...]
      for value in part.values {
        guard let mark = Self.firstMark(in: rest) else { preconditionFailure("fewer marks than values") }
        sql += Substring(rest[..<mark.lowerBound])
        rest = rest[mark.upperBound...]
        appendInterpolation(value)
      }
      sql += Substring(rest)
    }

    private static func firstMark(in text: Substring.UTF8View) -> Range<String.Index>? {
      var rest = text
      while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
        rest = rest[rest.index(after: dollar)...]
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        if !digits.isEmpty { return dollar..<digits.endIndex }
      }
      return nil
    }

    /// Text of the program's own (a table's or column's name from a constant). Never anything a user said.
    public mutating func appendInterpolation(literal: StaticString) { sql += "\(literal)" }
  }

  public init(stringInterpolation: StringInterpolation) {
    self.init(sql: stringInterpolation.sql, values: stringInterpolation.values)
  }

  public init(stringLiteral value: String) { self.init(sql: value) }
}
