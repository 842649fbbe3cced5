import Foundation
import Language
import Testing

@Suite struct SegmenterTests {
  static let lexicon = Lexicon(dictionary: """
    小区 900 n
    小 500 a
    区 400 n
    门口 300 s
    门 200 n
    口 150 n
    小区门 1 n
    研究 300 v
    研究生 100 n
    生命 200 n
    命 50 n
    起源 90 n
    T恤 3 n
    B超 3 n
    无用 0 n
    """.utf8)

  func cut(_ text: String, _ lexicon: Lexicon = lexicon) -> String {
    Segmenter(lexicon).words(in: text).joined(separator: "/")
  }

  @Test func theLikeliestWayWins() {
    #expect(cut("小区门口") == "小区/门口")
    #expect(cut("研究生命起源") == "研究/生命/起源")
  }

  @Test func whatNoWordKnowsStandsAlone() {
    #expect(cut("鸢尾小区") == "鸢/尾/小区")
    #expect(cut("无用") == "无/用")
    #expect(cut("𠮷家小区") == "𠮷/家/小区")
  }

  @Test func lettersAndDigitsStayTogether() {
    #expect(cut("3号楼B超室KTV2024") == "3/号/楼/B超/室/KTV2024")
    #expect(cut("a-b 12.5%") == "a/-/b/ /12/./5/%")
    #expect(cut("The shop, at 5pm") == "The/ /shop/,/ /at/ /5pm")
  }

  @Test func signsAndSpacesArePieces() {
    #expect(cut("小区,门口。\r\n\n  ") == "小区/,/门口/。/\r\n/\n/ / ")
    #expect(cut("") == "")
    #expect(Segmenter(Self.lexicon).words(in: "家\u{301}é🔥小区").joined() == "家\u{301}é🔥小区")
  }

  @Test func theCitysOwnWordsStandWhole() {
    let own = Lexicon(
      dictionary: "汤 800 n\n团 900 n\n团客 500 n\n客服 700 n\n汤团 1 n\n".utf8,
      words: ["汤团", "刷单返利", "not a word"])
    #expect(cut("汤团客服", Lexicon(dictionary: "汤 800\n团 900\n团客 500\n服 300\n".utf8)) == "汤/团客/服")
    #expect(cut("汤团客服", own) == "汤团/客服")
    #expect(cut("被刷单返利骗了", own) == "被/刷单返利/骗/了")
    #expect(cut("not a word", own) == "not/ /a/ /word")
  }

  @Test func withoutADictionaryTheCitysWordsAreFound() {
    let own = Lexicon(words: ["安亭新村", "刷单"])
    #expect(!own.hasDictionary)
    #expect(cut("安亭新村有人刷单", own) == "安亭新村/有/人/刷单")
  }

  @Test func linesThatAreNoWordsArePassedOver() {
    let odd = Lexicon(dictionary: "小区\n门口 x\n\n 3 n\n生命 20 n".utf8)
    #expect(cut("小区门口生命", odd) == "小/区/门/口/生命")
  }

  /// Every way to cut, tried; of equally likely ones the one whose first words are longer.
  @Test(arguments: [UInt64(1), 2, 3])
  func noWayIsLikelier(seed: UInt64) {
    var state = seed
    func chance(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let letters = Array("天地人和")
    var frequencies: [String: Int] = [:]
    for _ in 0..<40 {
      frequencies[String((0...chance(4)).map { _ in letters[chance(4)] })] = 1 << chance(8)
    }
    let file = frequencies.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value) n" }.joined(separator: "\n")
    let lexicon = Lexicon(dictionary: file.utf8)
    let total = max(Double(frequencies.values.reduce(0, +)), 1e6)
    func best(_ rest: ArraySlice<Character>) -> (Double, [String]) {
      if rest.isEmpty { return (0, []) }
      var found: (Double, [String])?
      for count in 1...rest.count {
        let word = String(rest.prefix(count))
        guard let frequency = frequencies[word] else { continue }
        let (likelihood, words) = best(rest.dropFirst(count))
        let sum = log(Double(frequency)) - log(total) + likelihood
        if sum >= found?.0 ?? -.infinity { found = (sum, [word] + words) }
      }
      if let found { return found }
      let (likelihood, words) = best(rest.dropFirst())
      return (-log(total) + likelihood, [String(rest.prefix(1))] + words)
    }
    for _ in 0..<100 {
      let text = (0...chance(9)).map { _ in letters[chance(4)] }
      #expect(Segmenter(lexicon).words(in: String(text)).map(String.init) == best(text[...]).1, "seed \(seed)")
    }
  }
}
