import Domain
import Features
import Foundation
import Testing

@Suite struct EditionLossesTests {
  private struct Case {
    let kind: String
    /// Nil where it is not known.
    let yuan: Int?
  }

  private let pack: CityPack
  private let query: EditionQuery

  init() throws {
    pack = try CityPackReader.read(folder: Packs.rongxi)
    let from = try #require(CivilDate("2026-01-01"))
    query = try #require(EditionQuery(from: from, to: from.adding(days: 180)))
  }

  /// Cases by kind, each a first report, and one in three told a second time.
  private func table(_ cases: [Case], from first: CivilDate) -> IncidentTable {
    var table = IncidentTable()
    for (index, item) in cases.enumerated() {
      for isFirst in index.isMultiple(of: 3) ? [true, false] : [true] {
        var row = IncidentTable.Given()
        row.day = Int32(first.dayNumber + index % 181)
        row.seconds = Int64(row.day) * 86_400
        row.kind = item.kind
        row.place = pack.places[index % 400].code
        row.division = pack.places[index % 400].division
        row.door = "110"
        row.isFirst = isFirst
        table.append(row)
      }
    }
    return table
  }

  private func counts(_ cases: [Case]) -> [LossCount] {
    var counts: [String: [Int: Int]] = [:]
    for item in cases { if let yuan = item.yuan { counts[item.kind, default: [:]][yuan, default: 0] += 1 } }
    return counts.flatMap { kind, amounts in amounts.map { LossCount(kind: kind, yuan: $0, cases: $1) } }
  }

  private func edition(_ cases: [Case], before: [Case] = []) throws -> Edition {
    try #require(EditionMaker.edition(
      now: table(cases, from: query.days.lowerBound), before: table(before, from: query.before.lowerBound), query,
      pack: pack, losses: (counts(cases), counts(before))))
  }

  /// - Parameters:
  ///   - size: cases of each kind, 1 up to this.
  ///   - large: the largest sum over the smallest, as a power of ten.
  private func made(seed: UInt64, size: Int, large: Int) -> [Case] {
    var random = SeededRandom(seed: seed)
    return pack.leafKinds.filter(\.hasLosses).flatMap { kind in
      (0..<Int.random(in: 0...size, using: &random)).map { _ in
        let power = (0..<Int.random(in: 0...large, using: &random)).reduce(1) { product, _ in product * 10 }
        let yuan = Loss.rounded(Int.random(in: 100...900, using: &random) * power)
        return switch Int.random(in: 0..<5, using: &random) {
        case 0: Case(kind: kind.code, yuan: nil)
        case 1: Case(kind: kind.code, yuan: 0)
        default: Case(kind: kind.code, yuan: yuan)
        }
      }
    }
  }

  @Test func figuresAreThoseOfAPlainRecount() throws {
    let (now, before) = (made(seed: 1, size: 400, large: 2), made(seed: 2, size: 400, large: 2))
    let group = try #require(try edition(now, before: before).losses?.first)
    #expect(group.code == "fraud" && group.kinds.map(\.code) == pack.leafKinds.filter(\.hasLosses).map(\.code))
    for line in [group.total] + group.kinds {
      for (result, all) in [(line.now, now), (line.before, before)] {
        let cases = all.filter { line.code == "*" || $0.kind == line.code }
        let amounts = cases.compactMap(\.yuan).filter { $0 > 0 }.sorted()
        let failed = cases.count { $0.yuan == 0 }
        #expect(result.cases == cases.count && result.succeeded == amounts.count && result.failed == failed)
        #expect(result.unknown == cases.count { $0.yuan == nil })
        #expect(result.sum == amounts.reduce(0, +), "\(line.code)")
        let middle = (amounts[(amounts.count - 1) / 2] + amounts[amounts.count / 2]) / 2
        #expect(result.median == Loss.rounded(middle))
        let share = Double(amounts.count) / Double(amounts.count + failed)
        let (low, high) = (try #require(result.low), try #require(result.high))
        #expect(abs((result.share ?? 0) - share) < 0.001 && low < share && share < high && high - low < 0.4)
      }
    }
  }

  @Test func whatNobodyFoundOutIsSaid() throws {
    let kind = "crime.fraud.rebate"
    let group = try #require(try edition((0..<50).map { _ in Case(kind: kind, yuan: nil) }).losses?.first)
    #expect(group.total.now.cases == 50 && group.total.now.unknown == 50 && group.total.now.share == nil)
    #expect(group.total.now.sum == 0 && group.total.now.median == nil)
  }

  @Test func anEditionFromBeforeOutcomesToldOfItReads() throws {
    let edition = try edition([])
    let data = Data(try #require(try edition.dataFiles(pack)["edition.json"]))
    var members = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(members.removeValue(forKey: "losses") != nil)
    let old = try JSONDecoder().decode(Edition.self, from: JSONSerialization.data(withJSONObject: members))
    #expect(old.losses == nil && old.total == edition.total)
  }

  /// What an edition hides of reports it does not tell by counting cases either, and few are few.
  @Test func ofAKindThatIsHiddenNothingIsTold() throws {
    let cases = made(seed: 3, size: 9, large: 1)
    let edition = try edition(cases)
    let group = try #require(edition.losses?.first)
    let hidden = Set(edition.parts.filter { $0.change.now == nil }.map(\.code))
    #expect(!hidden.isDisjoint(with: group.kinds.map(\.code)), "nothing was small")
    for line in group.kinds where hidden.contains(line.code) {
      #expect(line.now.cases == nil && line.now.succeeded == nil && line.now.share == nil && line.now.sum == nil)
    }
  }
}
