import Domain
import Testing

@Suite struct ResponsibilityTableTests {
  let pack = SmallPack.pack()
  /// A Monday, eleven in the morning and at night.
  let office = BusinessCalendarTests.at("2024-06-03", 11)
  let night = BusinessCalendarTests.at("2024-06-03", 23)

  private func agency(_ kind: String, _ division: String, at instant: Instant) -> String? {
    pack.responsibility.responsible(kind: kind, division: division, at: instant, pack: pack)?.agency
  }

  @Test func theDeepestKindWinsBeforeTheDeepestArea() {
    #expect(agency("crime.theft", "010101", at: office) == "police")
    #expect(agency("dispute.rent", "010101", at: office) == "town-west")
    #expect(agency("dispute.rent", "010102", at: office) == "office")
    #expect(agency("dispute.rent", SmallPack.east, at: office) == "town-east")
    // `dispute.wages × *` is deeper by kind than `dispute × west`.
    #expect(agency("dispute.wages", "010101", at: office) == "labour")
  }

  @Test func hoursTellLinesApart() {
    #expect(agency("dispute.wages", "010101", at: night) == "town-west")
    #expect(agency("dispute.wages", SmallPack.east, at: night) == "town-east")
    // The noon break is outside office hours, and a holiday is so all day.
    #expect(agency("dispute.wages", "010101", at: BusinessCalendarTests.at("2024-06-03", 13)) == "town-west")
    #expect(agency("dispute.wages", "010101", at: BusinessCalendarTests.at("2024-10-02", 11)) == "town-west")
  }

  @Test func theLineExplainsItself() {
    let line = pack.responsibility.responsible(kind: "dispute.wages", division: "010101", at: office, pack: pack)
    #expect(line?.source == "responsibility.yaml:4")
  }

  @Test func whatThePackDoesNotKnowHasNobody() {
    #expect(agency("dispute.ghosts", "010101", at: office) == nil)
    #expect(agency("dispute.wages", "99", at: office) == nil)
  }

  /// The proof says "exactly one" just where trying every line by hand says so.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func theProofAgreesWithTryingEveryLine(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<60 {
      let lines = SmallPack.lines.filter { _ in .random(in: 0..<6, using: &numbers) > 0 }
        + SmallPack.lines.filter { _ in .random(in: 0..<9, using: &numbers) == 0 }
      let pack = SmallPack.pack(lines: lines)
      let faults = PackProof(pack: pack, marks: SmallPack.marks(of: pack)).faults
      let isWhole = pack.leafKinds.allSatisfy { kind in
        pack.leafDivisions.allSatisfy { area in
          [true, false].allSatisfy { Self.best(kind.code, area.code, isOffice: $0, pack).count == 1 }
        }
      }
      #expect(faults.isEmpty == isWhole, "seed \(seed): \(lines.map(\.source)) \(faults.map(\.what.en))")
    }
  }

  /// The plain way: all lines that match, the deepest kind, then the deepest area.
  private static func best(_ kind: String, _ area: String, isOffice: Bool,
                           _ pack: CityPack) -> [ResponsibilityTable.Line] {
    let matching = pack.responsibility.lines.filter { line in
      (line.kind == "*" || kind == line.kind || kind.hasPrefix(line.kind + "."))
        && (line.area == "*" || pack.isDivision(area, within: line.area)) && line.hours.matches(isOffice: isOffice)
    }
    func depth(_ line: ResponsibilityTable.Line) -> (Int, Int) {
      (line.kind == "*" ? 0 : line.kind.split(separator: ".").count, line.area == "*" ? 0 : line.area.count)
    }
    let deepest = matching.map(depth).max { $0 < $1 }
    return matching.filter { depth($0) == deepest ?? (0, 0) }
  }
}
