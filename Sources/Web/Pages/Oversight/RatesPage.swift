import Domain
import Features
import HTTPTypes
import Hummingbird

/// The six rates and the repeat-report rate of a period; every figure opens into its cases.
struct RatesPage: Sendable {
  struct Figure: Sendable {
    let count: String
    let url: String?
  }

  struct Line: Sendable {
    let name: String
    let formula: String
    let value: String?
    /// Per mille of the width of a bar, for the value and its interval.
    let bar: Bar?
    let interval: String?
    let numerator: Figure
    let denominator: Figure
    let notYetDue: Figure
  }

  struct Bar: Sendable {
    let value: Int
    let low: Int
    let width: Int
  }

  struct GroupRow: Sendable {
    let name: String
    let cells: [Cell]
  }

  struct Cell: Sendable {
    let rate: String
    let value: String?
    let share: String?
    let url: String?
  }

  let formURL: String
  let from: String
  let until: String
  let asOf: String
  let asOfText: Presenter.Time
  let choices: [Choice]
  let lines: [Line]
  let heads: [String]
  let groups: [GroupRow]
  let groupsTitle: String?
  let csvURL: String
  let periods: [Frame.Link]
  let problem: PageProblem?

  static let routes: [PageRoute] = [
    .get(.rates, .scope(.ratesRead)) { call in try await show(call) },
    .get(.rateCases("{rate}"), .scope(.ratesRead)) { call in try await RateCasesPage.show(call) },
  ]

  private static func show(_ call: PageCall) async throws -> Response {
    var problem: PageProblem?
    var query = RatePageQuery(call.presenter)
    do { query = try RatePageQuery(call.query, call.presenter) } catch { problem = PageProblem(error, call.words) }
    let read = ReadRates(call.site)
    let actor = try call.actor
    var whole = query.query
    whole.by = nil
    let lines = try await read(whole, for: actor)
    let groups = query.query.by == nil ? [] : try await read(query.query, for: actor)
    let page = RatesPage(query, lines: lines, groups: groups, problem: problem, call.presenter)
    return call.page("rates", title: call.words["navRates"], here: .rates, status: problem == nil ? .ok : .badRequest,
                     page)
  }

  init(_ query: RatePageQuery, lines: [ReadRates.Line], groups: [ReadRates.Line], problem: PageProblem?,
       _ presenter: Presenter) {
    let words = presenter.words
    formURL = PageURL.rates.path
    from = presenter.date(query.query.from)
    until = presenter.date(query.query.to - .days(1))
    asOf = query.asOfText
    asOfText = presenter.time(query.query.asOf)
    choices = [
      Choice("by", words["by"], none: words["byNothing"], ReadRates.Dimension.allCases.map {
        .init(value: $0.rawValue, text: words[$0])
      }, query.query.by?.rawValue),
      Choice("division", words["division"], none: words["allDivisions"], Choices.divisions(presenter),
             query.query.division),
      Choice("agency", words["agency"], none: words["allAgencies"], Choices.agencies(presenter), query.query.agency),
    ]
    let known = Dictionary(uniqueKeysWithValues: lines.map { ($0.rate, $0) })
    self.lines = Rate.allCases.map { Self.line($0, known[$0], query, presenter) }
    heads = groups.isEmpty ? [] : Rate.allCases.map { words[$0] }
    self.groups = Self.groups(groups, query, presenter)
    groupsTitle = query.query.by.map { words[$0] }
    csvURL = query.csvURL
    periods = RatePageQuery.periods(presenter)
    self.problem = problem
  }

  private static func line(_ rate: Rate, _ line: ReadRates.Line?, _ query: RatePageQuery, _ presenter: Presenter)
    -> Line
  {
    func figure(_ count: Int, _ part: ReadRates.Part) -> Figure {
      Figure(count: String(count), url: count == 0 ? nil : query.casesURL(rate, part, group: nil))
    }
    func perMille(_ share: Double) -> Int { Int((share * 1_000).rounded()) }
    let interval = line?.interval
    let bar = line?.value.flatMap { value in
      interval.map { Bar(value: perMille(value), low: perMille($0.lowerBound),
                         width: max(4, perMille($0.upperBound) - perMille($0.lowerBound))) }
    }
    return Line(
      name: presenter.words[rate], formula: presenter.words["formula." + rate.rawValue],
      value: line?.value.map(presenter.percent), bar: bar,
      interval: interval.map { presenter.percent($0.lowerBound) + "–" + presenter.percent($0.upperBound) },
      numerator: figure(line?.numerator ?? 0, .numerator), denominator: figure(line?.denominator ?? 0, .denominator),
      notYetDue: figure(line?.notYetDue ?? 0, .notYetDue))
  }

  /// A row for each value of the dimension, a cell for each rate.
  private static func groups(_ lines: [ReadRates.Line], _ query: RatePageQuery, _ presenter: Presenter) -> [GroupRow] {
    let byGroup = Dictionary(grouping: lines, by: \.group)
    return byGroup.sorted { $0.key < $1.key }.map { group, lines in
      let known = Dictionary(uniqueKeysWithValues: lines.map { ($0.rate, $0) })
      return GroupRow(name: query.name(group, presenter), cells: Rate.allCases.map { rate in
        let line = known[rate]
        return Cell(
          rate: presenter.words[rate], value: line?.value.map(presenter.percent),
          share: line.flatMap { $0.denominator == 0 ? nil : "\($0.numerator)/\($0.denominator)" },
          url: line.flatMap { $0.denominator == 0 ? nil : query.casesURL(rate, .denominator, group: group) })
      })
    }
  }
}
