/// Whether a word of at most 64 characters stands somewhere in a text but for a few errors, each a character wrong,
/// missing or too many.
///
/// Source: G. Myers, "A fast bit-vector algorithm for approximate string matching", JACM 46 (1999).
struct NearlyMatcher: Sendable {
  /// Where each symbol stands in the word, a bit for each place: those of ASCII by their number, others beside them.
  private let plain: [UInt64]
  private let symbols: [UInt32]
  private let masks: [UInt64]
  private let count: Int
  private let marks: UInt64
  private let errorsMax: Int

  init?(_ word: [UInt32], errorsMax: Int) {
    guard (1...64).contains(word.count) else { return nil }
    var masks: [UInt32: UInt64] = [:]
    for (place, symbol) in word.enumerated() { masks[symbol, default: 0] |= 1 << UInt64(place) }
    plain = (0..<128).map { masks[$0] ?? 0 }
    symbols = masks.keys.filter { $0 >= 128 }
    self.masks = symbols.map { masks[$0] ?? 0 }
    marks = Self.marks(word)
    count = word.count
    self.errorsMax = errorsMax
  }

  /// What symbols a text has, roughly: a bit for each, shared by some.
  static func marks(_ text: some Sequence<some FixedWidthInteger>) -> UInt64 {
    text.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// Whether a text with these marks has enough of the symbols.
  func mayStand(in marks: UInt64) -> Bool { (self.marks & ~marks).nonzeroBitCount <= errorsMax }

  /// The least errors with which it stands there; nil for more than are let pass.
  func errors<Symbol: FixedWidthInteger>(in text: ArraySlice<Symbol>) -> Int? {
    var (plus, minus) = (UInt64.max, UInt64(0))
    var errors = count
    var least = count
    let last: UInt64 = 1 << UInt64(count - 1)
    for symbol in text {
      var mask: UInt64 = 0
      if symbol < 128 {
        mask = plain[Int(symbol)]
      } else {
        for index in symbols.indices where symbols[index] == symbol { mask = masks[index] }
      }
      let vertical = mask | minus
      let diagonal = ((mask & plus) &+ plus) ^ plus | mask
      var (up, down) = (minus | ~(diagonal | plus), plus & diagonal)
      if up & last != 0 { errors += 1 } else if down & last != 0 { errors -= 1 }
      // The word may begin anywhere: the row above is zero.
      up <<= 1
      down <<= 1
      plus = down | ~(vertical | up)
      minus = up & vertical
      least = min(least, errors)
    }
    return least <= errorsMax ? least : nil
  }
}
