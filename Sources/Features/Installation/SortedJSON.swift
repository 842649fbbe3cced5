/// JSON with sorted keys, so that equal values are equal texts: what is hashed, and what is sealed.
///
/// Written for speed, since every report passes through several times: fields go straight into one buffer, and an
/// object whose fields did not come in order is put in order when it ends. The same text as Foundation's `JSONEncoder`
/// with `.sortedKeys` and `.withoutEscapingSlashes` gives, for keyed and unkeyed containers, single values and their
/// nesting as the compiler synthesises them.
package enum SortedJSON {
  /// - Throws: `EncodingError` for a number that is not finite.
  package static func encode(_ value: some Encodable) throws -> [UInt8] {
    let sink = Sink()
    try sink.write(value)
    return sink.bytes
  }

  package static func text(_ value: some Encodable) throws -> String {
    String(decoding: try encode(value), as: UTF8.self)
  }
}

/// The buffer, and the encoder of whatever value is being written.
private final class Sink: Encoder {
  private struct Field {
    let key: String
    let start: Int
  }

  /// A value that has been begun and not ended.
  private struct Frame {
    enum Kind { case value, object, array }
    var kind = Kind.value
    /// Where the fields of an object begin among all fields.
    var firstField: Int
    var isEmpty = true
  }

  private(set) var bytes: [UInt8] = []
  private var frames: [Frame] = []
  /// Of every object that has been begun, the outermost first.
  private var fields: [Field] = []

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init() {
    bytes.reserveCapacity(768)
    frames.reserveCapacity(8)
    fields.reserveCapacity(32)
  }

  func write(_ value: some Encodable) throws {
    frames.append(Frame(firstField: fields.count))
    try value.encode(to: self)
    let frame = frames.removeLast()
    switch frame.kind {
    case .value: break
    case .object: closeObject(from: frame.firstField)
    case .array: bytes.append(UInt8(ascii: "]"))
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    bytes.append(UInt8(ascii: "{"))
    frames[frames.count - 1].kind = .object
    return KeyedEncodingContainer(Fields<Key>(sink: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    bytes.append(UInt8(ascii: "["))
    frames[frames.count - 1].kind = .array
    return Elements(sink: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(sink: self) }

  func beginField(_ key: String) {
    fields.append(Field(key: key, start: bytes.count))
    // The comma leads, so that a field is one piece.
    bytes.append(UInt8(ascii: ","))
    string(key)
    bytes.append(UInt8(ascii: ":"))
  }

  func beginElement() {
    if !frames[frames.count - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
    frames[frames.count - 1].isEmpty = false
  }

  private func closeObject(from first: Int) {
    guard first < fields.count else { return bytes.append(UInt8(ascii: "}")) }
    let start = fields[first].start
    sortFields(from: first)
    fields.removeLast(fields.count - first)
    bytes.remove(at: start)
    bytes.append(UInt8(ascii: "}"))
  }

  private func sortFields(from first: Int) {
    let isSorted = (first..<fields.count - 1).allSatisfy { fields[$0].key <= fields[$0 + 1].key }
    guard !isSorted else { return }
    let order = (first..<fields.count).sorted { fields[$0].key < fields[$1].key }
    let start = fields[first].start
    var sorted: [UInt8] = []
    sorted.reserveCapacity(bytes.count - start)
    for index in order {
      let end = index + 1 < fields.count ? fields[index + 1].start : bytes.count
      sorted += bytes[fields[index].start..<end]
    }
    bytes.replaceSubrange(start..., with: sorted)
  }

  func null() { bytes += "null".utf8 }

  func bool(_ value: Bool) { bytes += (value ? "true" : "false").utf8 }

  func integer(_ value: some BinaryInteger) { bytes += String(value).utf8 }

  func real(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "not a finite number"))
    }
    let text = value.description
    bytes += text.hasSuffix(".0") ? text.dropLast(2).utf8 : text[...].utf8
  }

  func string(_ value: String) {
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

  private func escaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes += "\\\"".utf8
    case UInt8(ascii: "\\"): bytes += "\\\\".utf8
    case 0x08: bytes += "\\b".utf8
    case 0x09: bytes += "\\t".utf8
    case 0x0A: bytes += "\\n".utf8
    case 0x0C: bytes += "\\f".utf8
    case 0x0D: bytes += "\\r".utf8
    case 0..<0x20:
      bytes += byte < 0x10 ? "\\u000".utf8 : "\\u00".utf8
      bytes += String(byte, radix: 16).utf8
    default: bytes.append(byte)
    }
  }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: Sink
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { begin(key).null() }
  func encode(_ value: Bool, forKey key: Key) { begin(key).bool(value) }
  func encode(_ value: String, forKey key: Key) { begin(key).string(value) }
  func encode(_ value: Double, forKey key: Key) throws { try begin(key).real(value) }
  func encode(_ value: Int, forKey key: Key) { begin(key).integer(value) }
  func encode(_ value: Int64, forKey key: Key) { begin(key).integer(value) }
  func encode(_ value: some Encodable, forKey key: Key) throws { try begin(key).write(value) }

  private func begin(_ key: Key) -> Sink {
    sink.beginField(key.stringValue)
    return sink
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    preconditionFailure("nested containers are not among what the compiler synthesises")
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("nested containers are not among what the compiler synthesises")
  }
  func superEncoder() -> any Encoder { preconditionFailure("classes are not written") }
  func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("classes are not written") }
}

private struct Elements: UnkeyedEncodingContainer {
  let sink: Sink
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(sink: Sink) { self.sink = sink }

  mutating func encodeNil() { begin().null() }
  mutating func encode(_ value: String) { begin().string(value) }
  mutating func encode(_ value: Double) throws { try begin().real(value) }
  mutating func encode(_ value: Int) { begin().integer(value) }
  mutating func encode(_ value: some Encodable) throws { try begin().write(value) }

  private mutating func begin() -> Sink {
    count += 1
    sink.beginElement()
    return sink
  }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    preconditionFailure("nested containers are not among what the compiler synthesises")
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    preconditionFailure("nested containers are not among what the compiler synthesises")
  }
  mutating func superEncoder() -> any Encoder { preconditionFailure("classes are not written") }
}

private struct Single: SingleValueEncodingContainer {
  let sink: Sink
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { sink.null() }
  func encode(_ value: Bool) { sink.bool(value) }
  func encode(_ value: String) { sink.string(value) }
  func encode(_ value: Double) throws { try sink.real(value) }
  func encode(_ value: Float) throws { try sink.real(Double(value)) }
  func encode(_ value: Int) { sink.integer(value) }
  func encode(_ value: Int8) { sink.integer(value) }
  func encode(_ value: Int16) { sink.integer(value) }
  func encode(_ value: Int32) { sink.integer(value) }
  func encode(_ value: Int64) { sink.integer(value) }
  func encode(_ value: UInt) { sink.integer(value) }
  func encode(_ value: UInt8) { sink.integer(value) }
  func encode(_ value: UInt16) { sink.integer(value) }
  func encode(_ value: UInt32) { sink.integer(value) }
  func encode(_ value: UInt64) { sink.integer(value) }
  func encode(_ value: some Encodable) throws { try sink.write(value) }
}
