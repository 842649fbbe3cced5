import Language
import Testing

@Suite struct CueMatcherTests {
  func found(_ cues: [String], in text: String) -> [String: Int] { CueMatcher(cues).cueCounts(in: text) }

  @Test func overlappingCuesAreAllFound() {
    #expect(found(["he", "she", "hers", "his"], in: "ushers") == [:])
    #expect(found(["拖欠", "拖欠工资", "工资", "欠工"], in: "老板拖欠工资") == ["拖欠": 1, "拖欠工资": 1, "工资": 1, "欠工": 1])
  }

  @Test func aLatinCueIsAWord() {
    #expect(found(["fire"], in: "He was fired after a wildfire.") == [:])
    #expect(found(["fire"], in: "Fire! fire-alarm 火灾fire") == ["fire": 3])
    #expect(found(["no water"], in: "There is no\n  water since ten") == ["no water": 1])
    #expect(found(["fire"], in: "fire fire") == ["fire": 2])
  }

  @Test func widthAndCaseAndInvisibleScalarsDoNotMatter() {
    #expect(found(["KTV噪音"], in: "ｋＴＶ噪\u{200B}音") == ["KTV噪音": 1])
    #expect(found(["knife"], in: "ＫＮＩＦＥ") == ["knife": 1])
    #expect(found(["knife"], in: "kn\u{AD}ife") == ["knife": 1])
  }

  @Test func spaceInsideAChineseWordDoesNotHideIt() {
    #expect(found(["持刀"], in: "有人持 刀") == ["持刀": 1])
    #expect(found(["持刀"], in: "有人持\n\u{3000}刀") == ["持刀": 1])
  }

  @Test func scalarsOutsideTheFirstPlane() {
    #expect(found(["𠮷家", "🔥"], in: "在𠮷家🔥🔥") == ["𠮷家": 1, "🔥": 2])
  }

  @Test func emptyInput() {
    #expect(found([], in: "火") == [:])
    #expect(found(["", " "], in: "") == [:])
    #expect(found(["", " ", "火"], in: " 火") == ["火": 1])
  }

  /// The slow, plain way: every cue at every place of the folded text.
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func equalsSearchingForEachCueAlone(seed: UInt64) {
    var state = seed
    func number(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    func word(_ length: Int) -> String { String((0..<length).map { _ in ["火", "刀", "水", "车"][number(4)] }.joined()) }
    for _ in 0..<50 {
      let cues = Array(Set((0..<8).map { _ in word(1 + number(3)) })).sorted()
      let text = word(40)
      let plain = cues.reduce(into: [String: Int]()) { counts, cue in
        let starts = text.indices.filter { text[$0...].hasPrefix(cue) }
        if !starts.isEmpty { counts[cue] = starts.count }
      }
      #expect(found(cues, in: text) == plain, "seed \(seed): \(cues) in \(text)")
    }
  }
}
