import Domain
import Features

/// What an edition says of kinds that may cost the victim money.
extension EditionSections {
  var losses: [PaperBlock] { (edition.losses ?? []).map(losses) }

  private func losses(_ group: EditionLosses) -> PaperBlock {
    let heading = words("editionLosses", ["name": group.names(words.language)])
    let lines = [group.total] + group.kinds
    let rows = lines.flatMap { line in
      let name = line.code == "*" ? words["editionAllKinds"] : line.names(words.language)
      return [row(name, line.now), row("　" + before, line.before)]
    }
    return PaperBlock(
      heading: heading, prose: lossesProse(group.total.now),
      pictures: lines.contains { $0.now.share != nil || $0.before.share != nil } ? [charts.losses(group, heading)] : [],
      grid: PaperTable(caption: heading, columns: [
        .init(title: words["kind"], share: 0.3),
        .init(title: words["editionCases"], share: 0.1, isNumber: true),
        .init(title: words["editionNotKnown"], share: 0.1, isNumber: true),
        .init(title: words["editionSucceeded"], share: 0.1, isNumber: true),
        .init(title: words["interval"], share: 0.16, isNumber: true),
        .init(title: words["editionLossSum"], share: 0.12, isNumber: true),
        .init(title: words["editionLossMedian"], share: 0.12, isNumber: true),
      ], rows: rows))
  }

  private func row(_ name: String, _ result: EditionLosses.Result) -> PaperTable.Row {
    let interval = result.low.flatMap { low in
      result.high.map { EditionPictures.percent(low) + "–" + EditionPictures.percent($0) }
    }
    let isKnown = result.succeeded.map { $0 + (result.failed ?? 0) > 0 } ?? true
    return .init(cells: [
      .init(text: name), cell(number(result.cases)), cell(number(result.unknown)),
      cell(result.share.map(EditionPictures.percent) ?? (isKnown ? words["editionFew"] : "–")), cell(interval ?? "–"),
      cell(result.sum.map { EditionPictures.yuan($0, words) } ?? words["editionFew"]),
      cell(result.median.map { EditionPictures.yuan($0, words) } ?? "–"),
    ])
  }

  /// First of all what is not known.
  private func lossesProse(_ now: EditionLosses.Result) -> String {
    var prose = words["editionLossesCount"]
    if let cases = now.cases, let unknown = now.unknown {
      if cases > 0 {
        prose += words("editionLossesKnown", [
          "n": number(cases), "unknown": number(unknown), "known": number(cases - unknown),
          "share": EditionPictures.percent(Double(unknown) / Double(cases)),
        ])
      }
    } else {
      prose += words["editionLossesHidden"]
    }
    return prose + words("editionLossesProse", ["k": String(edition.suppressBelow)])
  }
}
