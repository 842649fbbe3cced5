import Domain
import Statistics

extension EditionMaker {
  private static let rowsMost = 20
  private static let worstCount = 10

  var rankings: [EditionRanking] {
    let lists = definition.rankings.filter { $0.isInForce(on: query.days.lowerBound) }.map { RankedUnits($0, self) }
    return lists.map { units in ranking(units, beside: lists) }
  }

  /// Lists that an edition of this day has no longer.
  var retired: [EditionRanking.Retired] {
    definition.rankings.compactMap { ranking in
      guard let retired = ranking.retired, retired.from <= query.days.lowerBound else { return nil }
      let next = retired.replacedBy.flatMap { code in definition.rankings.first { $0.code == code } }
      return .init(code: ranking.code, names: ranking.names, from: retired.from.text, why: retired.why,
                   replacedBy: next?.names)
    }
  }

  private func ranking(_ units: RankedUnits, beside lists: [RankedUnits]) -> EditionRanking {
    let list = units.ranking
    let now = RankedList(units.now, units.exposures, atLeast: definition.rankAtLeast, rowsMost: Self.rowsMost)
    let before = RankedList(units.before, units.exposures, atLeast: definition.rankAtLeast, rowsMost: Self.rowsMost)
    let listed = now.rows
    let wasListed = Set(before.rows)
    let isListed = Set(listed)
    return EditionRanking(
      code: list.code, names: list.names, unit: list.unit.rawValue, exposure: list.exposure.rawValue,
      scale: list.exposure.scale, ranked: units.codes.count, withoutExposure: units.withoutExposure,
      commonRate: now.bayes.map { ($0.commonRate * list.exposure.scale).short },
      rows: rows(listed, now, units, wasListed: wasListed, beside: lists),
      left: before.rows.filter { !isListed.contains($0) }.map { units.names[$0] }, worst: worst(units))
  }

  private func rows(_ listed: [Int], _ list: RankedList, _ units: RankedUnits, wasListed: Set<Int>,
                    beside lists: [RankedUnits]) -> [EditionRanking.Row] {
    guard let bayes = list.bayes, let ranks = list.ranks else { return [] }
    let shown = Suppression.shown(units.now + [units.otherNow], below: definition.rankAtLeast)
    let shownBefore = Suppression.shown(units.before + [units.otherBefore], below: limit)
    let scale = units.ranking.exposure.scale
    return listed.map { index in
      let isShown = shown[index] && !lists.contains { $0.givesAway(index, of: units, below: limit, \.now) }
      let wasShown = shownBefore[index] && !lists.contains { $0.givesAway(index, of: units, below: limit, \.before) }
      let posterior = bayes.posteriors[index]
      let interval = posterior.interval()
      let place = ranks.places[index]
      return EditionRanking.Row(
        code: units.codes[index], names: units.names[index], division: units.divisions[index],
        position: place.position, isTied: place.isTied, rankLow: place.interval.lowerBound,
        rankHigh: place.interval.upperBound, count: isShown ? units.now[index] : nil,
        countBefore: wasShown ? units.before[index] : nil,
        exposure: units.ranking.exposure == .none ? nil : units.exposures[index].short,
        rate: isShown ? (bayes.estimates[index] * scale).short : nil,
        low: isShown ? (interval.lowerBound * scale).short : nil,
        high: isShown ? (interval.upperBound * scale).short : nil,
        standing: Self.standing(units.now[index], expected: bayes.commonRate * units.exposures[index]),
        isNew: !wasListed.contains(index))
    }
  }

  private static func standing(_ count: Int, expected: Double) -> String {
    switch Funnel.standing(count: count, expected: expected, confidence: Funnel.alarm) {
    case .high: "far-high"
    case .low: "far-low"
    case .within: Funnel.standing(count: count, expected: expected, confidence: Funnel.warning).rawValue
    }
  }

  /// The worst ten by their rates before. Some of their fall comes by itself: chosen for bad luck, they had it once.
  private func worst(_ units: RankedUnits) -> EditionRanking.Worst? {
    guard units.codes.count >= 2 * Self.worstCount, units.before.reduce(0, +) > 0 else { return nil }
    let rates = zip(units.before, units.exposures).map { Double($0) / $1 }
    let order = rates.indices.sorted { (-rates[$0], $0) < (-rates[$1], $1) }
    let treated = Array(order.prefix(Self.worstCount))
    guard treated.allSatisfy({ units.before[$0] >= limit }) else { return nil }
    let places = units.codes.indices.map {
      BeforeAfter.Place(before: units.before[$0], after: units.now[$0], exposure: units.exposures[$0])
    }
    guard let found = BeforeAfter(places, treated: treated, seed: Self.seed), found.expected > 0 else { return nil }
    let isShown = Suppression.isShown(found.observed, below: limit)
    return EditionRanking.Worst(
      places: treated.map { units.names[$0] }, observed: isShown ? found.observed : nil,
      expected: found.expected.short, ratio: found.ratio.short, low: found.interval.lowerBound.short,
      high: found.interval.upperBound.short, chance: found.chanceOfFewer.short, naive: found.naiveRatio.short)
  }
}

