/// The words of a text that are worth counting: no stop words, no numbers, plates or telephones, no names of persons,
/// no single characters.
public struct CountableWords: Sendable {
  private let segmenter: Segmenter
  private let names: PersonNames

  public init(_ segmenter: Segmenter) {
    self.segmenter = segmenter
    names = PersonNames(segmenter)
  }

  /// Each once, in the order in which they first stand; Latin words in lower case.
  public func words(in text: String) -> [String] {
    var seen: Set<String> = []
    return segmenter.words(in: names.blanked(text)).compactMap { piece in
      let word = piece.lowercased()
      return Self.counts(word) && seen.insert(word).inserted ? word : nil
    }
  }

  private static func counts(_ word: String) -> Bool {
    let scalars = word.unicodeScalars
    if scalars.allSatisfy({ (0x4E00...0x9FD5).contains($0.value) }) {
      guard scalars.count >= 2, !StopWords.chinese.contains(word) else { return false }
      return !isNumeral(word)
    }
    if scalars.allSatisfy({ (0x61...0x7A).contains($0.value) }) {
      return scalars.count >= 3 && !StopWords.english.contains(word)
    }
    // Han and letters together (T恤, B超), without digits.
    return scalars.contains { (0x4E00...0x9FD5).contains($0.value) }
      && scalars.allSatisfy { (0x4E00...0x9FD5).contains($0.value) || (0x61...0x7A).contains($0.value) }
  }

  /// 三百, 两次, 十几天: figures and what they measure, nothing else.
  private static func isNumeral(_ word: String) -> Bool {
    guard let first = word.first, StopWords.figures.contains(first) else { return false }
    return word.dropFirst().allSatisfy { StopWords.figures.contains($0) || StopWords.measures.contains($0) }
  }
}
