import Domain
import Features
import Hummingbird

/// The rates through time: a chart for each, and the table of all its points, each of which opens into its cases.
struct OversightPage: Sendable {
  struct Card: Sendable {
    let name: String
    let formula: String
    /// Of the span that runs, or the last whose outcome is known.
    let latest: Cell?
    let chart: TrendChart
  }

  struct Row: Sendable {
    let label: String
    let cells: [Cell]
  }

  struct Cell: Sendable {
    let label: String
    let value: String?
    let share: String
    let url: String
    let isOpen: Bool
  }

  let tabs: [Frame.Link]
  let formURL: String
  let choices: [Choice]
  let cards: [Card]
  let heads: [String]
  /// The newest first.
  let rows: [Row]
  let note: String
  let problem: PageProblem?

  static let routes: [PageRoute] = [
    .get(.oversight, .scope(.ratesRead)) { call in try await show(call) },
    .get(.comparison, .scope(.ratesRead)) { call in try await ComparisonPage.show(call) },
    .get(.deadlines, .scope(.casesRead)) { call in try await DeadlinesPage.show(call) },
    .get(.ladder, .scope(.casesRead)) { call in try await LadderPage.show(call) },
  ]

  private static func show(_ call: PageCall) async throws -> Response {
    var problem: PageProblem?
    var query = TrendQuery(call.presenter)
    do { query = try TrendQuery(call.query, call.presenter) } catch { problem = PageProblem(error, call.words) }
    let read = ReadRates(call.site)
    let (actor, asked) = (try call.actor, query)
    let tallies = try await withThrowingTaskGroup(of: (Rate, [RateTally]).self) { group in
      for rate in Rate.allCases {
        group.addTask { (rate, try await read.trend(of: rate, over: asked.spans(of: rate), asked.filter, for: actor)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let page = OversightPage(query, tallies, problem: problem, call.presenter)
    return call.page("oversight", title: call.words["navOversight"], here: .oversight,
                     status: problem == nil ? .ok : .badRequest, page)
  }

  init(_ query: TrendQuery, _ tallies: [Rate: [RateTally]], problem: PageProblem?, _ presenter: Presenter) {
    let words = presenter.words
    tabs = OversightTabs.links(.oversight, words)
    formURL = PageURL.oversight.path
    choices = query.choices
    let columns = Rate.allCases.map { rate in
      let spans = query.spans(of: rate)
      let tallies = tallies[rate] ?? []
      return spans.indices.map { index in
        Self.cell(rate, spans[index], tallies.indices.contains(index) ? tallies[index] : .init(), query,
                  label: query.labels[index], presenter)
      }
    }
    cards = zip(Rate.allCases, columns).map { rate, cells in
      Self.card(rate, cells, tallies[rate] ?? [], query, presenter)
    }
    heads = Rate.allCases.map { words[$0] }
    rows = query.labels.indices.reversed().map { index in
      Row(label: query.labels[index], cells: columns.map { $0[index] })
    }
    note = words("trendNote", ["span": presenter.span(presenter.pack.windows.returnFlow)])
    self.problem = problem
  }

  private static func cell(_ rate: Rate, _ span: ReadRates.Span, _ tally: RateTally, _ query: TrendQuery,
                           label: String, _ presenter: Presenter) -> Cell
  {
    Cell(label: label, value: tally.rate.map(presenter.percent), share: "\(tally.numerator)/\(tally.denominator)",
         url: query.casesURL(rate, span, presenter), isOpen: query.isOpen(span, of: rate))
  }

  private static func card(_ rate: Rate, _ cells: [Cell], _ tallies: [RateTally], _ query: TrendQuery,
                           _ presenter: Presenter) -> Card
  {
    let words = presenter.words
    let points = zip(cells, tallies).map { cell, tally in
      TrendChart.Point(label: cell.label, tally: tally, interval: tally.interval, isOpen: cell.isOpen)
    }
    let latest = cells.last { $0.value != nil }
    let first = cells.first { $0.value != nil }
    let summary = words("trendSummary", [
      "first": first.map { "\($0.label) \($0.value ?? "")" } ?? "–",
      "last": latest.map { "\($0.label) \($0.value ?? "")" } ?? "–",
    ])
    return Card(
      name: words[rate], formula: words["formula." + rate.rawValue], latest: latest,
      chart: TrendChart(id: "trend-" + rate.rawValue, title: words[rate], summary: summary, points,
                        percent: presenter.percent))
  }
}
