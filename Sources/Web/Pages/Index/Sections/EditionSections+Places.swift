import Domain
import Features

/// What an edition says of single places, and of how it came to be.
extension EditionSections {
  var repeats: PaperBlock {
    guard !edition.repeats.isEmpty else {
      return PaperBlock(heading: words["editionRepeats"], prose: words["editionNoRepeats"])
    }
    let rows = edition.repeats.map { line in
      PaperTable.Row(cells: [
        .init(text: place(line.names, line.division)), .init(text: line.kind(words.language)),
        cell("≥ \(line.atLeast)"),
      ])
    }
    return PaperBlock(
      heading: words["editionRepeats"], prose: words["editionRepeatsProse"],
      grid: PaperTable(caption: words["editionRepeats"], columns: [
        .init(title: words["editionPlace"], share: 0.45), .init(title: words["kind"], share: 0.35),
        .init(title: words["editionAtLeast"], share: 0.2, isNumber: true),
      ], rows: rows))
  }

  var nearRepeats: PaperBlock? {
    guard let found = edition.nearRepeats else { return nil }
    let distances = found.bands.map(\.metresTo).unique
    let times = found.bands.map(\.daysTo).unique
    let columns = [PaperTable.Column(title: words["editionDistance"], share: 0.2)] + times.map { to in
      let from = found.bands.first { $0.daysTo == to }?.daysFrom ?? 0
      return PaperTable.Column(title: words("editionDaysApart", ["from": String(from), "to": String(to)]),
                               share: 0.8 / Double(times.count), isNumber: true)
    }
    let rows = distances.map { distance in
      let bands = found.bands.filter { $0.metresTo == distance }
      let name = words("editionMetres", ["from": String(bands.first?.metresFrom ?? 0), "to": String(distance)])
      return PaperTable.Row(cells: [.init(text: name)] + bands.map { band in
        // A star stands for what chance hardly explains.
        cell(band.ratio.map { "×" + EditionPictures.short($0) + ((band.chance ?? 1) <= 0.05 ? " *" : "") } ?? "–")
      })
    }
    let kinds = found.kinds.map { $0(words.language) }.joined(separator: words["comma"])
    return PaperBlock(heading: words["editionNearRepeats"], prose: words("editionNearRepeatsProse", ["kinds": kinds]),
                      grid: PaperTable(caption: words["editionNearRepeats"], columns: columns, rows: rows))
  }

  var concentration: PaperBlock? {
    guard !edition.concentration.isEmpty else { return nil }
    return PaperBlock(heading: words["editionConcentration"], prose: words["editionConcentrationProse"],
                      pictures: [charts.concentration()])
  }

  var silences: PaperBlock {
    guard !edition.silences.isEmpty else {
      return PaperBlock(heading: words["editionSilences"], prose: words["editionNoSilences"])
    }
    let rows = edition.silences.map { line in
      PaperTable.Row(cells: [
        .init(text: place(line.names, line.division)), cell(number(line.households ?? line.residents)),
        cell("≤ " + EditionPictures.percent(line.shareAtMost)),
      ])
    }
    let over = edition.silences[0].residents == nil ? "households" : "residents"
    return PaperBlock(
      heading: words["editionSilences"], prose: words("editionSilencesProse", ["over": words["exposed." + over]]),
      grid: PaperTable(caption: words["editionSilences"], columns: [
        .init(title: words["editionPlace"], share: 0.5),
        .init(title: words["exposed." + over], share: 0.2, isNumber: true),
        .init(title: words["editionShareOfExpected"], share: 0.3, isNumber: true),
      ], rows: rows))
  }

  var scenarios: PaperBlock {
    guard !edition.scenarios.isEmpty else {
      return PaperBlock(heading: words["editionScenarios"], prose: words["editionNoScenarios"])
    }
    let rows = edition.scenarios.map { line in
      PaperTable.Row(cells: [
        .init(text: place(line.names, line.division)), .init(text: line.kindNames(words.language)),
        .init(text: "\(line.from):00–\(line.to):00"), cell("≥ \(line.atLeast)"),
        cell(EditionPictures.percent(line.share)), cell(EditionPictures.percent(line.shareElsewhere)),
      ])
    }
    return PaperBlock(
      heading: words["editionScenarios"], prose: words["editionScenariosProse"],
      grid: PaperTable(caption: words["editionScenarios"], columns: [
        .init(title: words["editionPlace"], share: 0.28), .init(title: words["kind"], share: 0.2),
        .init(title: words["editionTimes"], share: 0.16), .init(title: words["editionAtLeast"], share: 0.12,
                                                                isNumber: true),
        .init(title: words["editionShareHere"], share: 0.12, isNumber: true),
        .init(title: words["editionShareElsewhere"], share: 0.12, isNumber: true),
      ], rows: rows))
  }

  /// The words of the reports, and those that rose; nil where nothing counts them.
  var voices: PaperBlock? {
    guard !edition.words.isEmpty else { return nil }
    let risen = edition.words.filter { $0.z >= Self.risenMin }
      .sorted { ($1.z, $0.word) < ($0.z, $1.word) }.prefix(Self.risenMax)
    let rows = risen.map {
      PaperTable.Row(cells: [.init(text: $0.word), cell(String($0.reports)), cell(String($0.before))])
    }
    return PaperBlock(
      heading: words["editionWords"], prose: words["editionWordsProse"],
      pictures: [WordCloud(edition.words).picture(words["editionWords"])],
      grid: rows.isEmpty ? nil : PaperTable(caption: words("editionRisenWords", edition), columns: [
        .init(title: words["editionWord"], share: 0.5), .init(title: words["editionNow"], share: 0.25, isNumber: true),
        .init(title: before, share: 0.25, isNumber: true),
      ], rows: rows))
  }

  /// Among some hundred words that did not rise, hardly one seems to by chance.
  private static let risenMin = 3.0
  private static let risenMax = 15


  var source: PaperBlock {
    let checkpoint = edition.source.checkpoint.map {
      words("editionCheckpoint", ["n": String($0), "root": edition.source.root ?? ""])
    } ?? words["editionNoCheckpoint"]
    return PaperBlock(heading: words["editionSource"], prose: words("editionSourceProse", edition, [
      "n": number(edition.source.reports), "n2": number(edition.source.reportsBefore),
      "pack": edition.source.packVersion, "definition": edition.source.definitionVersion,
    ]) + checkpoint)
  }

  private func place(_ names: Texts, _ division: Texts?) -> String {
    guard let division else { return names(words.language) }
    return words.language == .zh ? division.zh + " " + names.zh : names.en + ", " + division.en
  }
}
