import Domain
import Features
import Hummingbird

/// The editions of the safety index that were made, and where one asks for the next.
struct EditionsPage: Sendable {
  struct Line: Sendable {
    let url: String
    let title: String
    let days: String
    let pdfURL: String
  }

  /// What was asked for last.
  struct Making: Encodable, Sendable {
    let text: String
    let isUnderWay: Bool
    let isBad: Bool
  }

  let tabs: [Frame.Link]
  let lines: [Line]
  let making: Making?
  let makingURL: String
  let scriptURL: String
  let styleURL: String
  /// Nil for those who read only.
  let form: EditionForm?
  let problem: PageProblem?

  /// Those who judge places and bodies by figures, and those who act on it; what is published leaves the house by other
  /// ways.
  static func isFor(_ caller: Caller) -> Bool { ListScenarios.readers.contains(caller.actor.role) }

  static let routes: [PageRoute] = [
    .get(.editions, .signedIn) { call in try await show(call, problem: nil) { call.query[$0] } },
    .post(.editions, .signedIn) { call in
      try admit(call)
      let fields = try await call.form()
      do {
        _ = try await EditionDesk(call.site).ask(try EditionForm.query(fields, call), by: call.actor)
        return call.redirect(PageURL.editions.path)
      } catch {
        let problem = PageProblem(error, call.words)
        guard problem.kind != .internal, problem.kind != .roleForbidden else { throw error }
        return try await show(call, problem: problem) { fields[$0] }
      }
    },
    .get(.editionMaking, .signedIn) { call in
      try admit(call)
      let making = try await EditionDesk(call.site).latest().map { Making($0, call.presenter) }
      return call.json(try SortedJSON.text(making ?? Making(text: "", isUnderWay: false, isBad: false)))
    },
  ]

  /// - Throws: ``ProblemKind/roleForbidden``.
  static func admit(_ call: PageCall) throws {
    guard isFor(try call.signedIn) else { throw Problem(.roleForbidden) }
  }

  private static func show(_ call: PageCall, problem: PageProblem?, given: (String) -> String?) async throws
    -> Response
  {
    try admit(call)
    let lines = try await EditionStore(call.site).list().map { Line($0, call.presenter) }
    let making = try await EditionDesk(call.site).latest().map { Making($0, call.presenter) }
    let actor = try call.actor
    let page = EditionsPage(
      tabs: IndexTabs.links(.editions, call.words), lines: lines, making: making,
      makingURL: PageURL.editionMaking.path, scriptURL: PageAssets.link("editions.js"),
      styleURL: PageAssets.link("edition.css"),
      form: EditionDesk.roles.contains(actor.role) ? EditionForm(actor, call.presenter, given: given) : nil,
      problem: problem)
    return call.page("editions", title: call.words["editions"], here: .editions,
                     status: problem.map { .init(code: $0.kind.status) } ?? .ok, page)
  }
}

extension EditionsPage.Line {
  init(_ line: EditionStore.Line, _ presenter: Presenter) {
    let (number, words) = (String(line.number), presenter.words)
    let area = presenter.pack.division(line.area)?.names(presenter.language) ?? line.area
    url = PageURL.edition(number).path
    pdfURL = PageURL.editionPDF(number).path
    title = words("editionNumber", ["n": number]) + " · " + words("editionTitle", ["area": area])
    days = line.days.lowerBound + " – " + line.days.upperBound + " · " + words["editionAgainst." + line.comparison]
  }
}

extension EditionsPage.Making {
  init(_ making: EditionMaking, _ presenter: Presenter) {
    let (words, query) = (presenter.words, making.query)
    let about = [
      "from": query.days.lowerBound.text, "to": query.days.upperBound.text,
      "area": query.division.map(presenter.division) ?? presenter.pack.names(presenter.language),
    ]
    isUnderWay = making.isUnderWay
    switch making.state {
    case .waiting:
      text = words("makingWaiting", about)
      isBad = false
    case .begun(let at):
      let seconds = max(0, (presenter.now - at).milliseconds / 1_000)
      let values = ["at": presenter.shortTime(at).text, "seconds": String(seconds)]
      text = words("makingBegun", about.merging(values) { $1 })
      isBad = false
    case .made(let number):
      let values = ["n": String(number), "at": presenter.shortTime(making.endedAt ?? making.askedAt).text]
      text = words("makingMade", about.merging(values) { $1 })
      isBad = false
    case .failed(let failure):
      text = words("makingFailed", about) + words["makingFailed." + failure.rawValue]
      isBad = true
    }
  }
}
