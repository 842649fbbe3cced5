import Domain
import Features

/// The period and the filters of the page of rates, as days of the city; the last day is included.
struct RatePageQuery: Sendable {
  let query: ReadRates.Query
  /// As it was given; empty for now.
  let asOfText: String
  private let items: [(String, String?)]

  /// This month, as of now.
  init(_ presenter: Presenter) {
    let zone = presenter.pack.calendar.zone
    let today = zone.local(presenter.now).date
    self.init(from: Self.month(of: today), until: today, asOf: nil, presenter)
  }

  /// - Throws: ``ProblemKind/parameterInvalid``.
  init(_ query: Query, _ presenter: Presenter) throws {
    let zone = presenter.pack.calendar.zone
    let today = zone.local(presenter.now).date
    func day(_ name: String) throws -> CivilDate? {
      guard let text = query[name], !text.isEmpty else { return nil }
      guard let date = CivilDate(text) else { throw query.invalid(name) }
      return date
    }
    func code(_ name: String) throws -> String? { query[name]?.isEmpty == true ? nil : try query.code(name) }
    let until = try day("until") ?? today
    let from = try day("from") ?? Self.month(of: until)
    guard from <= until else { throw query.invalid("until") }
    let by: ReadRates.Dimension? = query["by"]?.isEmpty == true ? nil : try query.word("by")
    let asOf = query["as-of"]?.isEmpty == true ? nil : try query.instant("as-of", in: zone)
    self.init(from: from, until: until, asOf: asOf, by: by, division: try code("division"),
              agency: try code("agency"), presenter)
  }

  init(from: CivilDate, until: CivilDate, asOf: Instant?, by: ReadRates.Dimension? = nil,
               division: String? = nil, agency: String? = nil, _ presenter: Presenter) {
    let zone = presenter.pack.calendar.zone
    query = ReadRates.Query(
      from: zone.instant(from), to: zone.instant(until.adding(days: 1)), asOf: asOf ?? presenter.now, by: by,
      division: division, agency: agency)
    asOfText = asOf.map { presenter.date($0) } ?? ""
    items = [("from", from.text), ("until", until.text), ("as-of", asOf?.timestamp.text), ("by", by?.rawValue),
             ("division", division), ("agency", agency)]
  }

  private static func month(of date: CivilDate) -> CivilDate { date.adding(days: 1 - date.parts.day) }

  /// The figure's cases, as of the instant that the figure was reckoned at.
  func casesURL(_ rate: Rate, _ part: ReadRates.Part, group: String?) -> String {
    let kept = items.filter { $0.0 != "as-of" } + [("as-of", query.asOf.timestamp.text)]
    return PageURL.rateCases(rate.rawValue).link(kept + [("part", part.rawValue), ("group", group)])
  }

  var ratesURL: String { PageURL.rates.link(items) }

  var csvURL: String {
    let items = [
      ("from", query.from.timestamp.text), ("to", query.to.timestamp.text), ("as-of", query.asOf.timestamp.text),
      ("by", query.by?.rawValue), ("division", query.division), ("agency", query.agency), ("format", "csv"),
    ].compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }
    return "/api/v1/rates?" + items.joined(separator: "&")
  }

  /// What a value of the dimension is called.
  func name(_ group: String, _ presenter: Presenter) -> String {
    guard let dimension = query.by, !group.isEmpty else { return presenter.words["groupNone"] }
    if dimension == .door { return presenter.door(group) }
    if dimension == .division { return presenter.division(group) }
    return presenter.pack.names(dimension, group)?(presenter.language) ?? group
  }

  /// Periods that are asked for most.
  /// - Parameter kept: what else the addresses hold.
  static func periods(_ presenter: Presenter, of page: PageURL = .rates, keeping kept: [(String, String?)] = [])
    -> [Frame.Link]
  {
    let today = presenter.pack.calendar.zone.local(presenter.now).date
    let month = month(of: today)
    let lastMonth = Self.month(of: month.adding(days: -1))
    func link(_ key: String, _ from: CivilDate, _ until: CivilDate) -> Frame.Link {
      Frame.Link(text: presenter.words[key], url: page.link([("from", from.text), ("until", until.text)] + kept),
                 isHere: false)
    }
    return [
      link("last7", today.adding(days: -6), today), link("last30", today.adding(days: -29), today),
      link("thisMonth", month, today), link("lastMonth", lastMonth, month.adding(days: -1)),
    ]
  }
}
