import Domain
import Features
import HTTPTypes
import Testing
import Web

@Suite struct WallPageTests {
  private static func key(_ server: WebTest) async throws -> String {
    try await server.token(.analyst, scopes: [.wallRead])
  }

  private static func cookie(_ key: String) -> [String: String] { ["Cookie": "headwater_wall=\(key)"] }

  @Test func aKeyOpensTheWallAndNothingElse() async throws {
    try await withServer { server in
      let key = try await Self.key(server)
      #expect(try await server.ask(.get, "/wall").headers[.location] == "/wall/key")
      #expect(try await server.post("/wall/key", ["key": "hw_none"]).status == 401)
      let other = try await server.token(.analyst, scopes: [.casesRead])
      #expect(try await server.post("/wall/key", ["key": other]).status == 401)
      let opened = try await server.post("/wall/key", ["key": key])
      #expect(opened.status == 303 && opened.headers[.location] == "/wall")
      let cookie = try #require(opened.headers[values: .setCookie].first { $0.hasPrefix("headwater_wall=") })
      #expect(cookie.contains("Path=/wall") && cookie.contains("HttpOnly"))
      for path in ["/wall", "/wall/part", "/wall/map/x"] {
        #expect(try await server.ask(.get, path, headers: Self.cookie(key)).status == 200, "\(path)")
      }
      for path in ["/", "/board", "/rates", "/oversight", "/cases/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/map/x"] {
        #expect(try await server.ask(.get, path, headers: Self.cookie(key)).status == 303, "\(path)")
      }
      for path in ["/api/v1/cases", "/api/v1/feed", "/api/v1/session"] {
        #expect(try await server.ask(.get, path, headers: Self.cookie(key)).status == 401, "\(path)")
        guard path != "/api/v1/session" else { continue }
        #expect(try await server.ask(.get, path, token: key).status == 403, "\(path)")
      }
    }
  }

  @Test func aWallShowsNothingOfPersonsAndGoesDarkWhenItsKeyIsRevoked() async throws {
    try await withServer { server in
      let desk = try await server.token(.dispatcher)
      let id = try await server.takeDown(PagesTests.report, token: desk)
      let key = try await Self.key(server)
      let page = try await server.ask(.get, "/wall?lang=zh", headers: Self.cookie(key))
      #expect(page.text.contains("装修噪音") && page.text.contains("东镇"))
      for secret in [id, "周一", "555", "电钻", "东苑", "href=\"/cases"] {
        #expect(!page.text.contains(secret), "\(secret)")
      }
      let tokens = Tokens(server.site)
      let token = try #require(try await tokens.list(for: WebTest.system).first { $0.post.role == .analyst })
      #expect(try await server.ask(.delete, "/api/v1/tokens/\(token.id)",
                                   token: try await server.token(.administrator)).status < 300)
      let after = try await server.ask(.get, "/wall/part", headers: Self.cookie(key))
      #expect(after.status == 303 && after.headers[.location] == "/wall/key")
    }
  }

  @Test func whoeverIsSignedInMayLookWithoutAKey() async throws {
    try await withServer { server in
      for language in ["zh", "en"] {
        let page = try await server.ask(
          .get, "/wall?lang=\(language)", token: try await server.token(.supervisor))
        #expect(page.status == 200 && !page.text.contains("{{") && !page.text.contains("Optional("))
      }
      let squad = try await server.token(.squadMember, squad: "east-1")
      #expect(try await server.ask(.get, "/wall", token: squad).headers[.location] == "/wall/key")
    }
  }
}
