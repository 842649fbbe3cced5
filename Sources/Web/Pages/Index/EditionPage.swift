import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// One edition of the safety index: as a page, as PDF and as data.
struct EditionPage: Sendable {
  let paper: EditionPaper
  let listURL: String
  let pdfURL: String
  let archiveURL: String
  let styleURL: String
  let files: [Frame.Link]
  /// What it suggests, as it stands decided now.
  let cards: [ScenarioCard]
  let undecided: String
  let hasCards: Bool

  static func routes(_ parts: WebParts) -> [PageRoute] {
    [
      .get(.edition("{number}"), .signedIn) { call in
        try await show(try await edition(call), call)
      },
      .get(.editionPDF("{number}"), .signedIn) { call in
        let edition = try await edition(call)
        let print = EditionPrint(edition, pack: call.site.pack, decoration: parts.settings.mapDecoration)
        let name = "index-\(edition.number)-\(call.language.rawValue).pdf"
        return file(try await print.pdf(call.language), "application/pdf", name)
      },
      .get(.editionArchive("{number}"), .signedIn) { call in
        let edition = try await edition(call)
        let print = EditionPrint(edition, pack: call.site.pack, decoration: parts.settings.mapDecoration)
        return file(try await print.archive(), "application/zip", "index-\(edition.number).zip")
      },
      .get(.editionFile("{number}", name: "{name}"), .signedIn) { call in
        let writers = try await edition(call).dataWriters(call.site.pack)
        guard let name = call.parameters.get("name"), let write = writers[name] else { throw Problem(.unknownAddress) }
        let type = name.hasSuffix(".csv") ? "text/csv; charset=utf-8" : "application/json"
        return file(try write(), type, name)
      },
    ]
  }

  private static func show(_ edition: Edition, _ call: PageCall) async throws -> Response {
    let number = String(edition.number)
    let paper = EditionPaper(edition, pack: call.site.pack, decoration: call.parts.settings.mapDecoration, call.words)
    let files = edition.dataWriters(call.site.pack).keys.sorted().map {
      Frame.Link(text: $0, url: PageURL.editionFile(number, name: $0).path, isHere: false)
    }
    let decided = try await ListScenarios(call.site).standing()
    let cards = try edition.scenarios.map { suggested in
      let (scenario, standing) = (suggested.scenario, decided[suggested.scenario.id])
      let forms = try ScenarioForm.all(scenario, edition: edition.number, standing?.verdict, origin: "edition", call)
      let akin = decided.values.filter { $0.scenario.isAkin(to: scenario) }.sorted { $0.id < $1.id }
      return ScenarioCard(scenario, evidence: suggested.evidence(of: edition), standing, akin: akin, forms: forms,
                          call.presenter)
    }
    let undecided = edition.scenarios.filter { decided[$0.scenario.id] == nil }.count
    return call.page("edition", title: paper.title, here: .editions, EditionPage(
      paper: paper, listURL: PageURL.editions.path, pdfURL: PageURL.editionPDF(number).path,
      archiveURL: PageURL.editionArchive(number).path, styleURL: PageAssets.link("edition.css"), files: files,
      cards: cards,
      undecided: call.words("scenariosUndecided", ["n": String(cards.count), "open": String(undecided)]),
      hasCards: !cards.isEmpty))
  }

  /// - Throws: ``ProblemKind/unknownEdition`` where there is none of that number.
  private static func edition(_ call: PageCall) async throws -> Edition {
    try EditionsPage.admit(call)
    guard let number = call.parameters.get("number").flatMap({ Int($0) }),
      let edition = try await EditionStore(call.site).edition(number)
    else { throw Problem(.unknownEdition) }
    return edition
  }

  private static func file(_ bytes: [UInt8], _ type: String, _ name: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: type, .cacheControl: "no-store", .contentDisposition: "inline; filename=\"\(name)\"",
      ],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