/// The order of one period.
private struct RankedList {
  let bayes: EmpiricalBayes?
  let ranks: RankIntervals?
  /// Indices of those with enough reports, the highest rate first.
  let rows: [Int]

  init(_ counts: [Int], _ exposures: [Double], atLeast: Int, rowsMost: Int) {
    guard counts.reduce(0, +) > 0 else {
      (bayes, ranks, rows) = (nil, nil, [])
      return
    }
    let bayes = EmpiricalBayes(counts: counts, exposures: exposures)
    // Every draw ranks all places; with thousands of them fewer draws do.
    let draws = max(400, min(4_000, 2_000_000 / counts.count))
    let ranks = RankIntervals(bayes.posteriors, draws: draws, seed: EditionMaker.seed)
    self.bayes = bayes
    self.ranks = ranks
    rows = Array(ranks.order.filter { counts[$0] >= atLeast }.prefix(rowsMost))
  }
}

/// What a ranking ranks, with its counts and what they are over.
private struct RankedUnits {
  let ranking: EditionDefinition.Ranking
  private(set) var codes: [String] = []
  private(set) var names: [Texts] = []
  private(set) var divisions: [Texts?] = []
  private(set) var exposures: [Double] = []
  private(set) var now: [Int] = []
  private(set) var before: [Int] = []
  private(set) var withoutExposure = 0
  /// Reports of these kinds elsewhere, or nobody knows where.
  private(set) var otherNow = 0
  private(set) var otherBefore = 0
  private let kinds: Set<Int>

  init(_ ranking: EditionDefinition.Ranking, _ maker: EditionMaker) {
    self.ranking = ranking
    let pack = maker.pack
    kinds = Set(pack.kinds.indices.filter { pack.kinds[$0].isWithin(ranking.kinds) })
    let area = maker.query.division ?? pack.district
    if ranking.unit == .place { addPlaces(maker, area) } else { addDivisions(maker, area) }
    otherNow = kinds.reduce(0) { $0 + maker.now.kinds[$1] } - now.reduce(0, +)
    otherBefore = kinds.reduce(0) { $0 + maker.before.kinds[$1] } - before.reduce(0, +)
  }

  private mutating func addPlaces(_ maker: EditionMaker, _ area: String) {
    let pack = maker.pack
    for (index, place) in pack.places.enumerated() {
      guard ranking.uses.isEmpty || ranking.uses.contains(place.use), pack.isDivision(place.division, within: area)
      else { continue }
      let ground = place.polygon.map { maker.frame.ground.squareKilometres([$0]) }
      let exposure: Double? =
        switch ranking.exposure {
        case .households: place.households.map(Double.init)
        case .residents: place.residents.map(Double.init)
        case .area: ground
        case .none: 1
        }
      let kinds = kinds
      add(place.code, place.names, in: place.division, exposure, maker) { counts in
        kinds.reduce(0) { $0 + Int(counts.placeKinds[index * counts.kindCount + $1]) }
      }
    }
  }

  private mutating func addDivisions(_ maker: EditionMaker, _ area: String) {
    let pack = maker.pack
    for division in pack.divisions
    where division.level.rawValue == ranking.unit.rawValue && pack.isDivision(division.code, within: area) {
      let within = pack.divisions.indices.filter { pack.isDivision(pack.divisions[$0].code, within: division.code) }
      let households = pack.places.reduce(0) { sum, place in
        pack.isDivision(place.division, within: division.code) ? sum + (place.households ?? 0) : sum
      }
      let exposure: Double? =
        switch ranking.exposure {
        case .households: households > 0 ? Double(households) : nil
        case .residents: pack.residents(division: division.code).map(Double.init)
        case .area: maker.frame.ground.squareKilometres(division.polygons)
        case .none: 1
        }
      let kinds = kinds
      add(division.code, division.names, in: division.parent, exposure, maker) { counts in
        within.reduce(0) { sum, part in
          kinds.reduce(sum) { $0 + Int(counts.divisionKinds[part * counts.kindCount + $1]) }
        }
      }
    }
  }

  private mutating func add(_ code: String, _ names: Texts, in division: String?, _ exposure: Double?,
                            _ maker: EditionMaker, count: (EditionCounts) -> Int) {
    guard let exposure, exposure > 0 else {
      withoutExposure += 1
      return
    }
    codes.append(code)
    self.names.append(names)
    divisions.append(division.flatMap { maker.pack.division($0)?.names })
    exposures.append(exposure)
    now.append(count(maker.now))
    before.append(count(maker.before))
  }

  /// Whether this list, of more kinds, shows beside another that a place has a few reports of the rest.
  func givesAway(_ index: Int, of other: RankedUnits, below limit: Int, _ counts: KeyPath<RankedUnits, [Int]>) -> Bool {
    guard ranking.unit == other.ranking.unit, kinds != other.kinds, kinds.isSuperset(of: other.kinds),
      let own = codes.firstIndex(of: other.codes[index])
    else { return false }
    return (1..<limit).contains(self[keyPath: counts][own] - other[keyPath: counts][index])
  }
}
