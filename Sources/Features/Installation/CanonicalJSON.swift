import Foundation

/// Reads JSON exactly as ``JSONBytes`` writes it: no white space, fields in order, nothing escaped. Whatever else stands
/// there is ``Other``, and the caller takes Foundation's decoder, which is many times slower.
struct CanonicalJSON {
  /// Not what is expected here: other JSON, or none.
  struct Other: Error {}

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// What `read` makes of the whole text; nil for ``Other``.
  static func read<Value>(_ text: String, _ read: (inout CanonicalJSON) throws(Other) -> Value) -> Value? {
    var text = text
    return text.withUTF8 { bytes in
      var json = CanonicalJSON(bytes: bytes)
      guard let value = try? read(&json), json.position == bytes.count else { return nil }
      return value
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Goes past `text` if it stands here.
  mutating func skips(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - position >= count, let start = bytes.baseAddress,
      memcmp(start + position, text.utf8Start, count) == 0
    else { return false }
    position += count
    return true
  }

  mutating func expect(_ text: StaticString) throws(Other) {
    guard skips(text) else { throw Other() }
  }

  mutating func string() throws(Other) -> String {
    try expect("\"")
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      guard bytes[position] != UInt8(ascii: "\\") else { throw Other() }
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    try expect("\"")
    return text
  }

  mutating func word<Word: RawRepresentable<String>>() throws(Other) -> Word {
    guard let word = Word(rawValue: try string()) else { throw Other() }
    return word
  }

  mutating func bool() throws(Other) -> Bool {
    if skips("true") { return true }
    try expect("false")
    return false
  }

  mutating func integer() throws(Other) -> Int64 {
    let isNegative = skips("-")
    let start = position
    var number: Int64 = 0
    while position < bytes.count, let digit = digit(bytes[position]) {
      let (tens, overflowed) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = tens.addingReportingOverflow(isNegative ? -digit : digit)
      guard !overflowed, !overflows else { throw Other() }
      number = sum
      position += 1
    }
    guard position > start else { throw Other() }
    return number
  }

  mutating func real() throws(Other) -> Double {
    let start = position
    while position < bytes.count, isOfNumber(bytes[position]) { position += 1 }
    guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw Other() }
    return number
  }

  mutating func list<Element>(_ element: (inout CanonicalJSON) throws(Other) -> Element) throws(Other) -> [Element] {
    try expect("[")
    if skips("]") { return [] }
    var elements: [Element] = []
    repeat { elements.append(try element(&self)) } while skips(",")
    try expect("]")
    return elements
  }

  mutating func dictionary() throws(Other) -> [String: String] {
    try expect("{")
    if skips("}") { return [:] }
    var pairs: [String: String] = [:]
    repeat {
      let key = try string()
      try expect(":")
      pairs[key] = try string()
    } while skips(",")
    try expect("}")
    return pairs
  }

  private func digit(_ byte: UInt8) -> Int64? {
    let digit = Int64(byte) - 48
    return (0...9).contains(digit) ? digit : nil
  }

  private func isOfNumber(_ byte: UInt8) -> Bool {
    digit(byte) != nil || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e")
      || byte == UInt8(ascii: "+")
  }
}
