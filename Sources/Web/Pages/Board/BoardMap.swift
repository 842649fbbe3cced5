import Domain
import Features

/// The dots of open cases over the drawn district. Points are rounded to blocks, so cases of a block share a dot.
struct BoardMap: Sendable {
  struct Dot: Sendable {
    let x: Int
    let y: Int
    let radius: Int
    /// `late`, `danger`, `new`, `calm`: of the most pressing case in it.
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
    let blocks = Dictionary(grouping: cases.filter { $0.point.flatMap(drawing.position) != nil }) { $0.point }
    dots = blocks.compactMap { point, cases in
      point.flatMap(drawing.position).flatMap { Self.dot($0, cases, presenter) }
    }.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    allURL = query.division == nil ? nil : query.link(division: nil)
  }

  /// - Parameter cases: at one block, in the order of the list.
  private static func dot(_ place: (x: Int, y: Int), _ cases: [CaseSummary], _ presenter: Presenter) -> Dot? {
    func rank(_ summary: CaseSummary) -> Int { order.firstIndex(of: state(summary, presenter.now)) ?? order.count }
    guard let first = cases.min(by: { rank($0) < rank($1) }) else { return nil }
    let name = presenter.kind(first.kind) + " · " + presenter.words[first.phase]
    let count = cases.count
    return Dot(
      x: place.x, y: place.y, radius: min(16, 6 + 2 * count), state: state(first, presenter.now),
      url: PageURL.oneCase(first.id).path,
      label: count == 1 ? name : presenter.words("dotMany", ["name": name, "n": String(count - 1)]),
      count: count == 1 ? nil : count)
  }

  private static let order = ["danger", "late", "new", "calm"]

  private static func state(_ summary: CaseSummary, _ now: Instant) -> String {
    if summary.isDangerous { return "danger" }
    if let due = summary.dueAt, due < now { return "late" }
    return summary.phase == .desk || summary.phase == .coordination ? "new" : "calm"
  }
}
