/// A field of CSV (RFC 4180).
public enum CSVField {
  /// Quoted where need be, and such that no spreadsheet executes it: what it would take for a formula, also in full
  /// width, gets an apostrophe in front.
  public static func safe(_ field: String) -> String {
    var field = field
    if let first = field.unicodeScalars.first, formulas.contains(first) { field = "'" + field }
    guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return field }
    return quoted(field)
  }

  /// In quotation marks, those inside doubled.
  public static func quoted(_ field: String) -> String {
    "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  private static let formulas = Set("=+-@\t\r\n|%\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars)
}
