import Domain
import Features

/// The sections of an edition, in the order in which they are read.
struct EditionSections {
  let edition: Edition
  let words: Words
  let charts: EditionPictures
  let maps: EditionMapPictures

  private var language: Language { words.language }

  var figures: [EditionPaper.Figure] {
    let clear = edition.groups.filter { $0.change.standing == .up || $0.change.standing == .down }
    func list(_ standing: EditionChange.Standing) -> String {
      let names = clear.filter { $0.change.standing == standing }.map { $0.names(language) }
      return names.isEmpty ? words["nobody"] : names.joined(separator: words["comma"])
    }
    return [
      .init(name: words["editionTotal"], value: number(edition.total.now), note: sentence(edition.total)),
      .init(name: words["editionNight"], value: number(edition.night.change.now), note: sentence(edition.night.change)),
      .init(name: words["editionClearlyUp"], value: list(.up), note: ""),
      .init(name: words["editionClearlyDown"], value: list(.down), note: ""),
    ]
  }

  var blocks: [PaperBlock] {
    [whole, kinds, parts, when, morning, density, night] + rankings + [retired].compactMap { $0 }
      + [repeats, hotSpots, clusters, nearRepeats, concentration, silences, scenarios, voices].compactMap { $0 }
      + losses + [method, methodInFull, source]
  }

  // MARK: - Totals

  private var whole: PaperBlock {
    let missing = edition.before.days - edition.comparedDays
    let prose = words("editionWholeProse", edition, [
      "change": sentence(edition.total), "k": String(edition.suppressBelow),
    ])
    let warning = words("editionUnrecorded", edition, ["n": String(missing)])
    return PaperBlock(
      heading: words["editionWhole"], prose: missing > 0 ? warning + prose : prose,
      pictures: [charts.changes(edition.groups, id: "groups", title: words("editionGroups", edition))]
        // Three weeks and fewer are no course of things.
        + (edition.weeks.now.count > 3 ? [charts.weeks()] : []))
  }

  private var kinds: PaperBlock {
    PaperBlock(heading: words["editionEveryKind"], prose: words("editionEveryKindProse", edition),
               pictures: charts.kinds())
  }

  private var parts: PaperBlock {
    let rows = edition.parts.filter { $0.depth < 2 && ($0.change.now ?? 0) + ($0.change.before ?? 0) > 0 }
      .map { part in
        PaperTable.Row(cells: [
          // No line is broken behind the indent.
          .init(text: (part.depth > 0 ? "\u{A0}\u{A0}\u{A0}" : "") + part.names(language)),
          cell(number(part.change.now)), cell(number(part.change.before)),
          cell(part.change.ratio.map { "×" + EditionPictures.short($0) } ?? "–"),
          cell(interval(part.change.low, part.change.high)),
          .init(text: part.change.standing.map { words["standing." + $0.rawValue] } ?? "–"),
        ])
      }
    return PaperBlock(heading: words["editionParts"], prose: words["editionPartsProse"],
                      grid: PaperTable(caption: words["editionParts"], columns: changeColumns, rows: rows))
  }

  private var changeColumns: [PaperTable.Column] {
    [
      .init(title: words["kind"], share: 0.3), .init(title: words["editionNow"], share: 0.12, isNumber: true),
      .init(title: before, share: 0.12, isNumber: true),
      .init(title: words["editionRatio"], share: 0.12, isNumber: true),
      .init(title: words["interval"], share: 0.18, isNumber: true), .init(title: words["editionStanding"], share: 0.16),
    ]
  }

  private var when: PaperBlock {
    PaperBlock(heading: words["editionHours"], prose: words["editionHoursProse"], pictures: [charts.hours()])
  }

  private var morning: PaperBlock {
    let prose = words("editionMorningProse", [
      "from": String(edition.morning.from), "to": String(edition.morning.to),
    ])
    let spots = spots(edition.morning.spots, words["editionMorning"])
    return PaperBlock(heading: words["editionMorning"],
                      prose: spots == nil ? prose : prose + words["editionMorningSpots"],
                      pictures: [charts.morning()], grid: spots)
  }

