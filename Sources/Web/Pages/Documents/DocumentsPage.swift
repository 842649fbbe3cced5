import Domain
import Features
import Hummingbird

/// The register of numbered documents: one sort and year at a time, the newest first.
struct DocumentsPage: Sendable {
  struct Line: Sendable {
    let url: String
    let number: String
    let date: Presenter.Time
    let sentTo: String
    let caseURL: String
    let kind: String
    let whereabouts: String?
  }

  /// Bulletins have their own page.
  static let sorts = DocumentRules.Sort.allCases.filter { $0 != .bulletin }

  let tabs: [Frame.Link]
  let kinds: [Frame.Link]
  let years: [Frame.Link]
  let lines: [Line]
  let nextURL: String?

  static let routes: [PageRoute] = [
    .get(.documents, .scope(.casesRead)) { call in try await show(call) },
    .get(.document("{id}", version: "{version}"), .scope(.casesRead)) { call in
      guard let version = call.parameters.get("version").flatMap(Int.init) else { throw Problem(.unknownAddress) }
      let found = try await ListDocuments(call.site).one(try call.identifier("id"), version: version, for: call.actor)
      let paper = DocumentPaper(found.entry, found.state, call.presenter)
      return call.page("document", title: paper.title + " " + found.entry.text, here: .oversight, paper)
    },
  ]

  private static func show(_ call: PageCall) async throws -> Response {
    let thisYear = call.site.pack.calendar.zone.local(call.site.now()).date.parts.year
    let sort: DocumentRules.Sort = try call.query.word("sort") ?? .supervision
    let year = try call.query.integer("year", in: 2000...9999) ?? thisYear
    let below = try call.query.integer("below", in: 1...1_000_000_000)
    let actor = try call.actor
    let found = try await ListDocuments(call.site)(sort, year: year, below: below, for: actor)
    let cases = try await ListCases(call.site).named(found.map(\.caseID).unique, for: actor)
    let page = DocumentsPage(sort, year: year, thisYear: thisYear, found,
                             Dictionary(uniqueKeysWithValues: cases.map { ($0.id, $0) }), call.presenter)
    return call.page("documents", title: call.words["oversightDocuments"], here: .oversight, page)
  }

  private init(_ sort: DocumentRules.Sort, year: Int, thisYear: Int, _ found: [ListDocuments.Entry],
               _ cases: [String: CaseSummary], _ presenter: Presenter) {
    let words = presenter.words
    func url(_ sort: DocumentRules.Sort, _ year: Int, below: Int? = nil) -> String {
      PageURL.documents.link([("sort", sort.rawValue), ("year", String(year)), ("below", below.map(String.init))])
    }
    tabs = OversightTabs.links(.documents, words)
    kinds = Self.sorts.map { Frame.Link(text: words[$0], url: url($0, year), isHere: $0 == sort) }
    years = [thisYear, thisYear - 1].map { Frame.Link(text: String($0), url: url(sort, $0), isHere: $0 == year) }
    lines = found.map { entry in
      Line(
        url: PageURL.document(entry.caseID, version: String(entry.version)).path, number: entry.text,
        date: presenter.time(entry.at), sentTo: presenter.agency(entry.agency),
        caseURL: PageURL.oneCase(entry.caseID).path,
        kind: cases[entry.caseID].map { presenter.kind($0.kind) } ?? String(entry.caseID.suffix(6)),
        whereabouts: cases[entry.caseID].map { CaseRow.whereabouts($0.place, $0.division, presenter) })
    }
    nextURL = found.count < ListDocuments.pageSize ? nil : found.last.map { url(sort, year, below: $0.number) }
  }
}
