import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

@Suite struct EditionPageTests {
  private func made(of site: Installation, _ given: EditionQuery? = nil) async throws -> Edition {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("edition-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await MakeEdition(site, incidents: IncidentStore(site, folder: folder))(given ?? query())
  }

  private func query() throws -> EditionQuery {
    let first = try #require(CivilDate("2026-01-01"))
    return try #require(EditionQuery(from: first, to: first.adding(days: 30), comparison: .periodBefore))
  }

  @Test(arguments: [Language.zh, .en])
  func anEditionIsAPageAPDFAndData(_ language: Language) async throws {
    try await withServer { server in
      let reader = try await server.token(.analyst)
      #expect(try await server.ask(.get, "/index", token: reader).status == 200)
      let edition = try await made(of: server.site)
      #expect(try await made(of: server.site).number == edition.number, "the same is made once")
      let path = "/index/\(edition.number)"
      let page = try await server.ask(.get, "\(path)?lang=\(language.rawValue)", token: reader)
      #expect(page.status == 200 && page.text.contains(language == .zh ? "平安指数" : "Safety index of"))
      #expect(!page.text.contains("style=\""), "styles stand in the style sheet")
      #expect(try await server.ask(.get, "/index", token: reader).links.contains(path))
      let file = try await server.ask(.get, "\(path)/pdf?lang=\(language.rawValue)", token: reader)
      #expect(file.status == 200 && file.body.starts(with: Array("%PDF".utf8)))
      let table = try await server.ask(.get, "\(path)/files/parts.csv", token: reader)
      #expect(table.status == 200 && table.text.hasPrefix("list,code,zh,en,now"))
      for wrong in ["/index/99", "/index/x", "\(path)/files/other.csv"] {
        #expect(try await server.ask(.get, wrong, token: reader).status == 404)
      }
    }
  }

  @Test func onlyThoseWhoJudgeByFiguresSeeThem() async throws {
    try await withServer { server in
      for role in [Role.supervisor, .analyst, .administrator] {
        let token = try await server.token(role)
        #expect(try await server.ask(.get, "/index", token: token).status == 200)
      }
      let token = try await server.token(.operator)
      #expect(try await server.ask(.get, "/index", token: token).status == 403)
    }
  }

  /// Files that anyone can host: whatever they ask for lies beside them, and nothing runs.
  @Test func filesAskForNothingElsewhere() async throws {
    try await withServer { server in
      let edition = try await made(of: server.site)
      let files = try EditionPrint(edition, pack: server.site.pack, decoration: .none).files()
      for name in ["index.html", "index.en.html"] {
        let text = String(decoding: try #require(files[name]), as: UTF8.self)
        #expect(!text.contains("<script") && !text.contains("{{") && !text.contains("style=\""))
        let links = text.components(separatedBy: "href=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(links.contains("edition.json") && links.contains("edition.css"))
        for link in links where link != "data:," && link != "#ground" {
          #expect(files[String(link)] != nil, "\(name) leads to \(link)")
        }
      }
    }
  }
}
