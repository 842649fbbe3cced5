import Domain
import Features

/// The charts of an edition.
struct EditionPictures {
  let edition: Edition
  let words: Words

  private var language: Language { words.language }
  private static let width = 640.0

  /// Ratios with their intervals, on a scale where twice and half are as far from 1.
  func changes(_ parts: [Edition.Part], id: String, title: String) -> Picture {
    let shown = parts.filter { $0.change.ratio != nil }
    var picture = Picture(id: id, title: title, summary: words("editionChangesSummary", edition), width: Self.width,
                          height: Double(shown.count) * 26 + 34)
    let (left, right) = (232.0, Self.width - 74)
    func x(_ ratio: Double) -> Double { left + (right - left) * Self.share(ratio, from: 0.5, to: 2) }
    for (ratio, text) in [(0.5, "×½"), (0.75, "×¾"), (1, "×1"), (1.5, "×1½"), (2, "×2")] {
      let at = x(ratio)
      picture.shapes.append(.init(path: Picture.line([(at, 22), (at, picture.height - 4)]),
                                  tone: ratio == 1 ? "one" : "grid"))
      picture.labels.append(.init(x: at, y: 14, text: text, anchor: "middle"))
    }
    for (index, part) in shown.enumerated() {
      let y = Double(index) * 26 + 36
      let change = part.change
      let tone = change.standing?.rawValue ?? "level"
      let ratio = change.ratio ?? 1
      picture.labels.append(.init(x: left - 12, y: y + 4, text: part.names(language), anchor: "end", tone: "plain"))
      picture.shapes.append(.init(path: Picture.line([(x(change.low ?? 0.01), y), (x(change.high ?? 100), y)]),
                                  tone: "reach " + tone))
      picture.shapes.append(.init(path: Self.mark(x: x(ratio), y: y, tone), tone: "mark " + tone,
                                  hint: part.names(language) + " ×\(ratio)"))
      picture.labels.append(.init(x: Self.width - 4, y: y + 4, text: "×\(Self.short(ratio))", anchor: "end",
                                  tone: tone == "level" ? "soft" : "strong"))
    }
    return picture
  }

  /// A triangle upwards or downwards for what clearly rose or fell, else a dot.
  static func mark(x: Double, y: Double, _ tone: String) -> String {
    switch tone {
    case "up": "M\(Picture.at(x - 6)) \(Picture.at(y + 5))h12l-6 -11z"
    case "down": "M\(Picture.at(x - 6)) \(Picture.at(y - 5))h12l-6 11z"
    default: Picture.circle(x, y, 4.5)
    }
  }

  static func share(_ value: Double, from low: Double, to high: Double) -> Double {
    func log2(_ value: Double) -> Double {
      var (value, sum) = (min(max(value, 1e-6), 1e6), 0.0)
      while value >= 2 { (value, sum) = (value / 2, sum + 1) }
      while value < 1 { (value, sum) = (value * 2, sum - 1) }
      // Within 0.01 on 1 … 2, enough for a drawing.
      return sum + (value - 1) * (1 + 0.3431 * (2 - value))
    }
    return min(1, max(0, (log2(value) - log2(low)) / (log2(high) - log2(low))))
  }

  /// The week: a square an hour, larger and stronger the more there is.
  func hours() -> Picture {
    let (left, top, side) = (52.0, 22.0, 24.0)
    var picture = Picture(id: "hours", title: words["editionHours"], summary: words["editionHoursSummary"],
                          width: left + 24 * side + 6, height: top + 7 * side + 6)
    let counts = edition.hours.cells
    let most = Double(max(1, counts.compactMap { $0 }.max() ?? 1))
    for hour in stride(from: 0, to: 24, by: 3) {
      picture.labels.append(.init(x: left + (Double(hour) + 0.5) * side, y: 14, text: String(hour), anchor: "middle"))
    }
    for day in 0..<7 {
      picture.labels.append(.init(x: left - 8, y: top + (Double(day) + 0.5) * side + 4,
                                  text: words["weekday.\(day + 1)"], anchor: "end"))
      for hour in 0..<24 {
        let (x, y) = (left + Double(hour) * side, top + Double(day) * side)
        guard let count = counts[day * 24 + hour] else {
          picture.shapes.append(.init(path: Picture.line([(x + 8, y + 12), (x + 16, y + 12)]), tone: "grid",
                                      hint: words["editionHidden"]))
          continue
        }
        let step = max(1, min(6, Int((Double(count) / most * 6).rounded(.up))))
        let size = side - 2 - Double(6 - step) * 2
        let inset = (side - size) / 2
        picture.shapes.append(.init(path: Picture.rectangle(x + inset, y + inset, size, size), tone: "s\(step)",
                                    hint: "\(words["weekday.\(day + 1)"]) \(hour):00 · \(count)"))
      }
    }
    return picture
  }