  // MARK: - Maps

  private var density: PaperBlock {
    PaperBlock(heading: words["editionMaps"], prose: words["editionMapsProse"],
               pictures: [maps.key("key-maps")] + edition.maps.map { maps.density($0, isNarrow: true) })
  }

  private var night: PaperBlock {
    PaperBlock(heading: words["editionNightMap"], prose: words("editionNightProse", [
      "from": String(edition.night.from), "to": String(edition.night.to), "change": sentence(edition.night.change),
    ]), pictures: [maps.key("key-night"), maps.night()], grid: spots(edition.night.spots, words["editionNightMap"]))
  }

  private func spots(_ spots: [EditionSpot], _ caption: String) -> PaperTable? {
    guard !spots.isEmpty else { return nil }
    return PaperTable(
      caption: caption,
      columns: [.init(title: words["placeInOrder"], share: 0.12, isNumber: true),
                .init(title: words["editionNear"], share: 0.6),
                .init(title: words["editionAtLeast"], share: 0.28, isNumber: true)],
      rows: spots.enumerated().map { index, spot in
        .init(cells: [cell(String(index + 1)), .init(text: spot.near(language)), cell("≥ \(spot.atLeast)")])
      })
  }

  private var hotSpots: PaperBlock {
    let found = edition.hotSpots.filter { !$0.cells.isEmpty || !$0.forecast.isEmpty }
    let accuracy = found.compactMap { map in
      map.accuracy.map { "\(map.names(language)) \(EditionPictures.short($0))" }
    }
    let judged = accuracy.isEmpty ? "" : words("editionAccuracy", ["list": accuracy.joined(separator: words["comma"])])
    return PaperBlock(heading: words["editionHotSpots"], prose: words["editionHotSpotsProse"] + judged,
                      pictures: found.map(maps.hotSpots))
  }

  private var clusters: PaperBlock {
    guard !edition.clusters.isEmpty else {
      return PaperBlock(heading: words["editionClusters"], prose: words["editionNoClusters"])
    }
    let rows = edition.clusters.enumerated().map { index, cluster in
      PaperTable.Row(cells: [
        cell(String(index + 1)), .init(text: cluster.names(language)), .init(text: cluster.near(language)),
        .init(text: cluster.from + " – " + cluster.to), cell(String(cluster.observed)),
        cell(EditionPictures.short(cluster.expected)),
      ])
    }
    return PaperBlock(
      heading: words["editionClusters"], prose: words["editionClustersProse"], pictures: [maps.clusters()],
      grid: PaperTable(caption: words["editionClusters"], columns: [
        .init(title: words["placeInOrder"], share: 0.08, isNumber: true), .init(title: words["kind"], share: 0.2),
        .init(title: words["editionNear"], share: 0.24), .init(title: words["editionDays"], share: 0.26),
        .init(title: words["editionObserved"], share: 0.11, isNumber: true),
        .init(title: words["editionExpected"], share: 0.11, isNumber: true),
      ], rows: rows))
  }

  // MARK: - Rankings

  private var rankings: [PaperBlock] { edition.rankings.map(ranking) }

