import Glibc

/// Words with how common they are, for ``Segmenter``: a tree over UTF-16 units, each step one look into one table.
///
/// A slot of the table is 8 bytes: the parent's slot (32 bits), the unit (16), whether longer words go on from here (1),
/// whether the word is a person's name (1) and the number of its weight (14; 0 for what is only the beginning of words).
/// A word's node is the slot in which its last unit was put, so nothing is moved once it stands.
public struct Lexicon: Sendable {
  private(set) var slots: [UInt64]
  /// The slot of each first unit; -1 for none.
  private(set) var roots = [Int32](repeating: -1, count: 65_536)
  /// Which pairs of units begin a word, a bit each, some shared: small enough to stay in the nearest cache, it spares
  /// most looks into the table that would find nothing.
  private var pairs = [UInt64](repeating: 0, count: 1 << 14)
  /// ln(frequency / total), by number; the first is of what is no word.
  private(set) var weights: [Double] = [-.infinity]
  /// ln(1 / total): of a character that no word knows.
  private(set) var unknown: Double
  let shift: UInt32
  private var used = 0
  private var numbers: [Double: UInt16] = [:]
  private let total: Double
  /// Whether a dictionary was given, or only words by themselves.
  public let hasDictionary: Bool

  static var mask: UInt64 { 0x3FFF }
  static var goesOn: UInt64 { 0x8000 }
  static var isName: UInt64 { 0x4000 }
  private static let rootParent: UInt32 = .max

