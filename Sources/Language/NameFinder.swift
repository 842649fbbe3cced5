/// Finds names of places as people type them in a hurry: characters, pinyin in full or by initials or mixed, English,
/// with a character or letter wrong, the area before the name or beside it.
///
/// One pass over flat arrays for each query: with 100,000 names a few milliseconds, and nothing to keep in step.
public struct NameFinder: Sendable {
  public struct Name: Sendable, Hashable {
    public let text: String
    /// The name in Latin letters, such as English; may be empty.
    public let latin: String
    /// What the place lies in, said before its name; may be empty.
    public let area: String

    public init(text: String, latin: String = "", area: String = "") {
      self.text = text
      self.latin = latin
      self.area = area
    }
  }

  public struct Hit: Sendable, Hashable {
    /// Index into the names.
    public let name: Int
    /// The smaller the better; 0 is the whole name as it is written.
    public let penalty: Int
  }

  /// Area and name of each, folded, one behind the other.
  private let scalars: [UInt32]
  /// For each scalar the number of its sounds.
  private let sounds: [UInt16]
  private let spans: [Span]
  private let book: SoundBook
  private let readings: @Sendable (Unicode.Scalar) -> [String]
  /// Names as they are read, in letters, and Latin names, for letters that are nearly right.
  private let letters: [UInt8]

  private struct Span {
    let start: Int32
    let name: Int32
    let end: Int32
    let spelled: Int32
    let latin: Int32
    let lettersEnd: Int32
    /// Of the three texts, see ``NearlyMatcher/marks(_:)``.
    let writtenMarks: UInt64
    let spelledMarks: UInt64
    let latinMarks: UInt64
  }

  /// - Parameter readings: the pinyin of a Han character without tones (`yang`), the likeliest first; none where it is
  ///   not known.
  public init(_ names: [Name], readings: @escaping @Sendable (Unicode.Scalar) -> [String]) {
    var book = SoundBook()
    var (scalars, sounds, letters, spans) = ([UInt32](), [UInt16](), [UInt8](), [Span]())
    spans.reserveCapacity(names.count)
    for name in names {
      let start = scalars.count
      scalars += FoldedText(name.area).scalars.filter { $0 != 0x20 }
      let middle = scalars.count
      scalars += FoldedText(name.text).scalars.filter { $0 != 0x20 }
      for scalar in scalars[start...] { sounds.append(book.number(of: scalar, readings)) }
      let spelled = letters.count
      for scalar in scalars[middle...] { letters += book.sounds[Int(book.number(of: scalar, readings))].first ?? [] }
      let latin = letters.count
      letters += FoldedText(name.latin).scalars.map { UInt8(exactly: $0) ?? 0 }
      spans.append(Span(start: Int32(start), name: Int32(middle), end: Int32(scalars.count), spelled: Int32(spelled),
                        latin: Int32(latin), lettersEnd: Int32(letters.count),
                        writtenMarks: NearlyMatcher.marks(scalars[start...]),
                        spelledMarks: NearlyMatcher.marks(letters[spelled..<latin]),
                        latinMarks: NearlyMatcher.marks(letters[latin...])))
    }
    self.scalars = scalars
    self.sounds = sounds
    self.letters = letters
    self.spans = spans
    self.book = book
    self.readings = readings
  }

  /// The best names for what was typed, best first; words parted by spaces must each be found.
  ///
  /// Only where too few are found as typed, one wrong, missing or needless character is let pass in words of three
  /// characters, or four letters (two in seven letters); and a house number behind the name is left aside.
  public func find(_ query: String, limit: Int) -> [Hit] {
    let words = Self.words(query)
    guard !words.isEmpty, limit > 0 else { return [] }
    let apart = hits(words.map { NameQuery($0, readings) }, isLoose: false, limit: limit)
    // A Latin name has spaces of its own.
    let phrase = Array(words.joined(separator: [0x20]))
    let isPhrase = words.count > 1 && phrase.allSatisfy { $0 < 0x80 }
    let exact = isPhrase ? merged(hits([NameQuery(phrase, readings)], isLoose: false, limit: limit), apart) : apart
    guard exact.count < limit else { return Array(exact.prefix(limit)) }
    let stems = words.map(Self.stem)
    let rest = stems.map { NameQuery($0, readings) }
    let found = stems == words ? exact : merged(exact, hits(rest, isLoose: false, limit: limit))
    guard found.count < min(limit, 3) else { return Array(found.prefix(limit)) }
    return Array(merged(found, hits(rest, isLoose: true, limit: limit)).prefix(limit))
  }

