import Domain
import Testing

@Suite struct TriageTests {
  let pack = SmallPack.pack()

  private func triage(_ cues: [String: Int], kind: String? = nil) -> Triage {
    Triage(Triage.Input(cues: cues, reportedKind: kind, door: "app", placeUse: nil), pack: pack)
  }

  @Test func oneCueIsEnoughForOneKind() {
    let triage = triage(["工资": 1])
    #expect(triage.suggestions.map(\.kind.code) == ["dispute.wages"])
    #expect(!triage.abstains && triage.suggestsDiversion)
    #expect(triage.suggestions[0].reasons == [.cue(word: "工资", weight: 1)])
  }

  @Test func repetitionSaturates() {
    #expect(triage(["工资": 1]).suggestions[0].certainty < triage(["工资": 2]).suggestions[0].certainty)
    #expect(triage(["工资": 1_000_000]).suggestions[0].reasons[0].weight <= 2)
  }

  @Test func twoKindsAlikeAreLeftToAPerson() {
    let even = triage(["工资": 1, "房租": 1])
    #expect(even.abstains && !even.suggestsDiversion)
    #expect(!triage(["工资": 1, "房租": 1], kind: "dispute.rent").abstains)
  }

  @Test func aPoliceMatterIsNotDiverted() {
    let triage = triage(["偷": 1])
    #expect(!triage.abstains && triage.mayDivert && !triage.suggestsDiversion)
  }

  @Test(arguments: TriageRules.Danger.required)
  func aDangerForbidsDiversionWhateverElseIsSaid(danger: String) {
    for word in ["\(danger)词", danger] {
      let triage = triage(["工资": 50, word: 1], kind: "dispute.wages")
      #expect(!triage.mayDivert && !triage.suggestsDiversion)
      #expect(triage.dangers.map(\.danger.code) == [danger])
    }
  }

  @Test func aKindThatIsNoLeafOrUnknownIsNoEvidence() {
    #expect(triage([:], kind: "dispute").suggestions.isEmpty)
    #expect(triage([:], kind: "nothing").abstains)
    #expect(triage(["never heard": 3, "工资": 0]).suggestions.isEmpty)
  }
}
