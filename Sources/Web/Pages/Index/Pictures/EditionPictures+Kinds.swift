import Domain
import Features

/// Every kind of the period beside what it is compared with: a dot plot for each group, all on one scale.
extension EditionPictures {
  func kinds() -> [Picture] {
    let leaves = edition.parts.filter { part in
      !edition.parts.contains { $0.code.hasPrefix(part.code + ".") } && (part.change.now, part.change.before) != (0, 0)
    }
    let scale = RatioScale(leaves.map(\.change))
    return families(of: leaves).map { family in kinds(family.parts, id: family.id, title: family.name, scale) }
  }

  private struct Family {
    let id: String
    let name: String
    let parts: [Edition.Part]
  }

  /// The groups of the definition in its order, then the branches of the tree that are in none; branches of one leaf
  /// together at the end.
  private func families(of leaves: [Edition.Part]) -> [Family] {
    let grouped = edition.groups.map { group in
      Family(id: "kinds-" + group.code, name: group.names(words.language),
             parts: leaves.filter { $0.group == group.code })
    }
    let rest = leaves.filter { $0.group == nil }
    let branches = edition.parts.filter { $0.depth == 0 }.map { branch in
      Family(id: "branch-" + branch.code, name: branch.names(words.language),
             parts: rest.filter { $0.code.hasPrefix(branch.code + ".") })
    }.filter { $0.parts.count > 1 }
    let taken = Set(branches.flatMap { $0.parts.map(\.code) })
    let single = Family(id: "kinds-others", name: words["editionOtherKinds"],
                        parts: rest.filter { !taken.contains($0.code) })
    return (grouped + branches + [single]).filter { !$0.parts.isEmpty }
  }

  private func kinds(_ parts: [Edition.Part], id: String, title: String, _ scale: RatioScale) -> Picture {
    // What rose out of nothing stands first.
    let shown = parts.filter { $0.change.standing != nil }
      .sorted { ($1.change.ratio ?? .infinity, $0.code) < ($0.change.ratio ?? .infinity, $1.code) }
    let hidden = parts.count - shown.count
    let summary = words("editionKindsSummary", [
      "name": title, "n": String(shown.count), "up": String(shown.count { $0.change.standing == .up }),
      "down": String(shown.count { $0.change.standing == .down }),
    ])
    let bottom = shown.isEmpty ? 0 : 20 + Double(shown.count) * Self.kindRow
    var picture = Picture(id: id, title: title, summary: summary, width: RatioScale.width,
                          height: bottom + (hidden > 0 ? 22 : 4), isNarrow: true)
    for (ratio, text) in scale.ticks where !shown.isEmpty {
      let x = scale.x(ratio)
      picture.shapes.append(.init(path: Picture.line([(x, 18), (x, bottom)]), tone: ratio == 1 ? "one" : "grid"))
      picture.labels.append(.init(x: x, y: 12, text: text, anchor: "middle", tone: "kind"))
    }
    for (index, part) in shown.enumerated() { draw(part, y: 34 + Double(index) * Self.kindRow, scale, in: &picture) }
    if hidden > 0 {
      picture.labels.append(.init(x: 2, y: bottom + 16, text: words("editionKindsHidden", ["n": String(hidden)]),
                                  tone: "kind"))
    }
    return picture
  }

  private static let kindRow = 36.0

  /// The name with its ratio, below them the interval with its dot, and a line to the next.
  private func draw(_ part: Edition.Part, y: Double, _ scale: RatioScale, in picture: inout Picture) {
    let change = part.change
    let tone = change.standing?.rawValue ?? "level"
    let name = part.names(words.language)
    let ratio = change.ratio.map { "×" + Self.short($0) } ?? "\(change.before ?? 0) → \(change.now ?? 0)"
    picture.labels.append(.init(x: 2, y: y, text: name, tone: "kind plain"))
    picture.labels.append(.init(x: RatioScale.width - 2, y: y, text: ratio, anchor: "end",
                                tone: tone == "level" ? "kind" : "kind strong"))
    let (low, high) = (change.low ?? 0, change.high ?? .infinity)
    let middle = y + 9
    picture.shapes.append(.init(path: Picture.line([(2, y + 18), (RatioScale.width - 2, y + 18)]), tone: "grid"))
    picture.shapes.append(.init(path: Picture.line([(scale.x(low), middle), (scale.x(high), middle)]),
                                tone: "reach " + tone))
    for (isBeyond, x, step) in [(low < scale.low, scale.x(0), 5.0), (high > scale.high, scale.x(.infinity), -5.0)]
    where isBeyond {
      picture.shapes.append(.init(path: Picture.line([(x + step, middle - 4), (x, middle), (x + step, middle + 4)]),
                                  tone: "reach " + tone))
    }
    guard let ratio = change.ratio, ratio >= scale.low, ratio <= scale.high else { return }
    picture.shapes.append(.init(path: Self.mark(x: scale.x(ratio), y: middle, tone), tone: "mark " + tone,
                                hint: "\(name) ×\(Self.short(ratio))"))
  }
}

/// Where a ratio stands: twice and half are as far from 1. As wide as the ratios themselves ask for, between a factor
/// of two and of eight.
private struct RatioScale {
  static let width = 400.0
  private static let (left, right) = (14.0, 386.0)
  let low: Double
  let high: Double

  init(_ changes: [EditionChange]) {
    let ratios = changes.compactMap(\.ratio).filter { $0 > 0 }
    let most = max(ratios.max() ?? 2, 1 / (ratios.min() ?? 0.5))
    high = [2, 4, 8].first { $0 >= most } ?? 8
    low = 1 / high
  }

  var ticks: [(Double, String)] {
    [(0.125, "×⅛"), (0.25, "×¼"), (0.5, "×½"), (1, "×1"), (2, "×2"), (4, "×4"), (8, "×8")]
      .filter { (low...high).contains($0.0) }
  }

  func x(_ ratio: Double) -> Double {
    Self.left + (Self.right - Self.left) * EditionPictures.share(ratio, from: low, to: high)
  }
}
