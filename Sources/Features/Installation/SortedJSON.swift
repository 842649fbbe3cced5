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
    return sink.out.bytes
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

  fileprivate(set) var out = JSONBytes()
  private var frames: [Frame] = []
  /// Of every object that has been begun, the outermost first.
  private var fields: [Field] = []

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init() {
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
    case .array: out.bytes.append(UInt8(ascii: "]"))
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    out.bytes.append(UInt8(ascii: "{"))
    frames[frames.count - 1].kind = .object
    return KeyedEncodingContainer(Fields<Key>(sink: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    out.bytes.append(UInt8(ascii: "["))
    frames[frames.count - 1].kind = .array
    return Elements(sink: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(sink: self) }

  func beginField(_ key: String) {
    fields.append(Field(key: key, start: out.bytes.count))
    // The comma leads, so that a field is one piece.
    out.bytes.append(UInt8(ascii: ","))
    out.string(key)
    out.bytes.append(UInt8(ascii: ":"))
  }

  func beginElement() {
    if !frames[frames.count - 1].isEmpty { out.bytes.append(UInt8(ascii: ",")) }
    frames[frames.count - 1].isEmpty = false
  }

  private func closeObject(from first: Int) {
    guard first < fields.count else { return out.bytes.append(UInt8(ascii: "}")) }
    let start = fields[first].start
    sortFields(from: first)
    fields.removeLast(fields.count - first)
    out.bytes.remove(at: start)
    out.bytes.append(UInt8(ascii: "}"))
  }

  private func sortFields(from first: Int) {
    let isSorted = (first..<fields.count - 1).allSatisfy { fields[$0].key <= fields[$0 + 1].key }
    guard !isSorted else { return }
    let order = (first..<fields.count).sorted { fields[$0].key < fields[$1].key }
    let start = fields[first].start
    var sorted: [UInt8] = []
    sorted.reserveCapacity(out.bytes.count - start)
    for index in order {
      let end = index + 1 < fields.count ? fields[index + 1].start : out.bytes.count
      sorted += out.bytes[fields[index].start..<end]
    }
    out.bytes.replaceSubrange(start..., with: sorted)
  }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: Sink
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { begin(key).out.null() }
  func encode(_ value: Bool, forKey key: Key) { begin(key).out.bool(value) }
  func encode(_ value: String, forKey key: Key) { begin(key).out.string(value) }
  func encode(_ value: Double, forKey key: Key) throws { try begin(key).out.real(value) }
  func encode(_ value: Int, forKey key: Key) { begin(key).out.integer(value) }
  func encode(_ value: Int64, forKey key: Key) { begin(key).out.integer(value) }
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

  mutating func encodeNil() { begin().out.null() }
  mutating func encode(_ value: String) { begin().out.string(value) }
  mutating func encode(_ value: Double) throws { try begin().out.real(value) }
  mutating func encode(_ value: Int) { begin().out.integer(value) }
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

  func encodeNil() { sink.out.null() }
  func encode(_ value: Bool) { sink.out.bool(value) }
  func encode(_ value: String) { sink.out.string(value) }
  func encode(_ value: Double) throws { try sink.out.real(value) }
  func encode(_ value: Float) throws { try sink.out.real(Double(value)) }
  func encode(_ value: Int) { sink.out.integer(value) }
  func encode(_ value: Int8) { sink.out.integer(value) }
  func encode(_ value: Int16) { sink.out.integer(value) }
  func encode(_ value: Int32) { sink.out.integer(value) }
  func encode(_ value: Int64) { sink.out.integer(value) }
  func encode(_ value: UInt) { sink.out.integer(value) }
  func encode(_ value: UInt8) { sink.out.integer(value) }
  func encode(_ value: UInt16) { sink.out.integer(value) }
  func encode(_ value: UInt32) { sink.out.integer(value) }
  func encode(_ value: UInt64) { sink.out.integer(value) }
  func encode(_ value: some Encodable) throws { try sink.write(value) }
}