  private func merged(_ first: [Hit], _ second: [Hit]) -> [Hit] {
    let known = Set(first.map(\.name))
    return first + second.filter { !known.contains($0.name) }
  }

  private static func words(_ query: String) -> [[UInt32]] {
    // Folding drops spaces between Han characters, which part words here.
    query.split { $0.isWhitespace || ",,、;;".contains($0) }.map { FoldedText(String($0)).scalars }
      .filter { !$0.isEmpty }
  }

  /// Without a house number: what stands before the first digit, where that is enough to go by.
  private static func stem(_ word: [UInt32]) -> [UInt32] {
    guard let digit = word.firstIndex(where: { (0x30...0x39).contains($0) }), digit >= 2 else { return word }
    return Array(word[..<digit])
  }

  private func hits(_ queries: [NameQuery], isLoose: Bool, limit: Int) -> [Hit] {
    var keys: [Int] = []
    for (number, span) in spans.enumerated() {
      var penalty = 0
      for query in queries {
        guard let worth = self.penalty(query, span, isLoose: isLoose) else {
          penalty = -1
          break
        }
        penalty += worth
      }
      // Shorter names first, then the order in which they were given.
      if penalty >= 0 { keys.append(penalty << 48 | min(Int(span.end - span.name), 0xFFFF) << 32 | number) }
    }
    return keys.sorted().prefix(limit).map { Hit(name: $0 & 0xFFFF_FFFF, penalty: $0 >> 48) }
  }

  // MARK: - One word, one name

  private func penalty(_ query: NameQuery, _ span: Span, isLoose: Bool) -> Int? {
    if isLoose { return loose(query, span) }
    if let written = written(query, span) { return written }
    let read = read(query, span)
    guard query.isLatin, let latin = latin(query, span) else { return read }
    return min(read ?? latin, latin)
  }

  /// 0: the whole name; 1: it begins so; 2: somewhere in it; 6: in the area.
  private func written(_ query: NameQuery, _ span: Span) -> Int? {
    let count = query.scalars.count
    var best: Int?
    var place = Int(span.end) - count
    // From behind: the name before its area.
    while place >= Int(span.start) {
      if scalars[place] == query.scalars[0], matches(query.scalars, at: place) {
        let worth = place == span.name ? (place + count == span.end ? 0 : 1) : place + count > span.name ? 2 : 6
        best = min(best ?? worth, worth)
        if worth == 6 { break }
      }
      place -= 1
    }
    return best
  }

  private func matches(_ word: [UInt32], at place: Int) -> Bool {
    for offset in word.indices where scalars[place + offset] != word[offset] { return false }
    return true
  }

  /// 2: the whole name as it is read; 3: it begins so; 4: somewhere in it; 7: in the area.
  private func read(_ query: NameQuery, _ span: Span) -> Int? {
    var best: Int?
    for place in Int(span.start)..<Int(span.end) where query.mayBegin(sounds[place], book) {
      guard let end = query.end(sounds, from: place, to: Int(span.end), book) else { continue }
      let worth = place == span.name ? (end == span.end ? 2 : 3) : end > span.name ? 4 : 7
      best = min(best ?? worth, worth)
    }
    return best
  }

  /// 3: the Latin name begins so; 5: a word of it does.
  private func latin(_ query: NameQuery, _ span: Span) -> Int? {
    let (start, end, count) = (Int(span.latin), Int(span.lettersEnd), query.letters.count)
    guard end - start >= count else { return nil }
    for place in start...(end - count) where letters[place] == query.letters[0] {
      guard place == start || letters[place - 1] == 0x20 else { continue }
      var offset = 1
      while offset < count, letters[place + offset] == query.letters[offset] { offset += 1 }
      if offset == count { return place == start ? 3 : 5 }
    }
    return nil
  }

  /// 10 and more: nearly so.
  private func loose(_ query: NameQuery, _ span: Span) -> Int? {
    var best: Int?
    func take(_ errors: Int?) {
      if let errors { best = min(best ?? errors, errors) }
    }
    if let written = query.written, written.mayStand(in: span.writtenMarks) {
      take(written.errors(in: scalars[Int(span.start)..<Int(span.end)]))
    }
    guard let spelled = query.spelled else { return best.map { 10 + $0 } }
    if spelled.mayStand(in: span.spelledMarks) {
      take(spelled.errors(in: letters[Int(span.spelled)..<Int(span.latin)]))
    }
    if query.isLatin, spelled.mayStand(in: span.latinMarks) {
      take(spelled.errors(in: letters[Int(span.latin)..<Int(span.lettersEnd)]))
    }
    return best.map { 10 + $0 }
  }
}