  private func ranking(_ ranking: EditionRanking) -> PaperBlock {
    let heading = words("editionRanking", ["name": ranking.names(language)])
    guard !ranking.rows.isEmpty else {
      return PaperBlock(heading: heading, prose: words("editionNothingToRank", ["n": String(edition.rankAtLeast)]))
    }
    var prose = words("editionRankingProse", [
      "unit": unit(ranking), "n": String(ranking.ranked), "least": String(edition.rankAtLeast),
    ])
    if ranking.withoutExposure > 0 { prose += words("editionWithout", ["n": String(ranking.withoutExposure)]) }
    if !ranking.left.isEmpty {
      prose += words("editionLeft", ["list": ranking.left.map { $0(language) }.joined(separator: words["comma"])])
    }
    if let worst = ranking.worst { prose += self.worst(worst) }
    let rows = ranking.rows.map { row in
      PaperTable.Row(cells: [
        cell(String(row.position)), cell("\(row.rankLow)–\(row.rankHigh)"),
        .init(text: row.names(language) + (row.isNew ? " " + words["editionNew"] : "")), cell(number(row.count)),
        cell(row.rate.map(EditionPictures.short) ?? "–"), cell(interval(row.low, row.high)),
        .init(text: words["funnel." + row.standing]),
      ])
    }
    return PaperBlock(
      heading: heading, prose: prose, pictures: [charts.ranking(ranking)],
      grid: PaperTable(caption: ranking.names(language), columns: [
        .init(title: words["placeInOrder"], share: 0.08, isNumber: true),
        .init(title: words["editionRankInterval"], share: 0.12, isNumber: true),
        .init(title: words["editionPlace"], share: 0.3), .init(title: words["editionNow"], share: 0.1, isNumber: true),
        .init(title: words["editionRate"], share: 0.11, isNumber: true),
        .init(title: words["interval"], share: 0.15, isNumber: true), .init(title: words["editionFunnel"], share: 0.14),
      ], rows: rows))
  }

  /// What a rate is of, where that is from and of what year.
  private func unit(_ ranking: EditionRanking) -> String {
    let unit = words["exposure." + ranking.exposure]
    guard let source = edition.source(of: ranking.exposure) else { return unit }
    return words("editionExposureSource", [
      "unit": unit, "over": words["exposed." + ranking.exposure], "source": source.names(language),
      "year": String(source.year),
    ])
  }

  /// Never the plain comparison alone.
  private func worst(_ worst: EditionRanking.Worst) -> String {
    let key = worst.high < 1 ? "editionWorstFell" : worst.low > 1 ? "editionWorstRose" : "editionWorstLevel"
    return words(key, edition, [
      "observed": number(worst.observed), "expected": EditionPictures.short(worst.expected.rounded()),
      "ratio": EditionPictures.short(worst.ratio), "interval": interval(worst.low, worst.high),
      "naive": EditionPictures.short(worst.naive),
    ])
  }

  private var retired: PaperBlock? {
    guard !edition.retired.isEmpty else { return nil }
    let lines = edition.retired.map { list in
      words("editionRetiredLine", ["name": list.names(language), "from": list.from, "why": list.why(language)])
        + (list.replacedBy.map { words("editionReplacedBy", ["name": $0(language)]) } ?? "")
    }
    return PaperBlock(heading: words["editionRetired"], prose: lines.joined(separator: " "))
  }
}

// MARK: - How figures are written

extension EditionSections {
  /// The head of a column for what it is compared with.
  var before: String { words["editionBefore." + edition.comparison] }

  func cell(_ text: String) -> PaperTable.Cell { .init(text: text, isNumber: true) }

  func number(_ count: Int?) -> String {
    // Also what is hidden beside a small count: the word must not tell which is which.
    guard let count else { return words["editionFew"] }
    return count.grouped
  }

  func interval(_ low: Double?, _ high: Double?) -> String {
    guard let low else { return "–" }
    return EditionPictures.short(low) + "–" + (high.map(EditionPictures.short) ?? "")
  }

  /// `down 5.2 % (−8.1 to −2.2)`, or that it cannot be told.
  func sentence(_ change: EditionChange) -> String {
    guard let ratio = change.ratio, let low = change.low, let high = change.high, let standing = change.standing else {
      return words["editionNoComparison"]
    }
    func percent(_ ratio: Double) -> String {
      let tenths = ((ratio - 1) * 1_000).rounded() / 10
      return (tenths > 0 ? "+" : tenths < 0 ? "−" : "") + EditionPictures.short(abs(tenths)) + "%"
    }
    return words("editionChange." + standing.rawValue, [
      "percent": percent(ratio), "low": percent(low), "high": percent(high),
    ])
  }
}
