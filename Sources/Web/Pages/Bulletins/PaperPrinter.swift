/// Lays a paper out on sheets of A4, in millimetres: what a template then writes as SVG, one for each sheet.
struct PaperPrinter {
  struct Sheet: Sendable {
    var texts: [Text] = []
    var lines: [Line] = []
    var dots: [Dot] = []
    var charts: [Chart] = []
    var figures: [Figure] = []
    /// The map, where a figure of this sheet lies on it.
    var land: String?
    var ground: [Picture.Shape] = []
  }

  struct Figure: Sendable {
    let x: Double
    let y: Double
    let scale: Double
    let picture: Picture
  }

  struct Text: Sendable {
    let x: Double
    let y: Double
    let size: Double
    /// `start`, `middle`, `end`.
    let anchor: String
    /// `plain`, `strong`, `red`, `soft`.
    let tone: String
    let text: String
  }

  struct Line: Sendable {
    let x1: Double
    let y1: Double
    let x2: Double
    let y2: Double
    /// `rule`, `red`, `reach`, `whole`, and those of a standing.
    let tone: String
  }

  struct Dot: Sendable {
    let x: Double
    let y: Double
    let tone: String
  }

  struct Chart: Sendable {
    let x: Double
    let y: Double
    let scale: Double
    let chart: TrendChart
  }

  private(set) var sheets = [Sheet()]
  private var y = PaperPrinter.top

  // Margins near those of GB/T 9704, 37 above and 28 at the left.
  private static let (left, right, top, bottom) = (27.0, 183.0, 34.0, 270.0)
  private static let width = right - left
  private static let (body, table) = (4.6, 3.3)

  /// A paper on its sheets.
  static func sheets(_ paper: PrintedPaper) -> [Sheet] {
    var printer = PaperPrinter()
    printer.centred(paper.head, size: 9.4, tone: "red")
    if let number = paper.number { printer.centred(number, size: body, tone: "plain") }
    printer.rule("red")
    printer.y += 8
    printer.centred(paper.title, size: 7, tone: "strong")
    printer.y += 3
    if let draft = paper.draft { printer.paragraph(draft, indented: false, tone: "soft") }
    if let addressees = paper.addressees { printer.paragraph(addressees, indented: false) }
    for block in paper.blocks { printer.add(block) }
    printer.y += 8
    printer.need(16)
    printer.atRight(paper.issuer)
    printer.atRight(paper.date)
    printer.numberSheets()
    for index in printer.sheets.indices where printer.sheets[index].figures.contains(where: \.picture.hasGround) {
      printer.sheets[index].land = paper.land
      printer.sheets[index].ground = paper.ground
    }
    return printer.sheets
  }

  private mutating func add(_ block: PaperBlock) {
    if let heading = block.heading {
      y += 3
      // What a heading is about begins on the same sheet.
      need(min(14 + opening(of: block), Self.bottom - Self.top))
      write(heading, x: Self.left, size: Self.body, tone: "strong")
      y += 7.6
    }
    if let prose = block.prose { paragraph(prose) }
    add(block.trends)
    add(block.pictures)
    if let grid = block.grid { add(grid) }
  }

  /// The height of a block's prose and of the first of what follows it.
  private func opening(of block: PaperBlock) -> Double {
    let prose = block.prose.map {
      Double(PaperText.lines($0, width: Self.width / Self.body, indent: Self.indent).count) * 7.4
    }
    return (prose ?? 0) + (block.pictures.isEmpty ? block.grid == nil ? 0 : 24 : Self.height(at: 0, of: block.pictures))
  }

  // MARK: - Text

  private static let indent = 2.0

  private mutating func centred(_ text: String, size: Double, tone: String) {
    for line in PaperText.lines(text, width: Self.width / size) {
      write(line, x: (Self.left + Self.right) / 2, size: size, tone: tone, anchor: "middle")
      y += size * 1.45
    }
  }

  private mutating func atRight(_ text: String) {
    write(text, x: Self.right - 8, size: Self.body, anchor: "end")
    y += 7.6
  }

  private mutating func paragraph(_ text: String, indented: Bool = true, tone: String = "plain") {
    let indent = indented ? Self.indent : 0
    let lines = PaperText.lines(text, width: Self.width / Self.body, indent: indent)
    for (index, line) in lines.enumerated() {
      need(8)
      write(line, x: Self.left + (index == 0 ? indent * Self.body : 0), size: Self.body, tone: tone)
      y += 7.4
    }
  }

  private mutating func write(_ text: String, x: Double, y: Double? = nil, size: Double, tone: String = "plain",
                              anchor: String = "start") {
    sheets[sheets.count - 1].texts.append(
      Text(x: Self.rounded(x), y: Self.rounded(y ?? self.y), size: size, anchor: anchor, tone: tone, text: text))
  }

