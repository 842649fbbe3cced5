import Domain
import Features

/// An edition as it is read: head, key figures, sections with pictures and tables. The same for the console, for files
/// that anyone can host, and for paper.
struct EditionPaper: Sendable {
  struct Figure: Sendable {
    let name: String
    let value: String
    let note: String
  }

  let number: String
  let title: String
  let subtitle: String
  let figures: [Figure]
  let blocks: [PaperBlock]
  let contents: [Frame.Link]
  /// The figures as sentences, for paper.
  private let opening: [PaperBlock]
  let groundHeight: Double
  let land: String
  let ground: [Picture.Shape]

  init(_ edition: Edition, pack: CityPack, decoration: MapDecoration, _ words: Words) {
    let plan = EditionGroundPlan(edition, pack: pack, decoration: decoration)
    let sections = EditionSections(
      edition: edition, words: words, charts: EditionPictures(edition: edition, words: words),
      maps: EditionMapPictures(edition: edition, plan: plan, words: words))
    number = words("editionNumber", ["n": String(edition.number)])
    title = words("editionTitle", ["area": edition.area.names(words.language)])
    subtitle = words("editionSubtitle", edition, [
      "from": edition.period.from, "to": edition.period.to, "from2": edition.before.from, "to2": edition.before.to,
    ])
    figures = sections.figures
    let blocks = sections.blocks.enumerated().map { index, block in
      var block = block
      block.anchor = "part-\(index + 1)"
      return block
    }
    self.blocks = blocks
    contents = blocks.map { Frame.Link(text: $0.heading ?? "", url: "#" + ($0.anchor ?? ""), isHere: false) }
    opening = figures.map { figure in
      PaperBlock(prose: words(figure.note.isEmpty ? "editionFigure" : "editionFigureNoted", [
        "name": figure.name, "value": figure.value, "note": figure.note,
      ]))
    }
    groundHeight = plan.height
    land = plan.land
    ground = plan.shapes
  }

  var printed: PrintedPaper {
    PrintedPaper(head: title, number: number, title: subtitle, draft: nil, addressees: nil,
                 blocks: opening + blocks, issuer: "", date: "", land: land, ground: ground)
  }
}

extension Words {
  /// A text with `{before}`, what an edition is compared with, and whatever else is filled in.
  func callAsFunction(_ key: String, _ edition: Edition, _ values: [String: String] = [:]) -> String {
    self(key, values.merging(["before": self["editionCompared." + edition.comparison]]) { own, _ in own })
  }
}
