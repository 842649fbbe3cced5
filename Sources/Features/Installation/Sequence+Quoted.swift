extension Sequence where Element: RawRepresentable<String> {
  /// The words, quoted, as a list in a statement: those of the program alone, never what a user said.
  var quoted: String { map { "'\($0.rawValue)'" }.joined(separator: ", ") }
}
