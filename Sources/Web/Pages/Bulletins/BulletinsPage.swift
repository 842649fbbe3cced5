import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// The bulletins that there are, a month each; and each as a page and as PDF.
struct BulletinsPage: Sendable {
  struct Line: Sendable {
    let url: String
    let title: String
    let number: String?
    let pdfURL: String
    let isDraft: Bool
  }

  let tabs: [Frame.Link]
  let lines: [Line]

  static let routes: [PageRoute] = [
    .get(.bulletins, .scope(.ratesRead)) { call in
      let periods = try await MakeBulletin(call.site).periods()
      return call.page("bulletins", title: call.words["oversightBulletins"], here: .oversight,
                       BulletinsPage(periods, call.presenter))
    },
    .get(.bulletin("{period}"), .scope(.ratesRead)) { call in
      let period = try period(call)
      let paper = try await BulletinPrint(call.site).paper(period, for: try call.actor, call.presenter)
      return call.page("bulletin", title: paper.title, here: .oversight, Sheet(paper: paper, period))
    },
    .get(.bulletinPDF("{period}"), .scope(.ratesRead)) { call in
      let period = try period(call)
      let bytes = try await PDFPress.pdf(try await BulletinPrint(call.site).sheets(period, call.language))
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/pdf", .cacheControl: "no-store", .contentLanguage: call.language.tag,
          .contentDisposition: "inline; filename=\"bulletin-\(period.text)-\(call.language.rawValue).pdf\"",
        ],
        body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    },
  ]

  /// - Throws: ``ProblemKind/unknownAddress`` for what is no month, or one that has not begun.
  private static func period(_ call: PageCall) throws -> BulletinPeriod {
    let today = call.site.pack.calendar.zone.local(call.site.now()).date
    guard let period = call.parameters.get("period").flatMap(BulletinPeriod.init), period.first <= today else {
      throw Problem(.unknownAddress)
    }
    return period
  }

  /// A bulletin, and the ways from it.
  struct Sheet: Sendable {
    let paper: BulletinPaper
    let listURL: String
    let pdfURL: String

    init(paper: BulletinPaper, _ period: BulletinPeriod) {
      self.paper = paper
      listURL = PageURL.bulletins.path
      pdfURL = PageURL.bulletinPDF(period.text).path
    }
  }

  init(_ periods: [BulletinPeriod], _ presenter: Presenter) {
    let now = BulletinPeriod(of: presenter.pack.calendar.zone.local(presenter.now).date)
    tabs = OversightTabs.links(.bulletins, presenter.words)
    lines = periods.map { period in
      Line(url: PageURL.bulletin(period.text).path,
           title: presenter.words("bulletinTitle", BulletinPaper.month(period, presenter.words)),
           number: presenter.pack.documents?.text(.bulletin, year: period.year, number: period.month),
           pdfURL: PageURL.bulletinPDF(period.text).path, isDraft: period == now)
    }
  }
}
