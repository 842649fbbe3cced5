import Domain
import Features
import Foundation
import Journal
import Testing

/// Foundation's encoder is the measure.
@Suite struct SortedJSONTests {
  private func foundation(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  struct Everything: Codable {
    var zebra = "é 报 \u{1F600}"
    var apple: String?
    var list = ["b", "a", ""]
    var numbers = [3, -1, 0]
    var doubles = [1.5, -0.25, 3, 1e-7, 123_456_789.125]
    var nested = [["x": 1, "a": 2], [:]]
    var empty: [Int] = []
    var truth = true
    var small: Int8 = -8
    var large: UInt64 = .max
    var float: Float = 0.5
    var date = Instant(milliseconds: -5)
    var role = Role.squadMember
    var options: [String?] = ["a", nil]
  }

  @Test func writesWhatFoundationWrites() throws {
    #expect(try SortedJSON.text(Everything()) == foundation(Everything()))
    #expect(try SortedJSON.text([String: Int]()) == "{}")
    #expect(try SortedJSON.text("a") == "\"a\"")
    #expect(try SortedJSON.text([Instant(milliseconds: 7)]) == "[7]")
  }

  @Test func escapesWhatMustBeEscaped() throws {
    let all = String((0..<0x80).compactMap { Unicode.Scalar(UInt8($0)) }.map(Character.init)) + "/\u{2028}"
    #expect(try SortedJSON.text([all]) == foundation([all]))
    #expect(try JSONDecoder().decode([String].self, from: Data(SortedJSON.text([all]).utf8)) == [all])
  }

  @Test func eventsAreTheSameText() throws {
    let start = TestClock.start
    let due = Due(step: .closure, from: start, at: start, clock: .business, rungs: [start])
    let report = ReportFacts(
      id: "r", door: "110", isPoliceDoor: true, kind: "k", place: "P", division: "9",
      point: Coordinate(latitude: 29.41, longitude: 124), saidAt: start, receivedAt: start,
      vault: "v", dangers: ["fire", "child"], plate: PlateMark(number: 7, awayMetres: 900))
    let bare = ReportFacts(
      id: "r", door: "1\"", isPoliceDoor: false, kind: "k.报", place: nil, division: "9", point: nil, saidAt: start,
      receivedAt: start, vault: nil, dangers: [], plate: PlateMark(number: 7, awayMetres: nil))
    let history = CaseEvent.History(judgement: .init(kind: "k", jurisdiction: .joint, severity: .minor))
    // A field that is added later must be written too: no property of the full report is nil.
    #expect(Mirror(reflecting: report).children.allSatisfy { !"\($0.value)".contains("nil") })
    for opened in [
      CaseEvent.Opened(report: report, desk: "d", pack: "p", dues: [due, due], history: nil),
      CaseEvent.Opened(report: bare, desk: "d", pack: "p", dues: [], history: history),
    ] {
      #expect(try SortedJSON.text(opened) == foundation(opened))
      try expectSame(.opened(opened), foundation(opened))
    }
    for certainty in [0.25, nil] {
      let judged = CaseEvent.Judged(
        kind: "k", jurisdiction: .nonPolice, severity: .urgent, basis: "cue:欠薪", certainty: certainty,
        repeats: certainty == nil ? ["b": "1", "a": "2"] : [:], dues: [due])
      try expectSame(.judged(judged), foundation(judged))
    }
    for due in [due, nil] {
      let assigned = CaseEvent.Assigned(
        agency: "a", isPolice: due == nil, supporting: ["x", "y"], basis: "t:1", due: due,
        document: due.map { _ in .init(year: 2026, number: 3, text: "荣督〔2026〕3号") })
      try expectSame(.assigned(assigned), foundation(assigned))
      try expectSame(.jointlyOrdered(assigned), foundation(assigned))
    }
  }

  /// Written as Foundation writes it, and read back from that text and from the same JSON in another form.
  private func expectSame(_ event: CaseEvent, _ text: String) throws {
    let written = try CaseEventCodec.encode(event)
    #expect(written.body == text)
    for form in [text, " " + text.replacing("k", with: "\\u006b") + "\n", text.replacing(",", with: " , ")] {
      #expect(try CaseEventCodec.decode(kind: written.kind, body: form) == event)
    }
    for damaged in [String(text.dropLast()), text + "}", text.replacing(":", with: "")] {
      #expect(throws: CaseEventCodec.Unreadable.self) {
        try CaseEventCodec.decode(kind: written.kind, body: damaged)
      }
    }
  }

  /// An outcome that says nothing of a loss is written, and read, as it was before outcomes could.
  @Test func anOutcomeFromBeforeLossesIsTheSame() throws {
    let (old, text) = (CaseEvent.concluded(.init(outcome: .handled, note: "v1")), #"{"note":"v1","outcome":"handled"}"#)
    try expectSame(old, text)
    try expectSame(.concluded(.init(outcome: .handled, note: nil, loss: 0)), #"{"loss":0,"outcome":"handled"}"#)
  }

  @Test func aNumberThatIsNoneIsRefused() {
    #expect(throws: EncodingError.self) { try SortedJSON.text([Double.nan]) }
  }
}
