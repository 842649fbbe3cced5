/// JSON while it is written: single values and pieces of the writer's own.
struct JSONBytes {
  var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(768) }

  /// Punctuation and the names of fields.
  mutating func raw(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func null() { raw("null") }

  mutating func bool(_ value: Bool) { value ? raw("true") : raw("false") }

  mutating func integer(_ value: some BinaryInteger) { bytes += String(value).utf8 }

  /// - Throws: `EncodingError` for a number that is not finite.
  mutating func real(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "not a finite number"))
    }
    let text = value.description
    bytes += text.hasSuffix(".0") ? text.dropLast(2).utf8 : text[...].utf8
  }

  mutating func string(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    var value = value
    value.withUTF8 { text in
      if text.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
        for byte in text { escaped(byte) }
      } else {
        bytes.append(contentsOf: text)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw(#"\""#)
    case UInt8(ascii: "\\"): raw(#"\\"#)
    case 0x08: raw(#"\b"#)
    case 0x09: raw(#"\t"#)
    case 0x0A: raw(#"\n"#)
    case 0x0C: raw(#"\f"#)
    case 0x0D: raw(#"\r"#)
    case 0..<0x20:
      byte < 0x10 ? raw(#"\u000"#) : raw(#"\u00"#)
      bytes += String(byte, radix: 16).utf8
    default: bytes.append(byte)
    }
  }

  /// A list, each element by `write`.
  mutating func list<Element>(_ elements: [Element], _ write: (inout JSONBytes, Element) -> Void) {
    raw("[")
    for (index, element) in elements.enumerated() {
      if index > 0 { raw(",") }
      write(&self, element)
    }
    raw("]")
  }
}
