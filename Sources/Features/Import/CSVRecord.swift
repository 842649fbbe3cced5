/// What makes a row no row of CSV (RFC 4180).
package enum CSVFault: Error, Sendable, Hashable {
  /// A quote inside a field that does not begin with one, or characters behind the closing quote.
  case strayQuote
  /// A quote that nothing closes before the row grows too long or the file ends.
  case openQuote
  case rowTooLong
  case tooManyFields
}

/// One row as it stands in the file. Fields are kept as places in its bytes and turned into text when asked for.
package struct CSVRecord: Sendable {
  package struct Field: Sendable {
    var lower: Int
    var upper: Int
    /// Holds doubled quotes.
    var hasEscapes: Bool
  }

  /// The line on which it begins, from 1.
  package let line: Int
  /// Without the end of line. Of a row that is too long only the beginning.
  package let bytes: [UInt8]
  package let fields: [Field]
  package let fault: CSVFault?

  /// The bytes of one field without its quotes.
  func withField<T>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    let field = fields[index]
    guard field.hasEscapes else {
      return try bytes.withUnsafeBufferPointer { bytes in
        try body(UnsafeBufferPointer(rebasing: bytes[field.lower..<field.upper]))
      }
    }
    return try unescaped(field).withUnsafeBufferPointer(body)
  }

  /// The field without white space around it.
  package func text(_ index: Int) -> String {
    withField(index) { bytes in
      let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
      guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
      else { return "" }
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[first...last]), as: UTF8.self)
    }
  }

  var isUTF8: Bool { bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil }

  private func unescaped(_ field: Field) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(field.upper - field.lower)
    var index = field.lower
    while index < field.upper {
      plain.append(bytes[index])
      index += bytes[index] == UInt8(ascii: "\"") ? 2 : 1
    }
    return plain
  }
}
