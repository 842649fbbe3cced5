import Domain

/// From what a source writes (a title, a name of a town) to a code of the pack.
///
/// Texts are compared without regard to case, width, punctuation and white space: `Traffic: VEHICLE ACCIDENT -` is
/// `traffic vehicle accident`.
package struct CodeTable: Sendable, Hashable {
  private var codes: [String: String] = [:]
  /// For texts that stand for nothing; nil: they are a fault of their row.
  let otherwise: String?

  package init(otherwise: String? = nil) { self.otherwise = otherwise }

  package func code(_ text: String) -> String? { codes[Self.normalised(text)] ?? otherwise }

  /// A later entry of the same text counts.
  package mutating func add(_ text: String, code: String) { codes[Self.normalised(text)] = code }

  /// Names of the pack: one that stands for two codes stands for none.
  package mutating func add(names: [(text: String, code: String)]) {
    let groups = Dictionary(grouping: names) { Self.normalised($0.text) }
    for (text, group) in groups {
      let found = Set(group.map(\.code))
      if let code = found.first, found.count == 1 { codes[text] = code }
    }
  }

  package static func normalised(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var hasPendingSpace = false
    for scalar in text.unicodeScalars {
      let folded = folded(scalar)
      guard isWord(folded) else {
        hasPendingSpace = !scalars.isEmpty
        continue
      }
      if hasPendingSpace { scalars.append(" ") }
      hasPendingSpace = false
      scalars.append(folded)
    }
    return String(scalars)
  }

  /// ASCII letters to lower case, full-width forms to half-width.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let half = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
    return Unicode.Scalar((0x41...0x5A).contains(half) ? half + 0x20 : half) ?? scalar
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x80 else {
      return (0x61...0x7A).contains(scalar.value) || (0x30...0x39).contains(scalar.value)
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
