import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// The editions of the safety index that were made; and each as a page, as PDF and as data.
struct EditionsPage: Sendable {
  struct Line: Sendable {
    let url: String
    let title: String
    let days: String
    let pdfURL: String
  }

  struct Sheet: Sendable {
    let paper: EditionPaper
    let listURL: String
    let pdfURL: String
    let styleURL: String
    let files: [Frame.Link]
  }

  let lines: [Line]

  /// Those who judge places and bodies by figures; what is published leaves the house by other ways.
  static func isFor(_ caller: Caller) -> Bool {
    [.supervisor, .analyst, .administrator].contains(caller.actor.role)
  }

  static func routes(_ parts: WebParts) -> [PageRoute] {
    [
      .get(.editions, .signedIn) { call in
        try admit(call)
        let lines = try await EditionStore(call.site).list().map { line in
          let number = String(line.number)
          return Line(url: PageURL.edition(number).path, title: title(line, call.presenter),
                      days: line.days.lowerBound + " – " + line.days.upperBound,
                      pdfURL: PageURL.editionPDF(number).path)
        }
        return call.page("editions", title: call.words["editions"], here: .editions, EditionsPage(lines: lines))
      },
      .get(.edition("{number}"), .signedIn) { call in
        let edition = try await edition(call)
        let number = String(edition.number)
        let paper = EditionPaper(edition, pack: call.site.pack, decoration: parts.settings.mapDecoration, call.words)
        let files = try edition.dataFiles(call.site.pack).keys.sorted().map {
          Frame.Link(text: $0, url: PageURL.editionFile(number, name: $0).path, isHere: false)
        }
        return call.page("edition", title: paper.title, here: .editions, Sheet(
          paper: paper, listURL: PageURL.editions.path, pdfURL: PageURL.editionPDF(number).path,
          styleURL: PageAssets.link("edition.css"), files: files))
      },
      .get(.editionPDF("{number}"), .signedIn) { call in
        let edition = try await edition(call)
        let print = EditionPrint(edition, pack: call.site.pack, decoration: parts.settings.mapDecoration)
        let name = "index-\(edition.number)-\(call.language.rawValue).pdf"
        let bytes = try await PDFPress.pdf(print.sheets(call.language), dated: print.secondsMade)
        return file(bytes, "application/pdf", name)
      },
      .get(.editionFile("{number}", name: "{name}"), .signedIn) { call in
        let files = try await edition(call).dataFiles(call.site.pack)
        guard let name = call.parameters.get("name"), let bytes = files[name] else { throw Problem(.unknownAddress) }
        let type = name.hasSuffix(".csv") ? "text/csv; charset=utf-8" : "application/json"
        return file(bytes, type, name)
      },
    ]
  }

  private static func title(_ line: EditionStore.Line, _ presenter: Presenter) -> String {
    let area = presenter.pack.division(line.area)?.names(presenter.language) ?? line.area
    return presenter.words("editionNumber", ["n": String(line.number)]) + " · "
      + presenter.words("editionTitle", ["area": area])
  }

  private static func admit(_ call: PageCall) throws {
    guard isFor(try call.signedIn) else { throw Problem(.roleForbidden) }
  }

  /// - Throws: ``ProblemKind/unknownAddress`` where there is none of that number.
  private static func edition(_ call: PageCall) async throws -> Edition {
    try admit(call)
    guard let number = call.parameters.get("number").flatMap({ Int($0) }),
      let edition = try await EditionStore(call.site).edition(number)
    else { throw Problem(.unknownAddress) }
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
