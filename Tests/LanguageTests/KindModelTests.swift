import Foundation
import Language
import Testing

@Suite struct KindModelTests {
  static let segmenter = Segmenter(Lexicon(words: ["噪音", "广场舞", "工资", "老板", "电瓶车", "被偷", "小区", "晚上", "张建国"]))
  static let codes = ["noise", "wages", "theft"]

  /// So many made-up texts, their kinds in turn.
  static func texts(_ count: Int) -> [String] {
    let parts = [
      ["小区晚上有噪音", "广场舞声音太大,噪音扰民", "楼上半夜噪音不停"], ["老板拖欠工资三个月", "工资不发,老板跑了", "讨要工资被老板骂"],
      ["电瓶车被偷了", "小区里电瓶车又被偷", "晚上电瓶车电池被偷"],
    ]
    return (0..<count).map { "\(parts[$0 % 3][$0 / 3 % 3]),编号\($0),我叫张建国" }
  }

  static func trained(_ count: Int = 90, textsMin: Int = 3) -> KindTrainer.Result {
    KindTrainer(segmenter, textsMin: textsMin)
      .train(texts: texts(count), kinds: (0..<count).map { $0 % 3 }, codes: codes)
  }

  @Test func itLearnsWhatPeopleSettled() throws {
    let model = Self.trained().model
    for (text, code) in [("夜里噪音吵得睡不着", "noise"), ("工资还没发", "wages"), ("我的电瓶车不见了,被偷", "theft")] {
      let found = model.judge(text)
      #expect(model.kinds[found.best] == code)
      #expect(abs(found.probabilities.reduce(0, +) - 1) < 1e-9)
      #expect(found.certainty > 0.6)
    }
  }

  @Test func itTellsTheWordsThatDecided() {
    let model = Self.trained().model
    #expect(model.reasons("老板不发工资", for: 1).map(\.word).sorted() == ["工资", "老板"].sorted())
    #expect(model.reasons("老板不发工资", for: 1).allSatisfy { $0.weight > 0 })
  }

  @Test func whatItDoesNotKnowLeavesItUncertain() {
    let found = Self.trained().model.judge("the quick brown fox")
    #expect(found.certainty < 0.6)
  }

  @Test func itHoldsNoNamesNumbersAndRareWords() {
    let bytes = Self.trained().model.bytes
    let stored = String(decoding: bytes, as: UTF8.self)
    #expect(stored.contains("噪音"))
    for text in ["张建国", "编号1", "12"] { #expect(!stored.contains(text)) }
    let rare = KindTrainer(Self.segmenter, textsMin: 31).train(
      texts: Self.texts(90), kinds: (0..<90).map { $0 % 3 }, codes: Self.codes)
    #expect(!String(decoding: rare.model.bytes, as: UTF8.self).contains("广场舞"))
  }

  @Test func theSameTextsGiveTheSameBytesAndBytesTheSameModel() throws {
    let bytes = Self.trained().model.bytes
    #expect(bytes == Self.trained().model.bytes)
    let again = try #require(KindModel(bytes: bytes, segmenter: Self.segmenter))
    let text = "晚上小区门口的广场舞噪音"
    #expect(again.judge(text) == Self.trained().model.judge(text))
    #expect(again.reasons(text, for: 0) == Self.trained().model.reasons(text, for: 0))
  }

  @Test func bytesThatAreNoModelAreRefused() {
    let bytes = Self.trained().model.bytes
    #expect(KindModel(bytes: [], segmenter: Self.segmenter) == nil)
    #expect(KindModel(bytes: bytes.dropLast(), segmenter: Self.segmenter) == nil)
    #expect(KindModel(bytes: bytes + [0], segmenter: Self.segmenter) == nil)
    for place in stride(from: 20, to: 120, by: 7) {
      var broken = bytes
      broken[place] ^= 0xFF
      _ = KindModel(bytes: broken, segmenter: Self.segmenter)
    }
  }

  @Test func manyTextsAreJudgedAsEachByItself() {
    let model = Self.trained().model
    let texts = Self.texts(9)
    #expect(model.judge(texts.map { Array($0.utf8) }) == texts.map { model.judge($0) })
  }

  @Test func heldOutProbabilitiesAreOfTextsThatWereNotSeen() {
    // Kinds that nothing tells apart: who had seen the texts would know them by heart.
    let texts = (0..<120).map { "事情\("甲乙丙丁戊己庚辛壬癸".map { String($0) }[$0 % 10])" }
    let result = KindTrainer(Self.segmenter, textsMin: 2).train(
      texts: texts, kinds: (0..<120).map { $0 / 10 % 2 }, codes: ["a", "b"])
    let right = result.heldOut.indices.count { result.heldOut[$0][$0 / 10 % 2] > 0.5 }
    #expect((30...90).contains(right))
  }

  @Test func aKindThatIsRareIsNotDrowned() {
    var texts = Self.texts(300).enumerated().filter { $0.offset % 3 != 2 || $0.offset < 60 }.map(\.element)
    var kinds = (0..<300).filter { $0 % 3 != 2 || $0 < 60 }.map { $0 % 3 }
    texts += ["老板的电瓶车被偷"]
    kinds += [2]
    let model = KindTrainer(Self.segmenter, textsMin: 3).train(texts: texts, kinds: kinds, codes: Self.codes).model
    #expect(model.judge("电瓶车被偷").best == 2)
  }
}
