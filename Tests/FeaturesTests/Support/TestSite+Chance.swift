import Domain
import Features

extension TestSite {
  /// Reports of the last three months at chance places, cases judged anew, merged and taken apart again, and handled.
  func happenings(_ count: Int, random: inout SeededRandom) async throws {
    let kinds = ["noise.renovation", "dispute.wages", "crime.theft", "rescue.fire"]
    let desk = Self.actor(.operator)
    var cases: [String] = []
    for _ in 0..<count {
      clock.advance(.minutes(Int.random(in: 0..<90, using: &random)))
      let one = cases.randomElement(using: &random) ?? ""
      do {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5:
          cases.append(try await chanceReport(kinds.randomElement(using: &random), random: &random))
        case 5..<7:
          let kind = kinds.randomElement(using: &random) ?? kinds[0]
          try await handle(.judge(.init(kind: kind)), one, by: desk)
        case 7:
          _ = try await MergeCases(site).merge(one, into: cases.randomElement(using: &random) ?? "", by: desk)
        case 8: _ = try await MergeCases(site).unmerge(one, by: desk)
        default: try await handle(.addNote(note: nil), one, by: desk)
        }
      } catch is Rejection {
        // Not every step is legal in every phase.
      }
    }
  }

  private func chanceReport(_ kind: String?, random: inout SeededRandom) async throws -> String {
    let said = clock.now - .minutes(Int.random(in: 0..<130_000, using: &random))
    let place = ["P1", "P2", nil, nil].randomElement(using: &random) ?? nil
    let point = Bool.random(using: &random) ? SmallCity.inEast : SmallCity.inWest
    let report = IncomingReport(door: Bool.random(using: &random) ? "110" : "12345",
                                kind: Bool.random(using: &random) ? kind : nil, text: "有事",
                                coordinate: place == nil ? point : nil, place: place, saidAt: said)
    return try await ReceiveReport(site)(report, by: Self.actor(.operator)).case
  }
}
