/// Finds what may be a person's name and blanks it, so that it is neither counted nor learned. Rather too much than too
/// little: a word that is lost here or there costs nothing, a name that is kept does.
///
/// What may be a name: what the dictionary has as one, with a surname in front; a surname with the one or two characters
/// after it that no word holds together, or with the word of two characters after it; whatever stands between a surname
/// and a title (王建国先生), after 我叫 and its like, after 老 and 小; capitalised Latin words after a title or 'my name
/// is', and those inside a sentence.
public struct PersonNames: Sendable {
  private let segmenter: Segmenter

  public init(_ segmenter: Segmenter) { self.segmenter = segmenter }

  /// The text with `0` for each piece that may belong to a name.
  public func blanked(_ text: String) -> String {
    let pieces = segmenter.words(in: text)
    let marks = marks(pieces)
    guard marks.contains(true) else { return text }
    return zip(pieces, marks).map { $1 ? "0" : String($0) }.joined()
  }

  private func marks(_ pieces: [Substring]) -> [Bool] {
    var marks = [Bool](repeating: false, count: pieces.count)
    for place in pieces.indices {
      let piece = pieces[place]
      guard let first = piece.unicodeScalars.first else { continue }
      if first.isASCII {
        markLatin(pieces, place, &marks)
        continue
      }
      if isKnownName(piece) { marks[place] = true }
      if Self.introductions.contains(String(piece)) { markIntroduced(pieces, after: place, &marks) }
      if Self.titles.contains(String(piece)) { markTitled(pieces, before: place, &marks) }
      if let count = surnameCount(piece) { markNamed(pieces, place, surname: count, &marks) }
      if "老小阿".unicodeScalars.contains(first) { markFamiliar(pieces, place, &marks) }
    }
    return marks
  }

  /// As the dictionary has it: 建国 is not one, 李建国 is.
  private func isKnownName(_ piece: Substring) -> Bool {
    (2...4).contains(piece.count) && segmenter.lexicon.isName(piece)
      && (Self.surnames.contains(String(piece.prefix(1))) || Self.doubleSurnames.contains(String(piece.prefix(2))))
  }

  /// 1 for a piece that is a surname, 2 for one of two characters; nil for none.
  private func surnameCount(_ piece: Substring) -> Int? {
    if piece.count == 1 { return Self.surnames.contains(String(piece)) ? 1 : nil }
    return piece.count == 2 && Self.doubleSurnames.contains(String(piece)) ? 2 : nil
  }

  /// A surname and what follows it.
  private func markNamed(_ pieces: [Substring], _ place: Int, surname: Int, _ marks: inout [Bool]) {
    guard place + 1 < pieces.count, surname == 2 || !Self.alsoPlainWords.contains(String(pieces[place])) else { return }
    // 老王 has no more to come.
    if place > 0, ["老", "小", "阿"].contains(pieces[place - 1]) { return }
    let next = pieces[place + 1]
    guard isHan(next), !Self.titles.contains(String(next)) else { return }
    if next.count == 2 {
      marks[place] = true
      marks[place + 1] = true
    } else if next.count == 1, !Self.isParticle(next) {
      marks[place] = true
      marks[place + 1] = true
      guard place + 2 < pieces.count, pieces[place + 2].count == 1, isHan(pieces[place + 2]),
        !Self.isParticle(pieces[place + 2])
      else { return }
      marks[place + 2] = true
    }
  }

  /// 老王, 小 李.
  private func markFamiliar(_ pieces: [Substring], _ place: Int, _ marks: inout [Bool]) {
    let rest = String(pieces[place].dropFirst())
    if rest.isEmpty, place + 1 < pieces.count, surnameCount(pieces[place + 1]) == 1 { marks[place + 1] = true }
    if Self.surnames.contains(rest), !Self.alsoPlainWords.contains(rest) { marks[place] = true }
  }

  /// From the nearest surname, up to three pieces back, to the title.
  private func markTitled(_ pieces: [Substring], before place: Int, _ marks: inout [Bool]) {
    for start in stride(from: place - 1, through: max(0, place - 3), by: -1) {
      guard isHan(pieces[start]) else { return }
      let count = (start..<place).reduce(0) { $0 + pieces[$1].count }
      guard count <= 4 else { return }
      let first = String(pieces[start].prefix(1))
      let double = String(pieces[start].prefix(2))
      guard Self.surnames.contains(first) || Self.doubleSurnames.contains(double) else { continue }
      for other in start..<place { marks[other] = true }
      return
    }
  }

  /// After 我叫: up to four characters, past a colon.
  private func markIntroduced(_ pieces: [Substring], after place: Int, _ marks: inout [Bool]) {
    var next = place + 1
    while next < pieces.count, pieces[next] == ":" || pieces[next] == ":" || pieces[next] == "是" { next += 1 }
    var count = 0
    while next < pieces.count, isHan(pieces[next]), !Self.isParticle(pieces[next]) {
      count += pieces[next].count
      guard count <= 4 else { return }
      marks[next] = true
      next += 1
    }
  }

  private func markLatin(_ pieces: [Substring], _ place: Int, _ marks: inout [Bool]) {
    guard let first = pieces[place].unicodeScalars.first, (0x41...0x5A).contains(first.value),
      pieces[place].unicodeScalars.dropFirst().contains(where: { (0x61...0x7A).contains($0.value) })
    else { return }
    // The first word of a sentence has a capital whatever it is, unless a title stands before it.
    var before = place - 1
    while before >= 0, pieces[before] == " " { before -= 1 }
    let isInside = before >= 0 && pieces[before].unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "," }
    let isTitled = before > 0 && pieces[before] == "." && Self.latinTitles.contains(pieces[before - 1].lowercased())
    if isInside || isTitled { marks[place] = true }
  }

  private func isHan(_ piece: Substring) -> Bool {
    piece.unicodeScalars.allSatisfy { (0x4E00...0x9FD5).contains($0.value) }
  }

  private static func isParticle(_ piece: Substring) -> Bool { piece.count == 1 && particles.contains(String(piece)) }
}
