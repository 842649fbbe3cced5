import Glibc

/// The features that a model knows, each with what it is worth before anything is learned from it: rare ones more than
/// common ones (idf), those that stand in few kinds more than those that stand in all (entropy).
struct Vocabulary: Sendable {
  /// Ascending.
  let keys: [UInt64]
  /// ln((1 + n) / (1 + texts with it)) + 1.
  private(set) var rarity: [Float]
  /// √(1 − H/ln K + 0.05), H the entropy of the feature over K kinds; 1 until it is known.
  private(set) var focus: [Float]
  private let slots: [UInt64]
  private let numbers: [Int32]
  private let shift: UInt64

  /// The features that stand in at least so many of the texts.
  init(_ texts: [CountedText], among chosen: [Int], textsMin: Int) {
    var seen: [UInt64] = []
    seen.reserveCapacity(chosen.count * 600)
    for text in chosen { seen.append(contentsOf: texts[text].keys) }
    seen.sort()
    var keys: [UInt64] = []
    var rarity: [Float] = []
    var start = 0
    while start < seen.count {
      var end = start
      while end < seen.count, seen[end] == seen[start] { end += 1 }
      if end - start >= textsMin {
        keys.append(seen[start])
        rarity.append(Float(log(Double(1 + chosen.count) / Double(1 + end - start)) + 1))
      }
      start = end
    }
    self.init(keys: keys, rarity: rarity, focus: [Float](repeating: 1, count: keys.count))
  }

  /// As it was stored.
  init(keys: [UInt64], rarity: [Float], focus: [Float]) {
    self.keys = keys
    self.rarity = rarity
    self.focus = focus
    var bits: UInt64 = 8
    while 1 << bits < keys.count * 2 + 2 { bits += 1 }
    shift = 64 - bits
    var slots = [UInt64](repeating: 0, count: 1 << bits)
    var numbers = [Int32](repeating: -1, count: 1 << bits)
    for (number, key) in keys.enumerated() {
      var place = Int(Self.hash(key) >> shift)
      while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = key
      numbers[place] = Int32(number)
    }
    self.slots = slots
    self.numbers = numbers
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> UInt64 { (key ^ key >> 29) &* 0xBF58_476D_1CE4_E5B9 }

  /// The number of a feature; -1 for one that is not known.
  @inline(__always)
  func number(of key: UInt64) -> Int32 {
    slots.withUnsafeBufferPointer { slots in
      var place = Int(Self.hash(key) >> shift)
      while slots[place] != 0 {
        if slots[place] == key { return numbers[place] }
        place = (place + 1) & (slots.count - 1)
      }
      return -1
    }
  }

  /// What a count is worth: 1 + ln(count), times the feature's rarity.
  @inline(__always)
  func weight(_ number: Int, count: UInt16) -> Float {
    (count == 1 ? 1 : Self.damped[min(Int(count), Self.damped.count - 1)]) * rarity[number]
  }

  private static let damped: [Float] = (0..<256).map { 1 + Float(log(Double(max($0, 1)))) }

  /// A text as a row: each block of length 1, then weighed by focus, then the whole of length ``length``.
  func row(_ text: CountedText) -> [(Int32, Float)] {
    var row = blockRow(text)
    var square: Float = 0
    for index in row.indices {
      row[index].1 *= focus[Int(row[index].0)]
      square += row[index].1 * row[index].1
    }
    let scale = square > 0 ? Self.length / square.squareRoot() : 0
    for index in row.indices { row[index].1 *= scale }
    return row
  }

  /// The squared length of a row is about 2: with costs of 1 the margin is then neither ignored nor all that counts.
  static var length: Float { 1.4 }

  /// Learns in which kinds each feature stands.
  mutating func focus(on texts: [CountedText], _ chosen: [Int], kinds: [Int], kindCount: Int) {
    var sums = [Float](repeating: 0, count: keys.count * kindCount)
    var sizes = [Float](repeating: 0, count: kindCount)
    for text in chosen {
      sizes[kinds[text]] += 1
      for (number, weight) in blockRow(texts[text]) { sums[Int(number) * kindCount + kinds[text]] += weight }
    }
    for number in keys.indices {
      let shares = (0..<kindCount).map { kind in
        Double(sums[number * kindCount + kind]) / Double(max(sizes[kind], 1)) + Self.blur
      }
      let total = shares.reduce(0, +)
      let entropy = shares.reduce(0.0) { $0 - $1 / total * log($1 / total) }
      focus[number] = Float((max(0, 1 - entropy / log(Double(max(kindCount, 2)))) + 0.05).squareRoot())
    }
  }

  /// What every kind is taken to have of every feature, so that a rare one does not count as certain.
  private static let blur = 1e-4

  private func blockRow(_ text: CountedText) -> [(Int32, Float)] {
    var row: [(Int32, Float)] = []
    var squares: [Float] = [0, 0, 0]
    for (key, count) in zip(text.keys, text.counts) {
      let number = number(of: key)
      guard number >= 0 else { continue }
      let weight = weight(Int(number), count: count)
      squares[FeatureReader.Block.of(key)] += weight * weight
      row.append((number, weight))
    }
    let scales = squares.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    return row.map { ($0.0, $0.1 * scales[FeatureReader.Block.of(keys[Int($0.0)])]) }
  }
}
