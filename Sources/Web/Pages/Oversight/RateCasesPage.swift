import Domain
import Features
import Hummingbird

/// The cases behind one figure.
struct RateCasesPage: Sendable {
  let title: String
  let formula: String
  let part: String
  let period: String
  let ratesURL: String
  let rows: [CaseRow]
  let hidden: String?
  let nextURL: String?

  private static let pageSize = 50

  static func show(_ call: PageCall) async throws -> Response {
    guard let rate = call.parameters.get("rate", as: Rate.self) else { throw Problem(.unknownAddress) }
    let query = try RatePageQuery(call.query, call.presenter)
    let part: ReadRates.Part = try call.query.word("part") ?? .denominator
    let after = call.query["after"] ?? ""
    guard after.isEmpty || Call.isIdentifier(after) else { throw call.query.invalid("after") }
    let group = call.query["group"]
    let found = try await ReadRates(call.site).cases(
      behind: rate, part, query.query, group: group, for: call.actor, after: after, limit: pageSize)
    let cases = try await ListCases(call.site).named(found, for: call.actor)
    let next = found.count < pageSize ? nil : found.last.map { last in
      query.casesURL(rate, part, group: group) + "&after=" + last
    }
    let page = RateCasesPage(rate, part, group, query, cases: cases, found: found.count, next: next, call.presenter)
    return call.page("ratecases", title: page.title, here: .rates, page)
  }

  init(_ rate: Rate, _ part: ReadRates.Part, _ group: String?, _ query: RatePageQuery, cases: [CaseSummary],
       found: Int, next: String?, _ presenter: Presenter) {
    let words = presenter.words
    title = words[rate]
    formula = words["formula." + rate.rawValue]
    self.part = words["part." + part.rawValue]
    let days = presenter.date(query.query.from) + " – " + presenter.date(query.query.to - .days(1))
    period = ([days] + (group.map { [query.name($0, presenter)] } ?? [])).joined(separator: " · ")
    ratesURL = query.ratesURL
    rows = cases.map { CaseRow($0, presenter) }
    hidden = found > cases.count ? words("hiddenCases", ["n": String(found - cases.count)]) : nil
    nextURL = next
  }
}
