import Domain
import Statistics

/// Makes an edition out of two tables of reports. A pure function: no clock, fixed seeds, and nothing that hangs on the
/// order of the rows, so that the same reports give the same bytes.
public struct EditionMaker {
  let query: EditionQuery
  let frame: EditionFrame
  let now: EditionCounts
  let before: EditionCounts
  let days: (now: Int, before: Int)

  var pack: CityPack { frame.pack }
  var definition: EditionDefinition { frame.definition }
  var limit: Int { definition.suppressBelow }

  /// One for all: what is drawn by chance in an edition is drawn the same way in each.
  static let seed: UInt64 = 20_160_701

  /// - Parameters:
  ///   - now: the reports of the query's days; others in it are passed over.
  ///   - before: those of the days before.
  ///   - words: what people wrote about, the most frequent first, already without names and rare words.
  ///   - losses: what the outcomes of the cases said that were first reported in either period.
  /// - Returns: nil where the pack has no definition. Number and checkpoint are given when it is frozen.
  public static func edition(now: IncidentTable, before: IncidentTable, _ query: EditionQuery, pack: CityPack,
                             words: [EditionWord] = [],
                             losses: (now: [LossCount], before: [LossCount]) = ([], [])) -> Edition? {
    guard let definition = pack.editions else { return nil }
    let ground = EditionGround(pack: pack, division: query.division)
    func frame(_ days: ClosedRange<CivilDate>) -> EditionFrame {
      EditionFrame(pack: pack, definition: definition, ground: ground,
                   days: days.lowerBound.dayNumber...days.upperBound.dayNumber)
    }
    let current = frame(query.days)
    let earlier = frame(query.before)
    let counts = EditionCounts(before, earlier)
    let maker = EditionMaker(
      query: query, frame: current, now: EditionCounts(now, current), before: counts,
      days: (current.dayCount, earlier.dayCount - unrecorded(counts.days)))
    let pairs = maker.pairs
    let events = EditionEvents(now, before: before, current, earlier, pairs: pairs)
    return maker.edition(pairs, events, words, maker.losses(losses.now, losses.before))
  }

  /// Days at the start of which nothing is told though ten reports and more were to be expected: nobody recorded yet, and
  /// to count these days would make a rise of it.
  private static func unrecorded(_ days: [Int]) -> Int {
    guard let first = days.firstIndex(where: { $0 > 0 }) else { return 0 }
    let daily = Double(days.reduce(0, +)) / Double(days.count - first)
    return daily * Double(first) >= 10 ? first : 0
  }

  private func edition(_ pairs: [Int], _ events: EditionEvents, _ words: [EditionWord], _ losses: [EditionLosses])
    -> Edition
  {
    let area = pack.division(query.division ?? pack.district)
    return Edition(
      number: 0, city: pack.names,
      area: .init(code: area?.code ?? "", names: area?.names ?? pack.names, isSynthetic: pack.isSynthetic),
      period: .init(query.days), before: .init(query.before), comparison: query.comparison.rawValue,
      comparedDays: days.before,
      suppressBelow: limit, rankAtLeast: definition.rankAtLeast,
      source: .init(packVersion: pack.version, definitionVersion: definition.version, reports: rounded(now.total),
                    reportsBefore: rounded(before.total)),
      total: total, parts: parts, groups: groups, doors: doors, hours: hours, weeks: weeks, exposures: exposures,
      rankings: rankings, retired: retired, morning: morning, grid: grid, maps: maps, night: night,
      hotSpots: hotSpots(events), clusters: clusters(events), nearRepeats: nearRepeats(events),
      concentration: concentration, repeats: repeats(pairs), silences: silences, scenarios: scenarios(pairs, events),
      words: words, losses: losses)
  }

  /// A total that is itself small is told as 0.
  private func rounded(_ total: Int) -> Int { Suppression.isShown(total, below: limit) ? total : 0 }

  private var total: EditionChange { change(now.total, before.total) }

  /// Of a number that is not part of any other.
  func change(_ now: Int, _ before: Int) -> EditionChange {
    func kept(_ count: Int) -> Int? { Suppression.isShown(count, below: limit) ? count : nil }
    return EditionChange.list([(kept(now), kept(before))], days: days)[0]
  }

  /// Of what is counted over here.
  private var exposures: [Edition.Exposure] {
    let used = definition.rankings.filter { $0.isInForce(on: query.days.lowerBound) }.map(\.exposure)
      + [definition.silenceExposure]
    return definition.exposureSources.filter { used.contains($0.exposure) }
      .map { .init(code: $0.exposure.rawValue, year: $0.year, names: $0.names) }
  }

  private var hours: Edition.Hours { .init(cells: Suppression.kept(now.hoursOfWeek, below: limit)) }

  private var weeks: Edition.Weeks {
    func weeks(_ counts: EditionCounts) -> [Int?] {
      let whole = counts.days.count / 7
      let sums = (0..<whole).map { counts.days[$0 * 7..<$0 * 7 + 7].reduce(0, +) }
      let rest = counts.days.dropFirst(whole * 7).reduce(0, +)
      return Array(Suppression.kept(sums + [rest], below: limit).prefix(whole))
    }
    let now = weeks(now)
    return .init(starts: now.indices.map { query.days.lowerBound.adding(days: $0 * 7).text }, now: now,
                 before: weeks(before))
  }

  private var doors: [Edition.Part] {
    let codes = Set(now.doors.keys).union(before.doors.keys).sorted()
    func kept(_ counts: EditionCounts) -> [Int?] {
      Suppression.kept(codes.map { counts.doors[$0] ?? 0 }, below: limit)
    }
    let changes = EditionChange.list(zip(kept(now), kept(before)).map { ($0, $1) }, days: days)
    return zip(codes, changes).map { .init(code: $0, names: Texts(zh: $0, en: $0), depth: 0, change: $1) }
  }
}
