extension KindModel {
  /// The model as bytes, the same for the same model: little-endian, lengths before what they count.
  public var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.put(Array(Self.mark.utf8))
    writer.put(kinds)
    writer.put(calibration.slope)
    for constant in calibration.constants { writer.put(constant) }
    writer.put(certaintyMin)
    writer.put(UInt64(vocabulary.keys.count))
    for key in vocabulary.keys { writer.put(key) }
    writer.put(words)
    for value in vocabulary.rarity + vocabulary.focus + weights + constants { writer.put(UInt64(value.bitPattern), 4) }
    return writer.bytes
  }

  /// - Parameter segmenter: as it was trained with, or features will be missed.
  /// - Returns: nil for bytes that are no model of this program's.
  public init?(bytes: [UInt8], segmenter: Segmenter) {
    var reader = ByteReader(bytes)
    guard reader.take(Self.mark.utf8.count) == Array(Self.mark.utf8), let kinds = reader.texts(),
      let slope = reader.double(), let offsets = reader.many(kinds.count, { $0.double() }),
      let certaintyMin = reader.double(), let count = reader.number(8).flatMap({ Int(exactly: $0) }),
      let keys = reader.many(count, { $0.number(8) }), let words = reader.texts(),
      let rarity = reader.many(count, { $0.float() }), let focus = reader.many(count, { $0.float() }),
      let weights = reader.many(count * kinds.count, { $0.float() }),
      let constants = reader.many(kinds.count, { $0.float() }), reader.isAtEnd, !kinds.isEmpty,
      words.count == keys.count(where: { FeatureReader.Block.of($0) == 0 })
    else { return nil }
    self.init(
      kinds: kinds, calibration: Calibration(slope: slope, constants: offsets), certaintyMin: certaintyMin,
      vocabulary: Vocabulary(keys: keys, rarity: rarity, focus: focus), weights: weights, constants: constants,
      words: words, reader: FeatureReader(segmenter))
  }

  private static let mark = "headwater kinds 1\n"
}

private struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ more: [UInt8]) { bytes.append(contentsOf: more) }
  mutating func put(_ number: UInt64, _ width: Int = 8) {
    for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place))) }
  }
  mutating func put(_ number: Double) { put(number.bitPattern) }
  mutating func put(_ texts: [String]) {
    put(UInt64(texts.count))
    for text in texts {
      put(UInt64(text.utf8.count))
      put(Array(text.utf8))
    }
  }
}

private struct ByteReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ count: Int) -> [UInt8]? {
    guard count >= 0, count <= bytes.count - place else { return nil }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  mutating func number(_ width: Int) -> UInt64? {
    guard width <= bytes.count - place else { return nil }
    defer { place += width }
    return (0..<width).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
  }

  mutating func double() -> Double? { number(8).map(Double.init(bitPattern:)) }
  mutating func float() -> Float? { number(4).map { Float(bitPattern: UInt32($0)) } }

  mutating func texts() -> [String]? {
    guard let count = number(8).flatMap({ Int(exactly: $0) }) else { return nil }
    return many(count) { reader in
      reader.number(8).flatMap { Int(exactly: $0) }.flatMap { reader.take($0) }
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Nil where one of them is: never more than there are bytes.
  mutating func many<Item>(_ count: Int, _ read: (inout ByteReader) -> Item?) -> [Item]? {
    guard count >= 0, count <= bytes.count - place else { return nil }
    var items: [Item] = []
    items.reserveCapacity(count)
    for _ in 0..<count {
      guard let item = read(&self) else { return nil }
      items.append(item)
    }
    return items
  }
}
