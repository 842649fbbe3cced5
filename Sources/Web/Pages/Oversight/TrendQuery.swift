import Domain
import Features

/// What the page of trends was asked for: weeks or months, of what part of the district.
struct TrendQuery: Sendable {
  static let spansMax = 12

  let unit: TrendUnit
  /// Division and agency; the rest of it does not count.
  let filter: ReadRates.Query
  let labels: [String]
  let choices: [Choice]
  private let days: [CivilDate]
  private let starts: [Instant]
  private let now: Instant
  private let window: Span

  init(_ presenter: Presenter) { self.init(by: .week, presenter) }

  /// - Throws: ``ProblemKind/parameterInvalid``.
  init(_ query: Query, _ presenter: Presenter) throws {
    func code(_ name: String) throws -> String? { query[name]?.isEmpty == true ? nil : try query.code(name) }
    self.init(by: try query.word("span") ?? .week, division: try code("division"), agency: try code("agency"),
              presenter)
  }

  init(by unit: TrendUnit, division: String? = nil, agency: String? = nil, _ presenter: Presenter) {
    let (words, zone) = (presenter.words, presenter.pack.calendar.zone)
    self.unit = unit
    now = presenter.now
    window = presenter.pack.windows.returnFlow
    days = unit.starts(Self.spansMax, until: zone.local(presenter.now).date)
    starts = days.map { zone.instant($0) }
    labels = days.dropLast().map { String(unit == .week ? $0.text.dropFirst(5) : $0.text.prefix(7)) }
    filter = ReadRates.Query(from: starts[0], to: starts[Self.spansMax], asOf: presenter.now, division: division,
                             agency: agency)
    choices = [
      Choice("span", words["trendSpan"], none: nil, TrendUnit.allCases.map {
        .init(value: $0.rawValue, text: words["span." + $0.rawValue])
      }, unit.rawValue),
      Choice("division", words["division"], none: words["allDivisions"], Choices.divisions(presenter), division),
      Choice("agency", words["agency"], none: words["allAgencies"], Choices.agencies(presenter), agency),
    ]
  }

  /// Each is reckoned as of its end. What comes back is known only when its window has ended, so return-flow is
  /// reckoned as of that much later: else no span would ever have a value.
  func spans(of rate: Rate) -> [ReadRates.Span] {
    starts.indices.dropLast().map { index in
      .init(from: starts[index], to: starts[index + 1], asOf: min(now, ripe(starts[index + 1], rate)))
    }
  }

  /// Whether more may become known of a span.
  func isOpen(_ span: ReadRates.Span, of rate: Rate) -> Bool { ripe(span.to, rate) > now }

  private func ripe(_ end: Instant, _ rate: Rate) -> Instant { rate == .returnFlow ? end + window : end }

  /// The cases that a point counts, as of the instant that it was reckoned at.
  func casesURL(_ rate: Rate, _ span: ReadRates.Span, _ presenter: Presenter) -> String {
    let zone = presenter.pack.calendar.zone
    return RatePageQuery(
      from: zone.local(span.from).date, until: zone.local(span.to).date.adding(days: -1), asOf: span.asOf,
      division: filter.division, agency: filter.agency, presenter
    ).casesURL(rate, .denominator, group: nil)
  }
}
