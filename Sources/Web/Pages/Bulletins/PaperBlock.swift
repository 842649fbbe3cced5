/// A part of a paper that is shown as a page and printed as PDF: the same model for both.
struct PaperBlock: Sendable {
  var heading: String?
  /// Where a table of contents leads; nil where there is none.
  var anchor: String?
  var prose: String?
  var trends: [TrendChart] = []
  var pictures: [Picture] = []
  var grid: PaperTable?
  /// Whether a page shows it only when asked; paper always does.
  var isFolded = false
}

struct PaperTable: Sendable {
  struct Column: Sendable {
    let title: String
    /// Of the width of the paper; they add up to 1.
    let share: Double
    var isNumber = false
  }

  struct Cell: Sendable {
    let text: String
    var link: String?
    var isNumber = false
    /// A dot with its interval in place of a text.
    var drawing: Drawing?
  }

  struct Drawing: Sendable {
    /// Percent of the cell's width.
    let low: Double
    let high: Double
    let value: Double
    let whole: Double
    let standingCode: String
  }

  struct Row: Sendable {
    let cells: [Cell]
  }

  let caption: String
  let columns: [Column]
  let rows: [Row]
  /// Sentences rather than figures: lines break where there is no room.
  var isProse = false
}
