import Domain
import Statistics

extension EditionMaker {
  private static let listMost = 15
  /// Hours that a scenario spans.
  private static let hours = 4

  // MARK: - Concentration

  /// Over places, or over cells of the grid where the pack has none.
  var concentration: [EditionConcentration] {
    let inside = frame.ground.coarseInside
    return definition.groups.indices.compactMap { group in
      let cells = frame.ground.coarsened(now.groupCells[group])
      let counts = pack.places.isEmpty ? cells.indices.filter { inside[$0] }.map { cells[$0] } : placeCounts(group)
      guard counts.reduce(0, +) >= definition.rankAtLeast, let found = Concentration(counts: counts) else { return nil }
      let last = found.lorenz.count - 1
      return EditionConcentration(
        code: definition.groups[group].code, names: definition.groups[group].names,
        gini: found.gini.rounded(digits: 3), half: found.placesHolding(0.5).rounded(digits: 2),
        curve: (0...20).map { found.lorenz[last * $0 / 20].rounded(digits: 3) })
    }
  }

  private func placeCounts(_ group: Int) -> [Int] {
    let kinds = pack.kinds.indices.filter { pack.kinds[$0].isWithin(definition.groups[group].kinds) }
    return pack.places.indices.map { place in
      kinds.reduce(0) { $0 + Int(now.placeKinds[place * now.kindCount + $1]) }
    }
  }

  // MARK: - Places and kinds

  /// place · kindCount + kind of those with enough reports, the most first.
  var pairs: [Int] {
    let known = pack.places.count * now.kindCount
    return (0..<known).filter { pair in
      Int(now.placeKinds[pair]) >= definition.rankAtLeast && pair % now.kindCount < pack.kinds.count
    }.sorted { (-now.placeKinds[$0], Int32($0)) < (-now.placeKinds[$1], Int32($1)) }.prefix(200).map { $0 }
  }

  func repeats(_ pairs: [Int]) -> [EditionRepeat] {
    pairs.prefix(Self.listMost).map { pair in
      let place = pack.places[pair / now.kindCount]
      return EditionRepeat(
        place: place.code, names: place.names, division: pack.division(place.division)?.names,
        kind: pack.kinds[pair % now.kindCount].names, atLeast: roundedDown(Int(now.placeKinds[pair])))
    }
  }

  /// Pairs whose reports crowd into a few hours, more than those of the kind elsewhere.
  func scenarios(_ pairs: [Int], _ events: EditionEvents) -> [EditionScenario] {
    let windows = zip(pairs, events.pairHours).compactMap { pair, hours in
      window(hours, elsewhere: Array(now.kindHours[pair % now.kindCount * 24..<(pair % now.kindCount + 1) * 24]))
        .map { (pair: pair, window: $0) }
    }
    let adjusted = FalseDiscovery.adjusted(windows.map(\.window.chance))
    return zip(windows, adjusted).filter { $1 <= 0.05 }.prefix(Self.listMost).map { found, chance in
      let place = pack.places[found.pair / now.kindCount]
      let kind = pack.kinds[found.pair % now.kindCount]
      let window = found.window
      return EditionScenario(
        place: place.code, kind: kind.code, names: place.names, division: pack.division(place.division)?.names,
        kindNames: kind.names, from: window.from, to: (window.from + Self.hours) % 24,
        atLeast: roundedDown(window.count), share: window.share.rounded(digits: 2),
        shareElsewhere: window.shareElsewhere.rounded(digits: 2), chance: chance.rounded(digits: 2))
    }
  }

  private struct Window {
    let from: Int
    let count: Int
    let share: Double
    let shareElsewhere: Double
    let chance: Double
  }

  /// The hours in which most lies beside the kind's own day; its chance is adjusted for the 24 that were tried.
  private func window(_ hours: [Int], elsewhere kind: [Int]) -> Window? {
    let others = zip(kind, hours).map { $0 - $1 }
    let (total, all) = (hours.reduce(0, +), others.reduce(0, +))
    guard all > 0 else { return nil }
    func sum(_ counts: [Int], _ from: Int) -> Int { (0..<Self.hours).reduce(0) { $0 + counts[(from + $1) % 24] } }
    let found = (0..<24).map { from -> Window in
      let count = sum(hours, from)
      let elsewhere = min(0.99, max(0.01, Double(sum(others, from)) / Double(all)))
      let test = CountChange(now: count, before: total - count, exposure: elsewhere, exposureBefore: 1 - elsewhere)
      return Window(from: from, count: count, share: Double(count) / Double(total), shareElsewhere: elsewhere,
                    chance: min(1, test.chance * 24))
    }
    return found.filter { $0.count >= definition.rankAtLeast && $0.share >= 1.5 * $0.shareElsewhere }
      .min { ($0.chance, $0.from) < ($1.chance, $1.from) }
  }

  // MARK: - Silence

  /// Where fewer report than so many households, or residents, would, and what happens is told twice more seldom than elsewhere.
  var silences: [EditionSilence] {
    let area = query.division ?? pack.district
    let exposure = definition.silenceExposure
    func size(_ place: Place) -> Int? { exposure == .residents ? place.residents : place.households }
    let homes = pack.places.indices.filter { index in
      size(pack.places[index]) != nil && pack.isDivision(pack.places[index].division, within: area)
    }
    let reports = homes.map { now.reports(place: $0) }
    let firsts = homes.map { now.placeFirsts[$0] }
    let sizes = homes.map { size(pack.places[$0]) ?? 0 }
    let (all, incidents, whole) = (reports.reduce(0, +), firsts.reduce(0, +), sizes.reduce(0, +))
    guard all > 0, incidents > 0, whole > 0 else { return [] }
    let again = Double(all - incidents) / Double(incidents)
    let found = homes.indices.compactMap { index -> (share: Double, home: Int)? in
      let expected = Double(all) * Double(sizes[index]) / Double(whole)
      let toldTwice = Double(reports[index] - firsts[index])
      guard Funnel.standing(count: reports[index], expected: expected, confidence: Funnel.warning) == .low,
        toldTwice < again * Double(firsts[index]) || firsts[index] == 0
      else { return nil }
      return ((Double(reports[index]) / expected * 10).rounded(.up) / 10, index)
    }
    return found.sorted { ($0.share, $0.home) < ($1.share, $1.home) }.prefix(Self.listMost).map { share, home in
      let place = pack.places[homes[home]]
      return EditionSilence(place: place.code, names: place.names, division: pack.division(place.division)?.names,
                            households: exposure == .residents ? nil : sizes[home],
                            residents: exposure == .residents ? sizes[home] : nil, shareAtMost: max(0.1, share))
    }
  }
}
