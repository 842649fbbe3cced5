/// A text as cues are compared: see `CueMatcher`.
struct FoldedText {
  private(set) var scalars: [UInt32] = []

  init(_ text: String) {
    scalars.reserveCapacity(text.utf8.count)
    var hasPendingSpace = false
    for scalar in text.unicodeScalars {
      let folded = Self.folded(scalar.value)
      if Self.isInvisible(folded) { continue }
      if Self.isSpace(folded) {
        hasPendingSpace = true
        continue
      }
      if hasPendingSpace {
        hasPendingSpace = false
        if let last = scalars.last, !(Self.isHan(last) && Self.isHan(folded)) { scalars.append(0x20) }
      }
      scalars.append(folded)
    }
  }

  /// ASCII letters to lower case, full-width forms (U+FF01 … U+FF5E) and the ideographic space to ASCII.
  private static func folded(_ scalar: UInt32) -> UInt32 {
    let half = scalar == 0x3000 ? 0x20 : (0xFF01...0xFF5E).contains(scalar) ? scalar - 0xFEE0 : scalar
    return (0x41...0x5A).contains(half) ? half + 0x20 : half
  }

  static func isLatinWord(_ scalar: UInt32) -> Bool {
    (0x61...0x7A).contains(scalar) || (0x30...0x39).contains(scalar) || (0xC0...0x24F).contains(scalar)
  }

  private static func isSpace(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || (0x09...0x0D).contains(scalar) || scalar == 0xA0 || (0x2000...0x200A).contains(scalar)
      || scalar == 0x2028 || scalar == 0x2029
  }

  /// Soft hyphen, zero-width scalars and direction marks: they change no word that a person sees.
  private static func isInvisible(_ scalar: UInt32) -> Bool {
    scalar == 0xAD || (0x200B...0x200F).contains(scalar) || (0x202A...0x202E).contains(scalar)
      || (0x2060...0x2064).contains(scalar) || scalar == 0xFEFF
  }

  private static func isHan(_ scalar: UInt32) -> Bool {
    (0x3400...0x9FFF).contains(scalar) || (0xF900...0xFAFF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar)
  }
}
