import Domain
import Foundation
import Language

extension PackDraft {
  /// `words.txt`: a word a line; empty lines and those that begin with `#` say nothing.
  func readWords(_ text: String) -> [String] {
    var words: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let word = line.trimmingCharacters(in: .whitespaces)
      if word.isEmpty || word.hasPrefix("#") { continue }
      if !Segmenter.isRun(word) || word.count < 2 || word.count > Self.wordCharactersMax {
        faults.add(
          "words.txt", index + 1, Texts(zh: "“\(word)”不能作为词", en: "'\(word)' cannot be a word"),
          fix: Texts(
            zh: "每行一个词,2 到 \(Self.wordCharactersMax) 个汉字、字母或数字,中间没有空格和标点",
            en: "one word a line, of 2 to \(Self.wordCharactersMax) Han characters, letters or digits, without spaces "
              + "or signs"))
      } else if words.contains(word) {
        faults.add(
          "words.txt", index + 1, Texts(zh: "“\(word)”出现了两次", en: "'\(word)' stands here twice"),
          fix: Texts(zh: "删去一行", en: "delete one of the lines"))
      } else {
        words.append(word)
      }
    }
    return words
  }

  private static let wordCharactersMax = 16
}
