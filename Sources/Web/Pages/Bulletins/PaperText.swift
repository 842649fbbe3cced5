/// Breaks text into lines of a width, without asking the font: Chinese characters are one em wide, Latin letters as
/// wide as they are in most fonts, rather wider than narrower.
enum PaperText {
  /// What must not begin a line.
  private static let closing = Set(
    "\u{FF0C}\u{3002}\u{FF1B}\u{FF1A}\u{3001}\u{FF09}\u{300B}\u{201D}\u{3009}\u{FF01}\u{FF1F}%,.;:)!?")

  /// What must not end one.
  private static let opening = Set("\u{FF08}\u{300A}\u{201C}\u{3008}(")

  /// - Parameters:
  ///   - width: in ems.
  ///   - indent: of the first line, in ems.
  static func lines(_ text: String, width: Double, indent: Double = 0) -> [String] {
    var lines = [""]
    var room = width - indent
    for piece in pieces(text) {
      let needed = piece.reduce(0) { $0 + em($1) }
      if needed > room, !lines[lines.count - 1].isEmpty {
        lines.append("")
        room = width
        if piece == " " { continue }
      }
      lines[lines.count - 1] += piece
      room -= needed
    }
    return lines
  }

  /// As wide as it is, in ems.
  static func width(_ text: String) -> Double { text.reduce(0) { $0 + em($1) } }

  /// What is never parted: a Latin word, a Chinese character with the punctuation around it.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var (lastIsWord, lastIsOpening) = (false, false)
    for character in text {
      let isWord = em(character) < 1 && character != " "
      if let last = pieces.indices.last,
        closing.contains(character) && pieces[last] != " " || isWord && lastIsWord || lastIsOpening {
        pieces[last].append(character)
      } else {
        pieces.append(String(character))
      }
      lastIsWord = isWord
      lastIsOpening = opening.contains(character)
    }
    return pieces
  }

  private static func em(_ character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x2E80...: return 1
    case 0x20: return 0.28
    case 0x41...0x5A: return 0.7
    default: return 0.56
    }
  }
}
