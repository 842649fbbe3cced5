/// How a city numbers the documents of oversight, and who signs them.
public struct DocumentRules: Sendable, Hashable {
  /// Raw values are keys of the pack and storage formats.
  public enum Sort: String, Sendable, Hashable, Codable, CaseIterable {
    case bulletin
    case jointOrder = "joint-order"
    case warning, supervision, rectification
  }

  /// The agency that signs.
  public let issuer: String
  /// For each sort a text with `{year}` and `{number}`.
  public let forms: [Sort: String]

  public init(issuer: String, forms: [Sort: String]) {
    self.issuer = issuer
    self.forms = forms
  }

  static let blanks = ["{year}", "{number}"]

  /// A number as it stands on the document; nil for a sort that the city does not number.
  public func text(_ sort: Sort, year: Int, number: Int) -> String? {
    guard let form = forms[sort] else { return nil }
    let values = [String(year), String(number)]
    return zip(Self.blanks, values).reduce(form) { text, blank in
      guard let range = text.range(of: blank.0) else { return text }
      return text.replacingCharacters(in: range, with: blank.1)
    }
  }
}

extension String {
  /// Where a shorter text stands first in this one.
  fileprivate func range(of part: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
  }

  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
