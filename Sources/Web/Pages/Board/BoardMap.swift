import Domain
import Features

/// The dots of open cases over the drawn district. Cases that would lie on one another share a dot.
struct BoardMap: Sendable {
  struct Dot: Sendable {
    let x: Int
    let y: Int
    let radius: Int
    /// `late`, `new`, `calm`: of the most pressing case in it; `danger` beside it where one speaks of danger.
    let state: String
    let url: String
    let label: String
    let count: Int?
  }

  struct Town: Sendable {
    let path: String
    let url: String
    let name: String
    let x: Int
    let y: Int
    let isHere: Bool
  }

  let pictureURL: String
  let height: Int
  let towns: [Town]
  let dots: [Dot]
  let allURL: String?

  init(_ cases: [CaseSummary], drawing: MapDrawing, _ query: BoardQuery, _ presenter: Presenter) {
    pictureURL = PageURL.map(version: presenter.pack.version).path
    height = drawing.height
    towns = drawing.towns.map { town in
      let isHere = town.code == query.division
      return Town(path: town.path, url: query.link(division: isHere ? nil : town.code),
                  name: town.names(presenter.language), x: town.labelX, y: town.labelY, isHere: isHere)
    }
    let placed = cases.compactMap { summary in
      summary.point.flatMap(drawing.position).map { Placed(summary: summary, x: $0.x, y: $0.y) }
    }
    let cells = Dictionary(grouping: placed) { Grid.Cell(column: $0.x / Self.cell, row: $0.y / Self.cell) }
    dots = cells.values.compactMap { Self.dot($0, presenter) }.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    allURL = query.division == nil ? nil : query.link(division: nil)
  }

  /// Dots are gathered by squares of this side.
  private static let cell = 26

  private struct Placed {
    let summary: CaseSummary
    let x: Int
    let y: Int
  }

  /// - Parameter cases: of one square, in the order of the list.
  private static func dot(_ cases: [Placed], _ presenter: Presenter) -> Dot? {
    let order = ["late", "new", "calm"]
    func rank(_ placed: Placed) -> Int { order.firstIndex(of: state(placed.summary, presenter.now)) ?? order.count }
    guard let first = cases.min(by: { rank($0) < rank($1) })?.summary else { return nil }
    let name = presenter.kind(first.kind) + " · " + presenter.words[first.phase]
    let count = cases.count
    let danger = cases.contains { $0.summary.isDangerous } ? " danger" : ""
    return Dot(
      x: cases.reduce(0) { $0 + $1.x } / count, y: cases.reduce(0) { $0 + $1.y } / count,
      radius: count == 1 ? 7 : count < 10 ? 10 : 13, state: state(first, presenter.now) + danger,
      url: PageURL.oneCase(first.id).path,
      label: count == 1 ? name : presenter.words("dotMany", ["name": name, "n": String(count - 1)]),
      count: count == 1 ? nil : count)
  }

  private static func state(_ summary: CaseSummary, _ now: Instant) -> String {
    if let due = summary.dueAt, due < now { return "late" }
    return summary.phase == .desk || summary.phase == .coordination ? "new" : "calm"
  }
}