  /// Each week beside that of the period before.
  func weeks() -> Picture {
    let (left, right, top, bottom) = (58.0, 632.0, 14.0, 150.0)
    var picture = Picture(id: "weeks", title: words["editionWeeks"], summary: words("editionWeeksSummary", edition),
                          width: Self.width, height: 200)
    let most = Double((edition.weeks.now + edition.weeks.before).compactMap { $0 }.max() ?? 1)
    let scale = Self.ceiling(most)
    let step = (right - left) / Double(max(1, edition.weeks.now.count - 1))
    func points(_ counts: [Int?]) -> [(x: Double, y: Double)] {
      counts.enumerated().compactMap { index, count in
        count.map { (left + Double(index) * step, bottom - (bottom - top) * Double($0) / scale) }
      }
    }
    for share in [0, 0.5, 1.0] {
      let y = bottom - (bottom - top) * share
      picture.shapes.append(.init(path: Picture.line([(left, y), (right, y)]), tone: "grid"))
      picture.labels.append(.init(x: left - 6, y: y + 4, text: Self.short(scale * share), anchor: "end"))
    }
    picture.shapes.append(.init(path: Picture.line(points(edition.weeks.before)), tone: "line-before"))
    picture.shapes.append(.init(path: Picture.line(points(edition.weeks.now)), tone: "line-now"))
    for (index, place) in [(0, "start"), (edition.weeks.starts.count - 1, "end")]
    where edition.weeks.starts.indices.contains(index) {
      picture.labels.append(.init(x: place == "start" ? left : right, y: 170, text: edition.weeks.starts[index],
                                  anchor: place))
    }
    picture.labels.append(.init(x: Self.width / 2, y: 193, text: words("editionWeeksKey", edition), anchor: "middle"))
    return picture
  }

  private static func ceiling(_ value: Double) -> Double {
    var unit = 1.0
    while unit * 10 <= value { unit *= 10 }
    return [1, 2, 3, 4, 5, 6, 8, 10].map { $0 * unit }.first { $0 >= value } ?? value
  }

  /// A dot with its interval for each place of a ranking.
  func ranking(_ ranking: EditionRanking) -> Picture {
    let rows = ranking.rows.filter { $0.rate != nil }
    var picture = Picture(id: "ranking-" + ranking.code, title: ranking.names(language),
                          summary: words["editionRankingSummary"], width: Self.width,
                          height: Double(rows.count) * 24 + 30)
    let (left, right) = (260.0, Self.width - 16)
    let most = Self.ceiling(rows.compactMap(\.high).max() ?? 1)
    func x(_ rate: Double) -> Double { left + (right - left) * min(1, rate / most) }
    for share in [0, 0.5, 1.0] {
      picture.shapes.append(.init(path: Picture.line([(x(most * share), 20), (x(most * share), picture.height - 4)]),
                                  tone: "grid"))
      picture.labels.append(.init(x: x(most * share), y: 13, text: Self.short(most * share), anchor: "middle"))
    }
    if let common = ranking.commonRate {
      picture.shapes.append(.init(path: Picture.line([(x(common), 18), (x(common), picture.height - 4)]), tone: "one"))
    }
    for (index, row) in rows.enumerated() {
      let y = Double(index) * 24 + 34
      let isHigh = row.standing.hasSuffix("high")
      let tone = isHigh ? "up" : row.standing.hasSuffix("low") ? "down" : "level"
      picture.labels.append(.init(x: 26, y: y + 4, text: String(row.position), anchor: "end", tone: "strong"))
      picture.labels.append(.init(x: 36, y: y + 4, text: row.names(language), tone: "plain"))
      picture.shapes.append(.init(path: Picture.line([(x(row.low ?? 0), y), (x(row.high ?? most), y)]),
                                  tone: "reach " + tone))
      picture.shapes.append(.init(path: Picture.circle(x(row.rate ?? 0), y, row.standing == "far-high" ? 6 : 4.5),
                                  tone: "mark " + tone, hint: row.names(language) + " \(row.rate ?? 0)"))
    }
    return picture
  }

