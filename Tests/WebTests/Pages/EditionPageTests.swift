import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

@Suite struct EditionPageTests {
  @Test(arguments: [Language.zh, .en])
  func anEditionIsAPageAPDFAndData(_ language: Language) async throws {
    try await withServer { server in
      let reader = try await server.token(.analyst)
      #expect(try await server.ask(.get, "/index", token: reader).status == 200)
      let edition = try await EveningNoise.made(of: server.site)
      #expect(try await EveningNoise.made(of: server.site).number == edition.number, "the same is made once")
      let path = "/index/\(edition.number)"
      let page = try await server.ask(.get, "\(path)?lang=\(language.rawValue)", token: reader)
      #expect(page.status == 200 && page.text.contains(language == .zh ? "平安指数" : "Safety index of"))
      #expect(!page.text.contains("style=\""), "styles stand in the style sheet")
      #expect(try await server.ask(.get, "/index", token: reader).links.contains(path))
      let file = try await server.ask(.get, "\(path)/pdf?lang=\(language.rawValue)", token: reader)
      #expect(file.status == 200 && file.body.starts(with: Array("%PDF".utf8)))
      let all = try await server.ask(.get, "\(path)/files.zip", token: reader)
      #expect(all.status == 200 && all.body.starts(with: Array("PK".utf8)))
      for name in ["index.html", "parts.csv", "edition.json", "edition.en.pdf"] {
        #expect(String(decoding: all.body, as: UTF8.self).contains(name), "\(name)")
      }
      #expect(try await server.ask(.get, "\(path)/files.zip", token: reader).body == all.body, "the same bytes")
      let table = try await server.ask(.get, "\(path)/files/parts.csv", token: reader)
      #expect(table.status == 200 && table.text.hasPrefix("list,code,zh,en,now"))
      for wrong in ["/index/99", "/index/x", "\(path)/files/other.csv"] {
        #expect(try await server.ask(.get, wrong, token: reader).status == 404)
      }
    }
  }

  @Test func onlyThoseWhoJudgeByFiguresSeeThem() async throws {
    try await withServer { server in
      for role in [Role.supervisor, .coordinator, .analyst, .administrator] {
        let token = try await server.token(role)
        #expect(try await server.ask(.get, "/index", token: token).status == 200)
      }
      let token = try await server.token(.operator)
      #expect(try await server.ask(.get, "/index", token: token).status == 403)
    }
  }

  // MARK: - The desk

  private static let asked = ["from": "2025-12-01", "to": "2025-12-31", "compare": "period-before"]

  @Test func anEditionIsAskedForWatchedAndRead() async throws {
    try await withServer { server in
      let reader = try await server.token(.analyst)
      let form = try await server.ask(.get, "/index?lang=en", token: reader)
      #expect(form.text.contains("value=\"2025-07-01\"") && form.text.contains("value=\"2025-12-31\""))
      #expect(!form.text.contains("id=\"making\""))
      let asked = try await server.post("/index", Self.asked, token: reader)
      #expect(asked.status == 303 && asked.headers[.location] == "/index")
      let waiting = try await server.ask(.get, "/index?lang=en", token: reader)
      #expect(waiting.text.contains("data-part=\"/index/making\"") && waiting.text.contains("2025-12-01"))
      #expect(try await server.ask(.get, "/index/making", token: reader).member("isUnderWay") as? Bool == true)
      let other = Self.asked.merging(["from": "2025-11-01"]) { $1 }
      #expect(try await server.post("/index", other, token: reader).status == 409)
      #expect(try await server.post("/index", Self.asked, token: reader).status == 303, "the same is under way")
      try await server.workOffEditions()
      #expect(try await server.ask(.get, "/index/making", token: reader).member("isUnderWay") as? Bool == false)
      let made = try await server.ask(.get, "/index?lang=en", token: reader)
      #expect(made.links.contains("/index/1") && made.text.contains("No. 1 ("))
    }
  }

  @Test func whatIsAskedForWronglyIsSaidAndTheFormKept() async throws {
    try await withServer { server in
      let reader = try await server.token(.analyst)
      let east = try await server.token(.supervisor, division: SmallCity.east)
      for (changes, status, says) in [
        (["from": "2026-01-01"], 422, "before the first"), (["to": "2026-01-15"], 422, "yesterday is the latest"),
        (["from": "2023-01-01"], 422, "A year at most"), (["from": "2025-13-01"], 422, "not usable"),
        (["to": ""], 422, "missing"), (["compare": "x"], 422, "not usable"),
        (["from": "2024-12-01", "compare": "last-year"], 422, "A year at most"),
      ] {
        let fields = Self.asked.merging(changes) { $1 }
        let answer = try await server.post("/index?lang=en", fields, token: reader)
        #expect(answer.status == status && answer.text.lowercased().contains(says.lowercased()), "\(changes)")
        #expect(answer.text.contains("value=\"\(fields["from"] ?? "")\""), "\(changes)")
      }
      #expect(try await server.post("/index", Self.asked.merging(["division": SmallCity.west]) { $1 }, token: east)
        .status == 403)
      #expect(try await server.post("/index", Self.asked, token: try await server.token(.operator)).status == 403)
      #expect(try await server.rows("index_makings") == 0)
      #expect(try await server.post("/index", Self.asked, token: east).status == 303, "its own division unless told")
      #expect(try await EditionDesk(server.site).latest()?.query.division == SmallCity.east)
    }
  }

  @Test func aProgramAsksForAnEdition() async throws {
    try await withServer { server in
      let reader = try await server.token(.analyst)
      let path = "/api/v1/editions"
      let body = #"{"from":"2025-12-01","to":"2025-12-31","compare":"period-before"}"#
      let asked = try await server.ask(.post, path, token: reader, json: body)
      #expect(asked.status == 202)
      #expect(try asked.text("state") == "waiting")
      try await server.workOffEditions()
      let list = try await server.ask(.get, path, token: reader)
      #expect(try list.text("making.state") == "made" && list.number("editions.0.number") == 1)
      #expect(try await server.ask(.get, path + "/1", token: reader).text("period.from") == "2025-12-01")
      #expect(try await server.ask(.get, path + "/2", token: reader).problem == "unknown-edition")
      for (bad, problem) in [
        (#"{"from":"2025-12-31","to":"2025-12-01"}"#, "period-unusable"),
        (#"{"from":"x","to":"2025-12-01"}"#, "field-invalid"), (#"{"from":"2025-12-01"}"#, "field-missing"),
        (#"{"from":"2025-12-01","to":"2025-12-31","division":"1"}"#, "not-allowed-there"),
      ] {
        #expect(try await server.ask(.post, path, token: reader, json: bad).problem == problem)
      }
    }
  }

  /// Files that anyone can host: whatever they ask for lies beside them, and nothing runs.
  @Test func filesAskForNothingElsewhere() async throws {
    try await withServer { server in
      let edition = try await EveningNoise.made(of: server.site)
      let files = try EditionPrint(edition, pack: server.site.pack, decoration: .none).files()
      for name in ["index.html", "index.en.html"] {
        let text = String(decoding: try #require(files[name]), as: UTF8.self)
        #expect(!text.contains("<script") && !text.contains("{{") && !text.contains("style=\""))
        let links = text.components(separatedBy: "href=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(links.contains("edition.json") && links.contains("edition.css"))
        for link in links where link != "data:," && !link.hasPrefix("#") {
          #expect(files[String(link)] != nil, "\(name) leads to \(link)")
        }
      }
    }
  }
}
