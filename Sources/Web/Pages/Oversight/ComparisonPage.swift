import Domain
import Features
import Hummingbird

/// Agencies or towns side by side by one rate: a dot, its interval and the whole district's line for each.
struct ComparisonPage: Sendable {
  struct Line: Sendable {
    let name: String
    let place: String
    let value: String?
    let share: String
    let interval: String?
    let url: String?
    let drawing: Drawing?
    let standing: String
    let standingCode: String
    let isFew: Bool
  }

  /// Where things lie on the line from 0 to 100 %, as lengths for SVG.
  struct Drawing: Sendable {
    let low: String
    let high: String
    let value: String
    let whole: String?
  }

  let tabs: [Frame.Link]
  let formURL: String
  let choices: [Choice]
  let from: String
  let until: String
  let periods: [Frame.Link]
  let title: String
  let formula: String
  let whole: String
  let bodyTitle: String
  let lines: [Line]
  let note: String
  let problem: PageProblem?

  static func show(_ call: PageCall) async throws -> Response {
    var problem: PageProblem?
    var query = RatePageQuery(call.presenter)
    var rate = Rate.completion
    do {
      query = try RatePageQuery(call.query, call.presenter)
      rate = try call.query["rate"]?.isEmpty == true ? .completion : call.query.word("rate") ?? .completion
    } catch { problem = PageProblem(error, call.words) }
    let isByTown = query.query.by == .division
    var asked = query.query
    asked.by = isByTown ? .division : .agency
    let found = try await ReadRates(call.site)(asked, for: try call.actor)
    let comparison = compare(rate, found) { isByTown ? call.site.pack.town(of: $0) : $0 }
    let page = ComparisonPage(comparison, query, isByTown: isByTown, problem: problem, call.presenter)
    return call.page("comparison", title: page.title, here: .oversight, status: problem == nil ? .ok : .badRequest,
                     page)
  }

  static func compare(_ rate: Rate, _ lines: [ReadRates.Line], _ body: (String) -> String) -> Comparison {
    let own = lines.filter { $0.rate == rate }.map { line in
      (body(line.group),
       RateTally(denominator: line.denominator, numerator: line.numerator, notYetDue: line.notYetDue))
    }
    return Comparison(
      rate, whole: own.reduce(RateTally()) { $0 + $1.1 }, Dictionary(own, uniquingKeysWith: +)
    ) { hits, count in
      RateTally(denominator: count, numerator: hits).interval ?? 0...1
    }
  }

  init(_ comparison: Comparison, _ query: RatePageQuery, isByTown: Bool, problem: PageProblem?,
       _ presenter: Presenter) {
    let words = presenter.words
    let by = isByTown ? ReadRates.Dimension.division : .agency
    tabs = OversightTabs.links(.comparison, words)
    formURL = PageURL.comparison.path
    choices = [
      Choice("rate", words["rate"], none: nil, Rate.allCases.map { .init(value: $0.rawValue, text: words[$0]) },
             comparison.rate.rawValue),
      Choice("by", words["by"], none: nil, [ReadRates.Dimension.agency, .division].map {
        .init(value: $0.rawValue, text: words[$0 == .agency ? "by.agency" : "byTown"])
      }, by.rawValue),
    ]
    from = presenter.date(query.query.from)
    until = presenter.date(query.query.to - .days(1))
    periods = RatePageQuery.periods(
      presenter, of: .comparison, keeping: [("rate", comparison.rate.rawValue), ("by", by.rawValue)])
    title = words[comparison.rate]
    formula = words["formula." + comparison.rate.rawValue]
    bodyTitle = words[isByTown ? "byTown" : "by.agency"]
    let share = comparison.whole.rate.map(presenter.percent) ?? "–"
    whole = words("comparisonWhole", [
      "value": share, "share": "\(comparison.whole.numerator)/\(comparison.whole.denominator)",
    ])
    lines = comparison.lines.map { Self.line($0, comparison, query, isByTown, presenter) }
    note = words("comparisonNote", ["n": String(Comparison.countMin)])
    self.problem = problem
  }

  private static func line(_ line: Comparison.Line, _ comparison: Comparison, _ query: RatePageQuery,
                           _ isByTown: Bool, _ presenter: Presenter) -> Line
  {
    let (words, zone) = (presenter.words, presenter.pack.calendar.zone)
    let own = RatePageQuery(
      from: zone.local(query.query.from).date, until: zone.local(query.query.to).date.adding(days: -1),
      asOf: query.query.asOf, by: isByTown ? nil : .agency, division: isByTown ? line.code : nil, presenter)
    let drawing = line.interval.flatMap { interval in
      line.tally.rate.map {
        Drawing(low: presenter.percent(interval.lowerBound), high: presenter.percent(interval.upperBound),
                value: presenter.percent($0), whole: comparison.whole.rate.map(presenter.percent))
      }
    }
    return Line(
      name: isByTown ? presenter.division(line.code) : presenter.agency(line.code),
      place: line.place.map(String.init) ?? "–", value: line.tally.rate.map(presenter.percent),
      share: "\(line.tally.numerator)/\(line.tally.denominator)",
      interval: line.interval.map { presenter.percent($0.lowerBound) + "–" + presenter.percent($0.upperBound) },
      url: line.tally.denominator == 0
        ? nil : own.casesURL(comparison.rate, .denominator, group: isByTown ? nil : line.code),
      drawing: drawing, standing: words["standing." + line.standing.rawValue], standingCode: line.standing.rawValue,
      isFew: line.standing == .few)
  }
}
