import Domain
import Features

/// What moves on the wall.
struct WallPart: Sendable {
  struct Tile: Sendable {
    let text: String
    let count: Int
    let isPressing: Bool
  }

  struct Line: Sendable {
    let id: String
    let version: Int
    let kind: String
    let town: String
    let body: String
    let severityCode: String
    let due: Presenter.Left?
    let phase: String
  }

  struct Dot: Sendable {
    let x: Int
    let y: Int
    let radius: Int
    let state: String
    let count: Int?
  }

  struct Squad: Sendable {
    let name: String
    let doing: String
    let doingCode: String
  }

  struct Figure: Sendable {
    let name: String
    let value: String
  }

  let asOf: Presenter.Time
  let tiles: [Tile]
  let lines: [Line]
  let pictureURL: String
  let height: Int
  let dots: [Dot]
  let squads: [Squad]
  /// How many more squads are free, or off shift, than there is room for.
  let moreSquads: String?
  let figures: [Figure]

  private static let (linesMax, squadsMax) = (7, 8)

  init(counts: [ListCases.Count], open: [CaseSummary], squads: [SquadsAtWork.Squad], rates: [ReadRates.Line],
       _ drawing: MapDrawing, _ presenter: Presenter) {
    let words = presenter.words
    asOf = presenter.shortTime(presenter.now)
    tiles = [BoardQueue.open, .new, .unsigned, .late, .returned].map { queue in
      let count = queue.sum(counts) ?? 0
      return Tile(text: words[queue], count: count, isPressing: count > 0 && (queue == .late || queue == .returned))
    }
    lines = open.prefix(Self.linesMax).map { Self.line($0, presenter) }
    pictureURL = PageURL.wallMap(version: presenter.pack.version).path
    height = drawing.height
    dots = BoardMap(open, drawing: drawing, BoardQuery(), presenter).dots.map {
      Dot(x: $0.x, y: $0.y, radius: $0.radius + 3, state: $0.state, count: $0.count)
    }
    let order: [SquadsAtWork.Doing] = [.onSite, .underway, .called, .free, .offShift]
    let sorted = squads.sorted {
      (order.firstIndex(of: $0.doing) ?? 0, $0.plan.code) < (order.firstIndex(of: $1.doing) ?? 0, $1.plan.code)
    }
    self.squads = sorted.prefix(Self.squadsMax).map {
      Squad(name: presenter.squad($0.plan.code), doing: words["wallSquad." + $0.doing.rawValue],
            doingCode: $0.doing.rawValue)
    }
    let rest = sorted.dropFirst(Self.squadsMax)
    moreSquads = rest.isEmpty ? nil : words("wallMoreSquads", [
      "n": String(rest.count), "free": String(rest.count { $0.doing == .free }),
    ])
    let known = Dictionary(uniqueKeysWithValues: rates.map { ($0.rate, $0) })
    figures = Rate.allCases.filter { $0 != .repeatReport }.map {
      Figure(name: words[$0], value: known[$0]?.value.map(presenter.percent) ?? "–")
    }
  }

  /// No place, no number that leads to the case: whoever passes by may read it.
  private static func line(_ summary: CaseSummary, _ presenter: Presenter) -> Line {
    Line(
      id: String(summary.id.suffix(6)), version: summary.version, kind: presenter.kind(summary.kind),
      town: presenter.division(presenter.pack.town(of: summary.division)),
      body: summary.squad.map(presenter.squad) ?? summary.agency.map(presenter.agency)
        ?? presenter.holder(summary.holder),
      severityCode: summary.severity.rawValue, due: summary.dueAt.map(presenter.left),
      phase: presenter.words[summary.phase])
  }
}
