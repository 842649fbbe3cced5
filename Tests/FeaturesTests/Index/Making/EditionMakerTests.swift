import Domain
import Features
import Foundation
import Testing

@Suite struct EditionMakerTests {
  private struct HalfYear {
    let pack: CityPack
    let query: EditionQuery
    let now: MadeReports
    let before: MadeReports

    init(count: Int = 6_000) throws {
      pack = try CityPackReader.read(folder: Packs.rongxi)
      let from = try #require(CivilDate("2026-01-01"))
      query = try #require(EditionQuery(from: from, to: from.adding(days: 180)))
      now = MadeReports(pack, from: from, days: 181, count: count, seed: 1)
      before = MadeReports(pack, from: query.before.lowerBound, days: 181, count: count, seed: 2)
    }

    func edition(shuffledBy seed: UInt64? = nil) throws -> Edition {
      try #require(EditionMaker.edition(
        now: now.table(shuffledBy: seed), before: before.table(shuffledBy: seed), query, pack: pack))
    }
  }

  @Test func theOrderOfTheRowsChangesNoByte() throws {
    let period = try HalfYear()
    let files = try period.edition().dataFiles(period.pack)
    for (name, bytes) in try period.edition(shuffledBy: 7).dataFiles(period.pack) {
      #expect(files[name] == bytes, "\(name) hangs on the order of the reports")
    }
  }

  @Test func countsAreThoseOfTheReports() throws {
    let period = try HalfYear()
    let edition = try period.edition()
    #expect(edition.total.now == 6_000 && edition.total.before == 6_000 && edition.total.standing == .level)
    let theft = try #require(edition.parts.first { $0.code == "crime.theft" })
    #expect(theft.change.now == period.now.rows.count { $0.kind.hasPrefix("crime.theft.") })
    #expect(edition.hours.cells.compactMap { $0 }.reduce(0, +) <= 6_000)
    let ranking = try #require(edition.rankings.first { $0.code == "theft-estates" })
    let first = try #require(ranking.rows.first)
    #expect(ranking.rows.map(\.position) == ranking.rows.map(\.position).sorted())
    #expect(first.count == period.now.rows.count { $0.place == first.code && $0.kind.hasPrefix("crime.theft.") })
    #expect(ranking.rows.allSatisfy { $0.rankLow <= $0.rankHigh && ($0.count ?? 8) >= 8 })
  }

  /// What began to be recorded in the middle of the period before is no rise.
  @Test func daysThatNobodyRecordedAreNotComparedWith() throws {
    let period = try HalfYear()
    let late = MadeReports(period.pack, from: period.query.before.lowerBound.adding(days: 61), days: 120, count: 4_000,
                           seed: 3)
    let edition = try #require(EditionMaker.edition(
      now: period.now.table(), before: late.table(), period.query, pack: period.pack))
    #expect(edition.comparedDays == 120 && edition.before.days == 181)
    #expect(edition.total.standing == .level && edition.total.before == 4_000)
  }

  @Test func noSmallCountLeavesTheHouse() throws {
    // Few reports, so that much is small.
    let edition = try HalfYear(count: 700).edition()
    let counts = (edition.parts + edition.groups + edition.doors).flatMap { [$0.change.now, $0.change.before] }
      + edition.hours.cells + edition.weeks.now + edition.weeks.before
      + edition.rankings.flatMap { $0.rows.flatMap { [$0.count, $0.countBefore] } }
    #expect(counts.contains { $0 == nil }, "nothing was small")
    for count in counts.compactMap({ $0 }) { #expect(count == 0 || count >= edition.suppressBelow) }
    for part in edition.parts where part.change.now == nil || part.change.before == nil {
      #expect(part.change.ratio == nil, "\(part.code): a ratio tells what is hidden")
    }
  }

  /// The shown children of a shown node leave either nothing or enough for two.
  @Test func noKindFollowsFromItsBranch() throws {
    let edition = try HalfYear(count: 900).edition()
    let counts = Dictionary(uniqueKeysWithValues: edition.parts.map { ($0.code, $0.change.now) })
    for (code, count) in counts {
      guard let count else { continue }
      let children = counts.filter { $0.key.hasPrefix(code + ".") && !$0.key.dropFirst(code.count + 1).contains(".") }
      let hidden = children.values.count { $0 == nil }
      let rest = count - children.values.reduce(0) { $0 + ($1 ?? 0) }
      guard !children.isEmpty, hidden > 0 else { continue }
      #expect(hidden >= 2 && rest - (hidden - 1) >= edition.suppressBelow, "\(code): \(hidden) share \(rest)")
    }
  }

  @Test func aRankingLivesFromItsFirstDayToItsLast() throws {
    let edition = try HalfYear().edition()
    #expect(!edition.rankings.contains { $0.code == "burglary-estates" })
    let retired = try #require(edition.retired.first)
    #expect(retired.code == "burglary-estates" && retired.replacedBy?.en == "Fraud by estate")
    let from = try #require(CivilDate("2024-07-01"))
    let query = try #require(EditionQuery(from: from, to: from.adding(days: 183)))
    let pack = try CityPackReader.read(folder: Packs.rongxi)
    let earlier = try #require(EditionMaker.edition(now: IncidentTable(), before: IncidentTable(), query, pack: pack))
    #expect(earlier.rankings.map(\.code) == ["burglary-estates"] && earlier.retired.isEmpty)
  }

  @Test func aQueryOfDaysThatMeetIsNone() throws {
    let (one, other) = (try #require(CivilDate("2025-01-01")), try #require(CivilDate("2026-06-30")))
    #expect(EditionQuery(from: one, to: other) == nil && EditionQuery(from: other, to: one) == nil)
    let leap = try #require(CivilDate("2028-02-29"))
    #expect(EditionQuery(from: leap, to: leap)?.before.lowerBound.text == "2027-02-28")
    let before = try #require(EditionQuery(from: leap, to: leap.adding(days: 6), comparison: .periodBefore)?.before)
    #expect(before.lowerBound.text == "2028-02-22" && before.upperBound.text == "2028-02-28")
  }
}