  /// - Parameters:
  ///   - dictionary: UTF-8, a line a word: the word, a space, how often it was seen, and after another space what it is,
  ///     `nr…` for a person's name (the form of jieba's `dict.txt`). Lines that are not so are passed over.
  ///   - words: words of one's own; each gets what it takes to stand whole by itself.
  public init(dictionary: some Sequence<UInt8> = [], words: [String] = []) {
    let bytes = Array(dictionary)
    var lines: [Line] = []
    lines.reserveCapacity(bytes.count / 14)
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 4)
    bytes.withUnsafeBufferPointer { Self.read($0, &lines, &units) }
    hasDictionary = !lines.isEmpty
    // Without a dictionary any total will do that makes a word likelier than its characters apart.
    total = max(Double(lines.reduce(0) { $0 + Int($1.frequency) }), 1e6)
    unknown = -log(total)
    // Nodes are at most as many as units; of jieba's dictionary, half as many.
    var bits: UInt32 = 12
    while 1 << bits < units.count + words.reduce(0, { $0 + $1.utf16.count }) * 2 { bits += 1 }
    shift = 32 - bits
    slots = [UInt64](repeating: 0, count: 1 << bits)
    var byFrequency = [UInt16](repeating: 0, count: 65_536)
    for line in lines where line.frequency > 0 {
      let frequency = Int(line.frequency)
      var number = frequency < byFrequency.count ? byFrequency[frequency] : 0
      if number == 0 {
        number = self.number(of: log(Double(frequency)) - log(total))
        if frequency < byFrequency.count { byFrequency[frequency] = number }
      }
      insert(units[Int(line.start)..<Int(line.end)], number, isName: line.isName)
    }
    for word in words { add(word) }
  }

  private struct Line {
    let start: UInt32
    let end: UInt32
    let frequency: UInt32
    let isName: Bool
  }

  // MARK: - Looking

  /// The tables laid open, for as long as `body` runs.
  struct Tables {
    let slots: UnsafePointer<UInt64>
    let roots: UnsafePointer<Int32>
    let pairs: UnsafePointer<UInt64>
    let weights: UnsafePointer<Double>
    let shift: UInt32
    let unknown: Double

    /// The slot that follows another by a unit; -1 for none.
    @inline(__always)
    func next(_ node: Int32, _ unit: UInt16) -> Int32 {
      let node = UInt32(bitPattern: node)
      var place = Lexicon.hash(node, unit) >> shift
      let wanted = UInt64(node) << 32 | UInt64(unit) << 16
      while true {
        let slot = slots[Int(place)]
        if slot & ~0xFFFF == wanted { return Int32(bitPattern: place) }
        if slot == 0 { return -1 }
        place = (place &+ 1) & (UInt32.max >> shift)
      }
    }

    /// False where no word begins with these two units; true mostly where one does.
    @inline(__always)
    func mayPair(_ first: UInt16, _ second: UInt16) -> Bool {
      let bit = Lexicon.pair(first, second)
      return pairs[Int(bit >> 6)] >> UInt64(bit & 63) & 1 == 1
    }
  }

  func withTables<Result>(_ body: (Tables) -> Result) -> Result {
    slots.withUnsafeBufferPointer { slots in
      roots.withUnsafeBufferPointer { roots in
        pairs.withUnsafeBufferPointer { pairs in
          weights.withUnsafeBufferPointer { weights in
            // None of them is ever empty.
            guard let slots = slots.baseAddress, let roots = roots.baseAddress, let pairs = pairs.baseAddress,
              let weights = weights.baseAddress
            else { preconditionFailure("a lexicon without tables") }
            return body(Tables(
              slots: slots, roots: roots, pairs: pairs, weights: weights, shift: shift, unknown: unknown))
          }
        }
      }
    }
  }

  /// The bit of two units among 2²⁰.
  @inline(__always)
  static func pair(_ first: UInt16, _ second: UInt16) -> UInt32 {
    (UInt32(first) &* 0x9E37_79B1 ^ UInt32(second) &* 0x85EB_CA6B) >> 12
  }

  @inline(__always)
  static func hash(_ node: UInt32, _ unit: UInt16) -> UInt32 {
    let mixed = (node &* 0x9E37_79B1) ^ (UInt32(unit) &* 0x85EB_CA6B)
    return mixed ^ (mixed >> 15) &* 0x2C1B_3C6D
  }

  /// Whether the dictionary has it as a person's name.
  func isName(_ word: some StringProtocol) -> Bool { slot(Array(word.utf16)).map { $0 & Self.isName != 0 } ?? false }

  private func weight(_ units: [UInt16]) -> Double? {
    let number = Int((slot(units) ?? 0) & Self.mask)
    return number == 0 ? nil : weights[number]
  }

  private func slot(_ units: [UInt16]) -> UInt64? {
    guard let first = units.first, roots[Int(first)] >= 0 else { return nil }
    var node = roots[Int(first)]
    for unit in units.dropFirst() {
      node = withTables { $0.next(node, unit) }
      if node < 0 { return nil }
    }
    return slots[Int(node)]
  }

  // MARK: - Filling

  /// As common as it takes to be no less likely than its parts (and at least as it was).
  private mutating func add(_ word: String) {
    let units = Array(word.utf16)
    guard !units.isEmpty, units.allSatisfy(Segmenter.isWordUnit) else { return }
    let parts = Segmenter(self).likelihood(units)
    let count = (exp(parts) * total).rounded(.down) + 1
    let weight = max(log(count) - log(total), self.weight(units) ?? unknown)
    insert(units[...], number(of: weight), isName: false)
  }

  private mutating func number(of weight: Double) -> UInt16 {
    if let number = numbers[weight] { return number }
    // The 16,384th different weight and those after it share one; jieba's dictionary has 5,087.
    guard weights.count <= Int(Self.mask) else { return UInt16(Self.mask) }
    let number = UInt16(weights.count)
    weights.append(weight)
    numbers[weight] = number
    return number
  }

  private mutating func insert(_ units: ArraySlice<UInt16>, _ number: UInt16, isName: Bool) {
    guard let first = units.first else { return }
    // A table that is nearly full would be searched for ever; the size allows for every unit a node.
    precondition(used + units.count < slots.count)
    if roots[Int(first)] < 0 { roots[Int(first)] = place(Self.rootParent, first) }
    var node = roots[Int(first)]
    if let second = units.dropFirst().first {
      let bit = Self.pair(first, second)
      pairs[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
    }
    for unit in units.dropFirst() {
      slots[Int(node)] |= Self.goesOn
      node = place(UInt32(bitPattern: node), unit)
    }
    slots[Int(node)] = slots[Int(node)] & ~(Self.mask | Self.isName) | UInt64(number) | (isName ? Self.isName : 0)
  }

  private mutating func place(_ parent: UInt32, _ unit: UInt16) -> Int32 {
    let wanted = UInt64(parent) << 32 | UInt64(unit) << 16
    var place = Self.hash(parent, unit) >> shift
    while slots[Int(place)] != 0 {
      if slots[Int(place)] & ~0xFFFF == wanted { return Int32(bitPattern: place) }
      place = (place &+ 1) & (UInt32.max >> shift)
    }
    slots[Int(place)] = wanted
    used += 1
    return Int32(bitPattern: place)
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ lines: inout [Line], _ units: inout [UInt16]) {
    var place = 0
    while place < bytes.count {
      let start = units.count
      while place < bytes.count, bytes[place] > 0x20 {
        let (scalar, length) = UTF8Text.scalar(bytes, place)
        place += length
        if scalar < 0x10000 {
          units.append(UInt16(scalar))
        } else {
          units.append(contentsOf: [UInt16(0xD7C0 + scalar >> 10), UInt16(0xDC00 + scalar & 0x3FF)])
        }
      }
      var frequency: UInt32 = 0
      var hasNumber = false
      if place < bytes.count, bytes[place] == 0x20 {
        place += 1
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
          frequency = frequency &* 10 &+ UInt32(bytes[place] - 0x30)
          hasNumber = true
          place += 1
        }
      }
      let isName = place + 2 < bytes.count && bytes[place + 1] == 0x6E && bytes[place + 2] == 0x72
      while place < bytes.count, bytes[place] != 0x0A { place += 1 }
      place += 1
      if hasNumber, units.count > start {
        lines.append(Line(start: UInt32(start), end: UInt32(units.count), frequency: frequency,
                          isName: isName))
      } else {
        units.removeLast(units.count - start)
      }
    }
  }
}