  private mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ tone: String) {
    sheets[sheets.count - 1].lines.append(
      Line(x1: Self.rounded(x1), y1: Self.rounded(y1), x2: Self.rounded(x2), y2: Self.rounded(y2), tone: tone))
  }

  private mutating func rule(_ tone: String) { line(Self.left, y - 3, Self.right, y - 3, tone) }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// Begins the next sheet where so much is not left.
  private mutating func need(_ height: Double) {
    guard y + height > Self.bottom else { return }
    sheets.append(Sheet())
    y = Self.top
  }

  private mutating func numberSheets() {
    for index in sheets.indices {
      sheets[index].texts.append(
        Text(x: (Self.left + Self.right) / 2, y: 283, size: 4, anchor: "middle", tone: "plain",
             text: "— \(index + 1) —"))
    }
  }

  // MARK: - Charts and tables

  /// Two beside one another.
  private mutating func add(_ charts: [TrendChart]) {
    let scale = (Self.width / 2 - 4) / 360
    for (index, chart) in charts.enumerated() {
      let isLeft = index.isMultiple(of: 2)
      if isLeft { need(150 * scale + 8) }
      let x = isLeft ? Self.left : Self.left + Self.width / 2 + 4
      write(chart.title, x: x + 2, size: 3.6, tone: "strong")
      sheets[sheets.count - 1].charts.append(Chart(x: Self.rounded(x), y: Self.rounded(y + 1.5),
                                                   scale: (scale * 10_000).rounded() / 10_000, chart: chart))
      if !isLeft || index == charts.count - 1 { y += 150 * scale + 9 }
    }
  }

  /// Narrow ones beside one another, the others over the whole width.
  private mutating func add(_ pictures: [Picture]) {
    var next = 0
    while next < pictures.count {
      let row = Self.row(at: next, of: pictures)
      let height = Self.height(of: row)
      need(Self.height(at: next, of: pictures))
      for (index, picture) in row.enumerated() {
        let x = Self.left + Double(index) * (Self.width / 2 + 3)
        write(picture.title, x: x + 1, size: 3.6, tone: "strong")
        sheets[sheets.count - 1].figures.append(Figure(
          x: Self.rounded(x), y: Self.rounded(y + 1.5), scale: (Self.scale(picture) * 10_000).rounded() / 10_000,
          picture: picture))
      }
      y += height + 1
      next += row.count
    }
  }

  /// The picture at an index, with the next where both are narrow.
  private static func row(at index: Int, of pictures: [Picture]) -> ArraySlice<Picture> {
    let isPair = pictures[index].isNarrow && index + 1 < pictures.count && pictures[index + 1].isNarrow
    return pictures[index...index + (isPair ? 1 : 0)]
  }

  /// What has to be free for a row: a key stays with what it is the key of.
  private static func height(at index: Int, of pictures: [Picture]) -> Double {
    let row = row(at: index, of: pictures)
    let isKey = row.count == 1 && pictures[index].height < 40 && index + 1 < pictures.count
    return height(of: row) + (isKey ? 1 + height(of: self.row(at: index + 1, of: pictures)) : 0)
  }

  private static func scale(_ picture: Picture) -> Double {
    (picture.isNarrow ? width / 2 - 3 : width) / picture.width
  }

  /// Of pictures side by side, with their titles.
  private static func height(of row: ArraySlice<Picture>) -> Double {
    (row.map { $0.height * scale($0) }.max() ?? 0) + 9
  }

  private mutating func add(_ grid: PaperTable) {
    let widths = grid.columns.map { $0.share * Self.width }
    need(16)
    heads(grid, widths)
    for row in grid.rows {
      let cells = zip(row.cells, widths).map { cell, width in
        cell.drawing == nil ? PaperText.lines(cell.text, width: (width - 2) / Self.table) : [""]
      }
      let height = Double(cells.map(\.count).max() ?? 1) * 4.3 + 1.7
      if y + height > Self.bottom {
        need(Self.bottom)
        heads(grid, widths)
      }
      var x = Self.left
      for (column, (cell, (width, lines))) in zip(row.cells, zip(widths, cells)).enumerated() {
        if let drawing = cell.drawing { draw(drawing, x: x + 1, width: width - 4) }
        for (index, text) in lines.enumerated() where !text.isEmpty {
          write(text, x: cell.isNumber ? x + width - Self.gap(behind: column, grid) : x + 1,
                y: y + Double(index) * 4.3, size: Self.table, anchor: cell.isNumber ? "end" : "start")
        }
        x += width
      }
      y += height
      line(Self.left, y - 4.2, Self.right, y - 4.2, "rule")
    }
    y += 4
  }

  /// Behind a column of numbers: more where a text begins there.
  private static func gap(behind column: Int, _ grid: PaperTable) -> Double {
    column + 1 < grid.columns.count && !grid.columns[column + 1].isNumber ? 4 : 1
  }

  private mutating func heads(_ grid: PaperTable, _ widths: [Double]) {
    line(Self.left, y - 4.2, Self.right, y - 4.2, "strong")
    var x = Self.left
    var count = 1
    for (number, (column, width)) in zip(grid.columns, widths).enumerated() {
      let gap = column.isNumber ? Self.gap(behind: number, grid) : 1
      let lines = PaperText.lines(column.title, width: (width - 1 - gap) / Self.table)
      count = max(count, lines.count)
      for (index, text) in lines.enumerated() {
        write(text, x: column.isNumber ? x + width - gap : x + 1, y: y + Double(index) * 4.3, size: Self.table,
              tone: "strong", anchor: column.isNumber ? "end" : "start")
      }
      x += width
    }
    y += Double(count) * 4.3 + 1.9
    line(Self.left, y - 4.2, Self.right, y - 4.2, "strong")
  }

  private mutating func draw(_ drawing: PaperTable.Drawing, x: Double, width: Double) {
    func at(_ percent: Double) -> Double { x + width * percent / 100 }
    let middle = y - 1.2
    line(at(drawing.whole), middle - 2.4, at(drawing.whole), middle + 2.4, "whole")
    line(at(drawing.low), middle, at(drawing.high), middle, "reach " + drawing.standingCode)
    sheets[sheets.count - 1].dots.append(
      Dot(x: Self.rounded(at(drawing.value)), y: Self.rounded(middle), tone: drawing.standingCode))
  }
}
