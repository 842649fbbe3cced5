import Domain
import Features

/// The maps of an edition.
struct EditionMapPictures {
  let edition: Edition
  let plan: EditionGroundPlan
  let words: Words

  var language: Language { words.language }

  /// What the colours of a density mean.
  func key(_ id: String) -> Picture {
    var picture = Picture(id: id, title: words["editionMapKey"], summary: "½ 1 2 4 8 16",
                          width: EditionGroundPlan.width, height: 34)
    for (index, step) in ["½", "1", "2", "4", "8", "16"].enumerated() {
      let x = Double(index) * 72
      picture.shapes.append(.init(path: Picture.rectangle(x, 20, 70, 12), tone: "s\(index + 1)"))
      picture.labels.append(.init(x: x, y: 14, text: "×" + step))
    }
    return picture
  }

  /// Where reports of a group lie close together.
  func density(_ map: EditionMap, isNarrow: Bool) -> Picture {
    let name = map.names(language)
    var picture = empty("map-" + map.code, name, words("editionMapSummary", ["name": name]))
    picture.isNarrow = isNarrow
    for step in 1...EditionMap.steps.count {
      let path = map.runs.filter { $0[3] == step }.map { run in
        let corner = plan.corner(column: run[1], row: run[0])
        // A hair wider, lest seams show between the cells.
        return Picture.rectangle(corner.x, corner.y, corner.side * Double(run[2]) + 0.2, corner.side + 0.2)
      }.joined()
      if !path.isEmpty { picture.shapes.append(.init(path: path, tone: "s\(step)")) }
    }
    if map.runs.isEmpty {
      picture.labels.append(.init(x: EditionGroundPlan.width / 2, y: plan.height / 2, text: words["editionTooFew"],
                                  anchor: "middle", tone: "strong"))
    }
    return picture
  }

  /// The same of the night, with its busiest squares numbered.
  func night() -> Picture {
    var picture = density(edition.night.map, isNarrow: false)
    number(edition.night.spots, in: &picture)
    return picture
  }

  func spots(_ spots: [EditionSpot], _ id: String, _ title: String) -> Picture {
    var picture = empty(id, title, title)
    number(spots, in: &picture)
    return picture
  }

  private func number(_ spots: [EditionSpot], in picture: inout Picture) {
    for (index, spot) in spots.enumerated() {
      let corner = plan.corner(column: spot.column, row: spot.row, cells: 2)
      let (x, y) = (corner.x + corner.side / 2, corner.y + corner.side / 2)
      picture.shapes.append(.init(path: Picture.circle(x, y, 10), tone: "pin",
                                  hint: "\(index + 1) \(spot.near(language)) ≥ \(spot.atLeast)"))
      picture.labels.append(.init(x: x, y: y + 4, text: String(index + 1), anchor: "middle", tone: "pin"))
    }
  }

  /// Squares that stand out, and where the next weeks are to be expected.
  func hotSpots(_ found: EditionHotSpots) -> Picture {
    var picture = empty("hot-" + found.code, found.names(language),
                        words("editionHotSummary", ["name": found.names(language), "n": String(found.cells.count)]))
    picture.isNarrow = true
    for (tone, cells) in [("hot", found.cells.filter { $0.chance > 0.01 }),
                          ("hottest", found.cells.filter { $0.chance <= 0.01 })] {
      let path = cells.map { cell in
        let corner = plan.corner(column: cell.column, row: cell.row, cells: 2)
        return Picture.rectangle(corner.x, corner.y, corner.side, corner.side)
      }.joined()
      if !path.isEmpty { picture.shapes.append(.init(path: path, tone: tone)) }
    }
    let expected = found.forecast.map { cell in
      let corner = plan.corner(column: cell[0], row: cell[1], cells: 2)
      return Picture.circle(corner.x + corner.side / 2, corner.y + corner.side / 2, corner.side * 0.6)
    }.joined()
    if !expected.isEmpty { picture.shapes.append(.init(path: expected, tone: "expected")) }
    return picture
  }

  func clusters() -> Picture {
    var picture = empty("clusters", words["editionClusters"], words["editionClusters"])
    for (index, cluster) in edition.clusters.enumerated() {
      let corner = plan.corner(column: cluster.column, row: cluster.row, cells: 2)
      let (x, y) = (corner.x + corner.side / 2, corner.y + corner.side / 2)
      picture.shapes.append(.init(path: Picture.circle(x, y, max(12, plan.length(metres: cluster.radiusMetres))),
                                  tone: "cluster", hint: cluster.near(language)))
      picture.labels.append(.init(x: x, y: y + 4, text: String(index + 1), anchor: "middle", tone: "strong"))
    }
    return picture
  }

  private func empty(_ id: String, _ title: String, _ summary: String) -> Picture {
    Picture(
      id: id, title: title, summary: summary, width: EditionGroundPlan.width, height: plan.height, hasGround: true)
  }
}