  /// Lorenz curves: how much lies in the emptiest share of the places.
  func concentration() -> Picture {
    let (left, top, side) = (58.0, 12.0, 260.0)
    var picture = Picture(id: "lorenz", title: words["editionConcentration"], summary: words["editionLorenzSummary"],
                          width: Self.width, height: top + side + 40)
    for share in [0, 0.5, 1.0] {
      let y = top + side * (1 - share)
      picture.shapes.append(.init(path: Picture.line([(left, y), (left + side, y)]), tone: "grid"))
      picture.labels.append(.init(x: left - 6, y: y + 4, text: "\(Int(share * 100))%", anchor: "end"))
      picture.labels.append(.init(x: left + side * share, y: top + side + 18, text: "\(Int(share * 100))%",
                                  anchor: "middle"))
    }
    picture.labels.append(.init(x: left + side / 2, y: top + side + 36, text: words["editionLorenzPlaces"],
                                anchor: "middle"))
    picture.shapes.append(.init(path: Picture.line([(left, top + side), (left + side, top)]), tone: "one"))
    for (index, line) in edition.concentration.enumerated() {
      let points = line.curve.enumerated().map { (left + side * Double($0) / 20, top + side * (1 - $1)) }
      picture.shapes.append(.init(path: Picture.line(points), tone: "curve c\(index % 4)", hint: line.names(language)))
      let y = top + 16 + Double(index) * 30
      picture.shapes.append(.init(path: Picture.line([(left + side + 18, y - 4), (left + side + 44, y - 4)]),
                                  tone: "curve c\(index % 4)"))
      let text = words("editionHalf", ["name": line.names(language), "share": Self.percent(line.half)])
      picture.labels.append(.init(x: left + side + 50, y: y, text: text, tone: "plain"))
    }
    return picture
  }

  /// Reports of the jam by hour, workdays above the other two.
  func morning() -> Picture {
    let (left, bottom, step) = (34.0, 116.0, 25.0)
    var picture = Picture(id: "morning", title: words["editionMorning"], summary: words["editionMorning"],
                          width: Self.width, height: 140)
    let counts = edition.morning.workdays
    let most = Double(max(1, counts.compactMap { $0 }.max() ?? 1))
    for (hour, count) in counts.enumerated() {
      let x = left + Double(hour) * step
      if hour.isMultiple(of: 3) {
        picture.labels.append(.init(x: x + 10, y: 134, text: String(hour), anchor: "middle"))
      }
      guard let count, count > 0 else { continue }
      let height = 100 * Double(count) / most
      let isMorning = (edition.morning.from..<max(edition.morning.from, edition.morning.to)).contains(hour)
      picture.shapes.append(.init(path: Picture.rectangle(x, bottom - height, step - 4, height),
                                  tone: isMorning ? "s5" : "s2", hint: "\(hour):00 · \(count)"))
      if isMorning {
        picture.labels.append(.init(x: x + 10, y: bottom - height - 4, text: String(count), anchor: "middle",
                                    tone: "strong"))
      }
    }
    return picture
  }

  static func percent(_ share: Double) -> String { Self.short((share * 1_000).rounded() / 10) + "%" }

  static func short(_ value: Double) -> String {
    let rounded = abs(value) >= 100 ? value.rounded() : (value * 100).rounded() / 100
    let text = rounded.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
