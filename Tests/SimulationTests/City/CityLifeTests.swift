import Domain
import Features
import Foundation
import Simulation
import Testing

/// What the demonstration's people say must fit the city that they live in.
@Suite struct CityLifeTests {
  private let life: CityLife
  private let packs: PackShelf
  private var pack: CityPack { packs.current }

  init() throws {
    life = try Trials.life()
    packs = try Trials.packs()
  }

  @Test func everyLineIsAboutAKindOfThePack() {
    let nodes = Set(pack.kinds.map(\.code) + ["*"])
    for line in life.kinds {
      #expect(nodes.contains(line.kind))
      for outcome in line.outcomes?.keys.sorted() ?? [] { #expect(Outcome(rawValue: outcome) != nil, "\(outcome)") }
      if let rhythm = line.rhythm { #expect(life.rhythms[rhythm] != nil, "\(rhythm)") }
    }
    #expect(life.rhythms.values.allSatisfy { $0.hours.count == 24 })
  }

  @Test func everyLeafHasSentencesOfItsOwn() {
    let told = Set(life.kinds.filter { $0.says != nil }.map(\.kind))
    #expect(pack.leafKinds.map(\.code).filter { !told.contains($0) } == [])
  }

  @Test func triageUnderstandsMostSentences() {
    let reader = TriageReader(pack: pack)
    var understood = 0
    var all = 0
    for line in life.kinds where pack.isLeaf(kind: line.kind) {
      for sentence in line.says ?? [] {
        all += 1
        let text = sentence.replacing("{cue}", with: pack.kind(line.kind)?.cues.first ?? "")
        let triage = reader.triage(text: text, kind: nil, door: "110", place: nil)
        if triage.suggestions.first?.kind.code == line.kind { understood += 1 }
      }
    }
    #expect(all > 150)
    #expect(Double(understood) / Double(all) > 0.9)
  }

  @Test func vagueSentencesNameNoKindAndDangerousOnesAreSeen() {
    let reader = TriageReader(pack: pack)
    for sentence in life.vague {
      #expect(reader.triage(text: sentence, kind: nil, door: "110", place: nil).abstains)
    }
    for sentence in life.dangers {
      #expect(!reader.triage(text: sentence, kind: nil, door: "110", place: nil).mayDivert)
    }
  }

  @Test func nobodyCouldBeTakenForAPersonThatExists() {
    #expect(life.nameForm.contains("虚构"))
    #expect(life.phoneForm.hasPrefix("000-0000-"))
  }
}
