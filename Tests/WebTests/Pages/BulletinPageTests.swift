import Domain
import Features
import HTTPTypes
import Testing
import Web

@Suite struct BulletinPageTests {
  @Test(arguments: [Language.zh, .en])
  func aBulletinIsAPageAndPDF(_ language: Language) async throws {
    try await withServer { server in
      let reader = try await server.token(.supervisor)
      _ = try await server.takeDown(PagesTests.report, token: try await server.token(.operator))
      let page = try await server.ask(.get, "/bulletins/2026-01?lang=\(language.rawValue)", token: reader)
      #expect(page.text.contains("小通〔2026〕1号"))
      #expect(page.text.contains(language == .zh ? "各有关单位" : "To all bodies concerned"))
      let file = try await server.ask(.get, "/bulletins/2026-01/pdf?lang=\(language.rawValue)", token: reader)
      #expect(file.status == 200 && file.headers[.contentType] == "application/pdf")
      #expect(file.body.starts(with: Array("%PDF".utf8)))
      for wrong in ["/bulletins/2026-13", "/bulletins/2099-01", "/bulletins/2099-01/pdf"] {
        #expect(try await server.ask(.get, wrong, token: reader).status == 404)
      }
      let squad = try await server.token(.squadMember, squad: "east-1")
      #expect(try await server.ask(.get, "/bulletins/2026-01", token: squad).status == 403)
    }
  }

  @Test func aSheetHasItsTextAsText() async throws {
    try await withServer { server in
      let period = try #require(BulletinPeriod("2026-01"))
      let sheets = try await BulletinPrint(server.site).sheets(period, .zh).map { String(decoding: $0, as: UTF8.self) }
      #expect(sheets.first?.contains("关于 2026 年 1 月群众诉求办理情况的通报") == true)
      #expect(sheets.last?.contains("— \(sheets.count) —") == true)
      #expect(sheets.allSatisfy { !$0.contains("{{") && !$0.contains("href") })
    }
  }
}
