/// Reads a text as features: its words, its characters one by one and two by two, and the same of its opening, where
/// people say what it is about. A feature is a key of 64 bits; characters are packed into it, words hashed.
///
/// Letters are lowered, full-width forms halved, white space is one space. Whatever holds a digit is left out: a model
/// cannot keep what it never sees.
public struct FeatureReader: Sendable {
  let segmenter: Segmenter

  public init(_ segmenter: Segmenter) { self.segmenter = segmenter }

  enum Block: UInt64, CaseIterable {
    case word = 1
    case characters = 2
    case opening = 3

    @inline(__always)
    static func of(_ key: UInt64) -> Int { Int(key >> 60) - 1 }
  }

  /// Characters that count as the opening.
  static var openingCount: Int { 40 }

  /// The keys of a text, with repetitions: of each block those that stand in it, in order.
  func read(_ text: [UInt8], into keys: inout [UInt64]) {
    keys.removeAll(keepingCapacity: true)
    readCharacters(text, &keys)
    segmenter.cut(text) { range in
      if let key = Self.wordKey(text[range]) { keys.append(key) }
    }
  }

  private func readCharacters(_ text: [UInt8], _ keys: inout [UInt64]) {
    text.withUnsafeBufferPointer { bytes in
      var place = 0
      var last: UInt64 = 0
      var count = 0
      while place < bytes.count {
        let (scalar, length) = UTF8Text.scalar(bytes, place)
        place += length
        let folded = UInt64(Self.folded(scalar))
        if folded == 0x20, last == 0x20 { continue }
        count += 1
        if (0x30...0x39).contains(folded) {
          last = 0
          continue
        }
        // One key for each character and each two in a row, and once more for those of the opening.
        let single = Block.characters.rawValue << 60 | folded
        keys.append(single)
        let isOpening = count <= Self.openingCount
        if isOpening { keys.append(single ^ Self.toOpening) }
        if last != 0 {
          let double = single | last << 24 | 1 << 50
          keys.append(double)
          if isOpening { keys.append(double ^ Self.toOpening) }
        }
        last = folded
      }
    }
  }

  private static let toOpening = (Block.characters.rawValue ^ Block.opening.rawValue) << 60

  @inline(__always)
  private static func folded(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 {
      if scalar <= 0x20 { return 0x20 }
      return (0x41...0x5A).contains(scalar) ? scalar + 0x20 : scalar
    }
    if scalar == 0x3000 || scalar == 0xA0 { return 0x20 }
    return (0xFF01...0xFF5E).contains(scalar) ? folded(scalar - 0xFEE0) : scalar
  }

  /// Nil for spaces and for what holds a digit.
  static func wordKey(_ word: ArraySlice<UInt8>) -> UInt64? {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var isSpace = true
    for byte in word {
      if (0x30...0x39).contains(byte) { return nil }
      if byte > 0x20 { isSpace = false }
      hash = (hash ^ UInt64((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)) &* 0x0000_0100_0000_01B3
    }
    if isSpace { return nil }
    hash ^= hash >> 32
    return Block.word.rawValue << 60 | (hash &* 0x9E37_79B9_7F4A_7C15) >> 4
  }

  /// What stands behind a key of characters; nil for a word's.
  static func characters(of key: UInt64) -> String? {
    guard Block.of(key) != 0 else { return nil }
    let last = Unicode.Scalar(UInt32(key & 0xFF_FFFF)).map { String($0) } ?? ""
    guard key >> 50 & 1 == 1 else { return last }
    return (Unicode.Scalar(UInt32(key >> 24 & 0xFF_FFFF)).map { String($0) } ?? "") + last
  }
}
