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

  /// Towns are ranked over what live there, by figures of the year that the definition tells.
  @Test func aRateOfResidentsIsOfThoseTheTownHas() throws {
    let period = try HalfYear()
    let edition = try period.edition()
    let ranking = try #require(edition.rankings.first { $0.code == "noise-towns" })
    #expect(ranking.exposure == "residents" && ranking.scale == 10_000 && ranking.withoutExposure == 0)
    #expect(edition.source(of: "residents")?.year == 2025)
    var all = (reports: 0, people: 0)
    for town in period.pack.divisions where town.level == .town {
      let parts = period.pack.divisions.filter { $0.parent == town.code }
      let people = parts.reduce(0) { $0 + ($1.residents ?? 0) }
      #expect(people > 0 && town.residents == people, "its communities together")
      let count = period.now.rows.count { $0.division.hasPrefix(town.code) && $0.kind.hasPrefix("noise.") }
      all = (all.reports + count, all.people + people)
      guard let row = ranking.rows.first(where: { $0.code == town.code }), let told = row.count else { continue }
      #expect(told == count && abs((row.exposure ?? 0) / Double(people) - 1) < 0.001)
      // The estimate lies between the town's own rate and that of all.
      let own = Double(count) / Double(people) * 10_000
      let common = try #require(ranking.commonRate)
      #expect((min(own, common) * 0.999...max(own, common) * 1.001).contains(try #require(row.rate)))
    }
    #expect(ranking.rows.contains { $0.rate != nil })
    #expect(abs(try #require(ranking.commonRate) / (Double(all.reports) / Double(all.people) * 10_000) - 1) < 0.001)
  }

  /// Who says little is told by what live there, where the definition says so.
  @Test func silenceIsBesideResidents() throws {
    let period = try HalfYear()
    let edition = try period.edition()
    let silence = try #require(edition.silences.first, "the made-up reports leave the last places out")
    #expect(silence.households == nil && silence.residents == period.pack.place(silence.place)?.residents)
    let homes = period.pack.places.filter { $0.residents != nil }
    let known = Set(homes.map(\.code))
    let people = homes.reduce(0) { $0 + ($1.residents ?? 0) }
    let reports = Dictionary(grouping: period.now.rows.filter { known.contains($0.place) }, by: \.place)
    let all = reports.values.reduce(0) { $0 + $1.count }
    for silence in edition.silences {
      let expected = Double(all) * Double(silence.residents ?? 0) / Double(people)
      let share = Double(reports[silence.place]?.count ?? 0) / expected
      #expect(share <= silence.shareAtMost && share > silence.shareAtMost - 0.101 || silence.shareAtMost == 0.1)
    }
  }

  /// The tables say what it is compared with, and on which days.
  @Test(arguments: [(EditionQuery.Comparison.lastYear, "same days last year", "上年同期"),
                    (.periodBefore, "period before", "前一时段")])
  func theFilesSayWhatTheyCompare(_ comparison: EditionQuery.Comparison, _ english: String, _ chinese: String) throws {
    let period = try HalfYear(count: 600)
    let days = period.query.days
    let query = try #require(EditionQuery(from: days.lowerBound, to: days.upperBound, comparison: comparison))
    let edition = try #require(EditionMaker.edition(
      now: period.now.table(), before: IncidentTable(), query, pack: period.pack))
    let files = try edition.dataFiles(period.pack)
    let text = String(decoding: try #require(files["dictionary.csv"]), as: UTF8.self)
    let lines = text.split(separator: "\r\n").filter { $0.contains(",before,") || $0.contains(",reports_before,") }
    #expect(lines.count == 4)
    for line in lines {
      for word in [english, chinese, query.before.lowerBound.text] { #expect(line.contains(word), "\(line)") }
    }
  }

  /// Each kind knows its group, as the definition has it.
  @Test func kindsAreOfTheirGroups() throws {
    let period = try HalfYear(count: 600)
    let edition = try period.edition()
    for part in edition.parts {
      let group = period.pack.editions?.groups.first { group in
        group.kinds.contains { part.code == $0 || part.code.hasPrefix($0 + ".") }
      }
      #expect(part.group == group?.code, "\(part.code)")
    }
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
