/// Cuts a text into words: of all ways to cut it into words of the lexicon the likeliest, each word by itself (unigram),
/// found from the end by dynamic programming (Viterbi 1967). A character that begins no word stands alone; letters and
/// digits stay together; whatever is no word character (signs, spaces) is a piece of its own.
///
/// Between signs a run is what jieba takes for one: Han characters U+4E00 … U+9FD5, ASCII letters and digits and
/// `+#&._%-`. The cuts are those of jieba without its model of unknown words, ties included.
public struct Segmenter: Sendable {
  let lexicon: Lexicon

  public init(_ lexicon: Lexicon) { self.lexicon = lexicon }

  /// The pieces, in order; joined they are the text.
  public func words(in text: String) -> [Substring] {
    var words: [Substring] = []
    words.reserveCapacity(text.utf8.count / 5)
    var start = text.startIndex
    cut(Array(text.utf8)) { range in
      let end = text.utf8.index(start, offsetBy: range.count)
      words.append(text[start..<end])
      start = end
    }
    return words
  }

  /// The same over UTF-8: each piece as its range of bytes, in order.
  public func cut(_ text: [UInt8], _ found: (Range<Int>) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      guard !bytes.isEmpty else { return }
      withRun(of: bytes.count) { run in
        var run = run
        var place = 0
        while place < bytes.count {
          let (scalar, length) = UTF8Text.scalar(bytes, place)
          if scalar < 0x10000, Self.isWordUnit(UInt16(truncatingIfNeeded: scalar)) {
            run.append(UInt16(truncatingIfNeeded: scalar), at: place)
            place += length
            continue
          }
          run.finish(end: place, found)
          let isBreak = scalar == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A
          let end = place + (isBreak ? 2 : length)
          found(place..<end)
          place = end
        }
        run.finish(end: place, found)
      }
    }
  }

  /// ln of the likelihood of the best way to cut a run.
  func likelihood(_ units: [UInt16]) -> Double {
    withRun(of: units.count) { run in
      var run = run
      for unit in units { run.append(unit, at: 0) }
      return run.weigh()
    }
  }

  /// A run with room for so many units, and the lexicon's tables laid open.
  private func withRun<Result>(of count: Int, _ body: (WordRun) -> Result) -> Result {
    lexicon.withTables { tables in
      withUnsafeTemporaryAllocation(of: WordRun.Step.self, capacity: count + 1) { steps in
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: count + 1) { units in
          body(WordRun(tables: tables, steps: steps, units: units))
        }
      }
    }
  }

  /// Whether all of a text could be one word: nothing in it parts it from what is beside it.
  public static func isRun(_ text: String) -> Bool { !text.isEmpty && text.utf16.allSatisfy(isWordUnit) }

  /// Han, ASCII letters and digits, and the signs that stand inside words: `+#&._%-`.
  @inline(__always)
  static func isWordUnit(_ unit: UInt16) -> Bool {
    if unit >= 0x80 { return (0x4E00...0x9FD5).contains(unit) }
    return (unit < 64 ? 0x03FF_6868_0000_0000 >> UInt64(unit) : 0x07FF_FFFE_87FF_FFFE >> UInt64(unit - 64)) & 1 == 1
  }

  @inline(__always)
  static func isLetterOrDigit(_ unit: UInt16) -> Bool {
    (0x30...0x39).contains(unit) || (0x61...0x7A).contains(unit) || (0x41...0x5A).contains(unit)
  }
}
