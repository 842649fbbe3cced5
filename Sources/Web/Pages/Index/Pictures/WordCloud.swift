import Features

/// Words in lines, the more frequent the larger; in the order of their numbers, so that the same words give the same picture.
struct WordCloud {
  private let words: [EditionWord]

  init(_ words: [EditionWord]) {
    self.words = Array(words.sorted { ($1.reports, $0.word) < ($0.reports, $1.word) }.prefix(60))
  }

  func picture(_ title: String) -> Picture {
    let width = 640.0
    let most = Double(words.first?.reports ?? 1)
    var lines: [[(word: String, size: Double, width: Double)]] = [[]]
    var room = width
    for word in words {
      let size = 13 + 31 * (Double(word.reports) / most).squareRoot()
      let needed = PaperText.width(word.word) * size + 14
      if needed > room, !(lines.last?.isEmpty ?? true) {
        lines.append([])
        room = width
      }
      lines[lines.count - 1].append((word.word, size, needed))
      room -= needed
    }
    var picture = Picture(id: "words", title: title, summary: words.prefix(20).map(\.word).joined(separator: " "),
                          width: width, height: 10)
    var y = 6.0
    for line in lines {
      let height = (line.map(\.size).max() ?? 0) * 1.15
      y += height
      var x = (width - line.reduce(0) { $0 + $1.width }) / 2
      for word in line {
        let step = max(1, min(6, Int((word.size - 13) / 31 * 6) + 1))
        picture.labels.append(.init(x: x + word.width / 2, y: y, text: word.word, anchor: "middle",
                                    tone: "word w\(step)"))
        x += word.width
      }
    }
    return Picture(id: picture.id, title: title, summary: picture.summary, width: width, height: y + 14,
                   labels: picture.labels)
  }
}
