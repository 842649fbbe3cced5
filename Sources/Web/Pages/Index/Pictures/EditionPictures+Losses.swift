import Domain
import Features

extension EditionPictures {
  /// For each kind the share that succeeded with its interval, and what it cost as a bar: this period above the other.
  func losses(_ group: EditionLosses, _ title: String) -> Picture {
    let lines = [group.total] + group.kinds
    let (left, middle, bars, right) = (196.0, 400.0, 430.0, 530.0)
    var picture = Picture(id: "losses-" + group.code, title: title, summary: words("editionLossesSummary", edition),
                          width: 640, height: Double(lines.count) * 44 + 72)
    for share in [0, 0.5, 1.0] {
      let x = left + (middle - left) * share
      picture.shapes.append(.init(path: Picture.line([(x, 44), (x, picture.height - 24)]), tone: "grid"))
      picture.labels.append(.init(x: x, y: 38, text: Self.percent(share), anchor: "middle"))
    }
    picture.shapes.append(.init(path: Picture.line([(bars, 44), (bars, picture.height - 24)]), tone: "grid"))
    picture.labels.append(.init(x: (left + middle) / 2, y: 18, text: words["editionSucceeded"], anchor: "middle",
                                tone: "strong"))
    picture.labels.append(.init(x: bars, y: 18, text: words["editionLossSum"], tone: "strong"))
    picture.labels.append(.init(x: left, y: picture.height - 6, text: words("editionLossesKey", edition)))
    // The bars of the kinds beside one another; that of all of them would dwarf them.
    let most = Double(max(1, group.kinds.flatMap { [$0.now.sum ?? 0, $0.before.sum ?? 0] }.max() ?? 1))
    for (index, line) in lines.enumerated() {
      let y = Double(index) * 44 + 58
      let isAll = line.code == "*"
      picture.labels.append(.init(x: 0, y: y + 10, text: isAll ? words["editionAllKinds"] : line.names(words.language),
                                  tone: isAll ? "strong" : "plain"))
      for (result, y, isNow) in [(line.now, y, true), (line.before, y + 16, false)] {
        if let share = result.share, let low = result.low, let high = result.high {
          func x(_ share: Double) -> Double { left + (middle - left) * share }
          picture.shapes.append(.init(path: Picture.line([(x(low), y), (x(high), y)]),
                                      tone: isNow ? "line-now" : "line-before"))
          picture.shapes.append(.init(path: Picture.circle(x(share), y, isNow ? 5 : 3.5),
                                      tone: isNow ? "s6" : "mark", hint: Self.percent(share)))
        }
        guard let sum = result.sum else { continue }
        let width = isAll ? 0 : (right - bars) * Double(sum) / most
        if width > 0 {
          picture.shapes.append(.init(path: Picture.rectangle(bars, y - 5, width, 10), tone: isNow ? "s6" : "s3"))
        }
        picture.labels.append(.init(x: bars + width + 6, y: y + 4, text: Self.yuan(sum, words),
                                    tone: isNow ? "plain" : "soft"))
      }
    }
    return picture
  }

  /// As sums are said: by ten thousand and a hundred million in Chinese, by a million and a billion in English.
  static func yuan(_ amount: Int, _ words: Words) -> String {
    let (large, huge) = words.language == .zh ? (10_000, 100_000_000) : (1_000_000, 1_000_000_000)
    if amount >= huge { return words("yuanHuge", ["n": short(Double(amount) / Double(huge))]) }
    if amount >= large { return words("yuanLarge", ["n": short(Double(amount) / Double(large))]) }
    return words("yuanSmall", ["n": amount.grouped])
  }
}
