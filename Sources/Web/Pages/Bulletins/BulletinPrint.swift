import Domain
import Features

/// A bulletin as sheets of SVG, for the server and the command line.
public struct BulletinPrint: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// - Returns: sheets of A4; `PDFPress` makes one file of them.
  public func sheets(_ period: BulletinPeriod, _ language: Language) async throws -> [[UInt8]] {
    let presenter = Presenter(pack: site.pack, words: Words.of(language), now: site.now())
    let paper = try await paper(period, for: nil, presenter)
    return PaperPrinter.sheets(paper.printed).map { Array(PageTemplates.text("paper", $0).utf8) }
  }

  /// - Parameter reader: whose cases become links; nil for paper.
  func paper(_ period: BulletinPeriod, for reader: Actor?, _ presenter: Presenter) async throws -> BulletinPaper {
    let bulletin = try await MakeBulletin(site)(of: period)
    var then = presenter
    then.now = bulletin.asOf - Span(milliseconds: 1)
    let query = TrendQuery(by: .month, then)
    let read = ReadRates(site)
    let system = Actor(id: "system:bulletin", role: .system, division: site.district)
    var trends: [Rate: [RateTally]] = [:]
    for rate in Rate.allCases {
      trends[rate] = try await read.trend(of: rate, over: query.spans(of: rate), query.filter, for: system)
    }
    let readable = try await readable(bulletin, for: reader)
    return BulletinPaper(bulletin, period, trends: trends, query, readable: readable, presenter)
  }

  private func readable(_ bulletin: Bulletin, for reader: Actor?) async throws -> Set<String> {
    guard let reader else { return [] }
    return Set(try await ListCases(site).named(bulletin.delays.map(\.case).unique, for: reader).map(\.id))
  }
}
