import Domain
import Features
import Foundation
import Journal
import Language
import SQL
import Testing

@Suite struct ModelTests {
  static let segmenter = Segmenter(Lexicon(words: ["工资", "老板", "吵闹", "楼上", "半夜", "三个月", "讨薪", "地板"]))

  /// A model that has learned noise from wages by words that are no cues of the pack.
  static func model() -> KindModel {
    let texts = (0..<60).map { $0 % 2 == 0 ? "楼上半夜吵闹,地板响" : "老板三个月没给钱,讨薪" }
    return KindTrainer(segmenter, textsMin: 3).train(
      texts: texts, kinds: (0..<60).map { $0 % 2 }, codes: ["noise.renovation", "dispute.wages"]).model
  }

  static func site(_ test: TestSite, isShadow: Bool) -> Installation {
    test.site.with(models: [LearnedTriage(version: "abc123", model: model(), isShadow: isShadow)])
  }

  static func receive(_ text: String, _ site: Installation, kind: String? = nil) async throws -> CaseState {
    let receipt = try await ReceiveReport(site)(
      IncomingReport(door: "12345", kind: kind, text: text, coordinate: SmallCity.inEast),
      by: TestSite.actor(.operator))
    return try await ShowCase(site)(receipt.case, for: TestSite.actor(.system)).state
  }

  @Test(arguments: Engine.allCases)
  func whereTheRulesAbstainTheModelInUseJudgesAndItsVersionStays(engine: Engine) async throws {
    try await withSite(engine) { test in
      let site = Self.site(test, isShadow: false)
      let state = try await Self.receive("楼上半夜吵闹,地板响", site)
      #expect(state.judgement?.kind == "noise.renovation")
      #expect(state.judgement?.basis == "model:abc123")
      #expect(try await ModelSuggestions(site)(model: "abc123").suggested == 1)
      try await test.expectWhole()
    }
  }

  @Test func aShadowIsRecordedAndDecidesNothing() async throws {
    try await withSite { test in
      let site = Self.site(test, isShadow: true)
      let state = try await Self.receive("楼上半夜吵闹,地板响", site)
      #expect(state.judgement == nil)
      let tally = try await ModelSuggestions(site)(model: "abc123")
      #expect(tally.suggested == 1 && tally.sure == 1 && tally.settled == 0)
      let preview = try await PreviewReport(site)(
        IncomingReport(door: "12345", text: "楼上半夜吵闹"), for: TestSite.actor(.operator))
      #expect(preview?.triage.suggestions.isEmpty == true)
    }
  }

  @Test func aDangerWordLeavesItToAPerson() async throws {
    try await withSite { test in
      let site = Self.site(test, isShadow: false)
      let danger = try #require(site.pack.triage.dangers.first?.words.first)
      let state = try await Self.receive("楼上半夜吵闹,\(danger)", site)
      #expect(state.judgement == nil)
      #expect(!state.dangers.isEmpty)
    }
  }

  @Test func whatTheRulesAreCertainOfStands() async throws {
    try await withSite { test in
      let state = try await Self.receive("装修电钻,楼上半夜吵闹,老板讨薪", Self.site(test, isShadow: false))
      #expect(state.judgement?.basis.hasPrefix("cue:") == true)
    }
  }

  @Test func theDeskIsToldTheWords() async throws {
    try await withSite { test in
      let preview = try await PreviewReport(Self.site(test, isShadow: false))(
        IncomingReport(door: "12345", text: "楼上半夜吵闹"), for: TestSite.actor(.operator))
      guard case .learned(let model, let words, _) = preview?.triage.suggestions.first?.reasons.first else {
        return #expect(Bool(false), "no learned reason")
      }
      #expect(model == "abc123" && words.contains("吵闹"))
    }
  }

  @Test(arguments: Engine.allCases)
  func textsAreReadWithAJournalledLookAndTheModelIsKeptByItsVersion(engine: Engine) async throws {
    try await withSite(engine) { test in
      let shelf = ModelShelf(test.site)
      await #expect(throws: TrainModel.Fault.tooFew(texts: 0)) {
        try await TrainModel(test.site)(Self.segmenter)
      }
      var first: Receipt?
      for _ in 0..<TrainModel.casesOfKindMin {
        let receipt = try await test.closedCase(door: "12345")
        first = first ?? receipt
        try await test.closedWages()
      }
      let card = try await TrainModel(test.site)(Self.segmenter)
      #expect(card.texts == 2 * TrainModel.casesOfKindMin)
      #expect(card.right == card.texts)
      #expect(card.sentAway == 0 || card.dangerous > 0)
      #expect(try await shelf.cards() == [card])
      #expect(try await test.kinds(of: "vault-" + #require(first).report) == ["looked"])
      #expect(try await shelf.learned(Self.segmenter).map(\.isShadow) == [true])
      // The same once more is the same model, and in use it is no shadow any longer.
      #expect(try await TrainModel(test.site)(Self.segmenter).version == card.version)
      try await shelf.give(.inUse, to: card.version)
      let learned = try await shelf.learned(Self.segmenter)
      #expect(learned.map(\.version) == [card.version] && learned.map(\.isShadow) == [false])
      try await shelf.give(.shadow, to: card.version)
      try await shelf.give(.inUse, to: nil)
      #expect(try await shelf.roles() == [.shadow: card.version])
      #expect(try await shelf.cards() == [card])
      try await test.expectWhole()
    }
  }

  @Test func theBoundOnDangerSentAwayIsExact() {
    // The rule of three, exactly: 1 − 0.05^(1/300).
    #expect(abs(ModelCard.upperBound(0, of: 300) - (1 - pow(0.05, 1.0 / 300))) < 1e-9)
    #expect(ModelCard.upperBound(3, of: 300) > 0.02)
    #expect(ModelCard.upperBound(0, of: 0) == 1)
  }
}

extension TestSite {
  /// A case of unpaid wages that went all the way.
  func closedWages() async throws {
    let kind = try #require(site.pack.kinds.first { $0.cues.contains("拖欠工资") }?.code)
    let receipt = try await report("老板拖欠工资,讨薪", kind: kind)
    let state = try await ShowCase(site)(receipt.case, for: Self.actor(.system)).state
    let agency = Self.actor(.agency, agency: try #require(state.assignment?.agency))
    for action in [
      CaseCommand.Action.sign, .conclude(.handled, note: nil), .answer(channel: "phone", note: nil),
    ] {
      try await handle(action, receipt.case, by: agency)
    }
    try await handle(.close, receipt.case, by: Self.actor(.operator))
  }
}
