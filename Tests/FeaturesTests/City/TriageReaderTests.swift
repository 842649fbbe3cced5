import Domain
import Features
import Testing

@Suite struct TriageReaderTests {
  let reader: TriageReader
  let pack: CityPack

  init() throws {
    pack = try CityPackReader.read(folder: Packs.rongxi)
    reader = TriageReader(pack: pack)
  }

  @Test(arguments: [
    ("老板拖欠工资三个月,大家来讨薪", "dispute.wages"), ("My boss has not paid our wages since May, unpaid wages", "dispute.wages"),
    ("楼下广场舞音响太大", "noise.dance"), ("家里停水两天了,没水用", "utility.water-outage"),
    ("楼上漏水,天花板滴水", "building.leak"), ("追尾了,没有人受伤,两车刮擦", "traffic.damage"),
    ("小区门口路灯不亮", "utility.street-light"), ("KTV噪音太大睡不着", "noise.bar"),
  ])
  func plainReportsAreUnderstood(text: String, kind: String) {
    let triage = reader.triage(text: text, kind: nil, door: "12345", place: nil)
    #expect(!triage.abstains, "\(triage.suggestions)")
    #expect(triage.suggestions.first?.kind.code == kind)
    #expect(triage.suggestions.first?.reasons.isEmpty == false)
  }

  /// The cues of a kind, in one language, lead to that kind or leave it to a person: never to another.
  @Test func theCuesOfAKindLeadToIt() {
    for kind in pack.leafKinds {
      for isLatin in [true, false] {
        let cues = kind.cues.filter { cue in cue.utf8.allSatisfy { $0 < 128 } == isLatin }
        let triage = reader.triage(text: cues.joined(separator: "; "), kind: nil, door: "app", place: nil)
        #expect(triage.suggestions.first?.kind.code == kind.code && !triage.abstains, "\(cues)")
      }
      for cue in kind.cues {
        let triage = reader.triage(text: cue, kind: nil, door: "app", place: nil)
        let best = triage.suggestions.first?.kind.code
        #expect(triage.abstains || best == kind.code, "\(cue) of \(kind.code) leads to \(best ?? "")")
      }
    }
  }

  @Test(arguments: ["", "你好", "有点事情想说", "hello, I am calling about something"])
  func withoutACueAPersonDecides(text: String) {
    let triage = reader.triage(text: text, kind: nil, door: "app", place: nil)
    #expect(triage.abstains)
    #expect(triage.suggestions.isEmpty)
    #expect(!triage.suggestsDiversion)
  }

  @Test func whatSpeaksForTwoKindsAlikeIsLeftToAPerson() {
    let triage = reader.triage(text: "房东押金不退,物业不管", kind: nil, door: "12345", place: nil)
    #expect(triage.suggestions.count >= 2)
    let even = reader.triage(text: "房东,物业费", kind: nil, door: "12345", place: nil)
    #expect(even.abstains)
  }

  @Test func theReportersOwnChoiceCounts() {
    let triage = reader.triage(text: "", kind: "noise.dance", door: "plate", place: nil)
    #expect(triage.suggestions.first?.kind.code == "noise.dance")
    #expect(!triage.abstains)
    #expect(triage.suggestsDiversion)
  }

  @Test func aWageDisputeWithAKnifeIsNotDiverted() {
    let calm = reader.triage(text: "拖欠工资,讨薪", kind: "dispute.wages", door: "110", place: nil)
    #expect(calm.mayDivert && calm.suggestsDiversion)
    let armed = reader.triage(text: "拖欠工资,讨薪,有人拿刀", kind: "dispute.wages", door: "110", place: nil)
    #expect(!armed.mayDivert)
    #expect(!armed.suggestsDiversion)
    #expect(armed.dangers.map(\.danger.code) == ["weapon"])
    #expect(armed.dangers.first?.words == ["拿刀"])
  }

  /// No report with a danger word may ever be diverted, whatever else it says and whatever kind is chosen.
  @Test(arguments: [UInt64(1), 2, 3])
  func noInputWithADangerWordIsEverDiverted(seed: UInt64) {
    var state = seed
    func number(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let dangers = pack.triage.dangers.flatMap { danger in danger.words.map { (danger.code, $0) } }
    let kinds = pack.leafKinds.filter { $0.jurisdiction == .nonPolice }
    let disguises: [(String) -> String] = [
      { $0 }, { $0.uppercased() }, { $0.unicodeScalars.map { wide($0) }.joined() },
      { $0.map(String.init).joined(separator: "\u{200B}") },
    ]
    for _ in 0..<400 {
      let (code, word) = dangers[number(dangers.count)]
      let kind = kinds[number(kinds.count)]
      let cues = (0..<number(6)).map { _ in kind.cues[number(kind.cues.count)] }
      let text = (cues + [disguises[number(disguises.count)](word)] + cues.reversed()).joined(separator: ",")
      let door = CityPack.doors[number(CityPack.doors.count)]
      let triage = reader.triage(text: text, kind: number(2) == 0 ? kind.code : nil, door: door, place: nil)
      #expect(!triage.mayDivert && !triage.suggestsDiversion, "seed \(seed): \(text)")
      #expect(triage.dangers.contains { $0.danger.code == code }, "seed \(seed): \(text)")
    }
  }

  @Test func certaintyIsAShareAndTheSameEveryTime() {
    let text = "KTV噪音 广场舞 摆摊 停电 漏水"
    let one = reader.triage(text: text, kind: nil, door: "grid", place: "P001")
    #expect(one == reader.triage(text: text, kind: nil, door: "grid", place: "P001"))
    #expect(one.suggestions.allSatisfy { (0...1).contains($0.certainty) })
    #expect(one.suggestions.map(\.certainty) == one.suggestions.map(\.certainty).sorted(by: >))
  }
}

/// The full-width form of an ASCII scalar.
private func wide(_ scalar: Unicode.Scalar) -> String {
  guard (0x21...0x7E).contains(scalar.value),
  let wide = Unicode.Scalar(scalar.value + 0xFEE0) else { return String(scalar) }
  return String(wide)
}
