import Domain
import Features
import HTTPTypes
import Testing
import Web

@Suite struct AdministrationPagesTests {
  private static let pages = ["people", "roles", "inboxes", "installation"].map { "/administration/" + $0 }
  private static let li = ["name": "li", "password": "a long enough sentence", "role": "operator"]

  @Test(arguments: ["zh", "en"])
  func everyPageStandsForAdministratorsAlone(_ language: String) async throws {
    try await withServer { server in
      let administrator = try await server.token(.administrator)
      for path in Self.pages {
        let page = try await server.ask(.get, "\(path)?lang=\(language)", token: administrator)
        #expect(page.status == 200, "\(path)")
        #expect(!page.text.contains("{{") && !page.text.contains("Optional("), "\(path)")
        for role in [Role.supervisor, .operator, .analyst] {
          #expect(try await server.ask(.get, path, token: try await server.token(role)).status == 403)
        }
      }
    }
  }

  @Test func anAccountIsMadeMovedLockedAndGivenAPassword() async throws {
    try await withServer { server in
      let administrator = try await server.token(.administrator)
      let made = try await server.post("/administration/people", Self.li, token: administrator)
      #expect(made.status == 303)
      let list = try await server.ask(.get, "/administration/people?lang=zh", token: administrator)
      let url = try #require(list.links.first { $0.hasPrefix("/administration/people/") })
      #expect(list.text.contains("接线员"))
      let moved = ["role": "agency", "agency": "town-east"]
      #expect(try await server.post(url + "/post", moved, token: administrator).status == 303)
      #expect(try await server.ask(.get, url + "?lang=zh", token: administrator).text.contains("承办单位 · 东镇"))
      let inboxes = try await server.ask(.get, "/administration/inboxes?lang=zh", token: administrator)
      #expect(inboxes.text.contains("有人值守") && inboxes.text.contains("无人可登录"))

      func signIn(_ password: String) async throws -> Int {
        try await server.post("/sign-in", ["name": "li", "password": password]).status
      }
      #expect(try await signIn("a long enough sentence") == 303)
      let another = ["password": "another long sentence"]
      #expect(try await server.post(url + "/password", another, token: administrator).status == 303)
      #expect(try await signIn("a long enough sentence") == 401)
      #expect(try await server.post(url + "/suspension", [:], token: administrator).status == 303)
      #expect(try await signIn("another long sentence") == 403)
      #expect(try await server.post(url + "/restoration", [:], token: administrator).status == 303)
      #expect(try await signIn("another long sentence") == 303)
      #expect(try await server.post(url + "/sessions", [:], token: administrator).status == 303)
    }
  }

  @Test func whatIsWrongIsSaidInItsForm() async throws {
    try await withServer { server in
      let administrator = try await server.token(.administrator)
      let short = try await server.post(
        "/administration/people?lang=zh", Self.li.merging(["password": "short"]) { $1 }, token: administrator)
      #expect(short.status == 422 && short.text.contains("role=\"alert\"") && short.text.contains("value=\"li\""))
      #expect(!short.text.contains("short"), "a password is never shown again")
      let none = try await server.post(
        "/administration/people", Self.li.merging(["role": "agency"]) { $1 }, token: administrator)
      #expect(none.status == 422)
      let east = try await server.token(.administrator, division: SmallCity.east)
      #expect(try await server.post("/administration/people", Self.li, token: east).status == 403)
      #expect(try await server.post("/administration/people", Self.li, token: administrator).status == 303)
      #expect(try await server.post("/administration/people", Self.li, token: administrator).status == 409)
      let list = try await server.ask(.get, "/administration/people", token: administrator)
      let url = try #require(list.links.first { $0.hasPrefix("/administration/people/") })
      #expect(try await server.ask(.get, url, token: east).status == 404, "it is not theirs to know")
      let wrong = try await server.post(url + "/post?lang=en", ["role": "squad-member"], token: administrator)
      #expect(wrong.status == 422 && wrong.text.contains("role=\"alert\""))
      #expect(try await server.post(url + "/suspension", [:], token: east).status == 404)
    }
  }

  @Test func theInstallationShowsItsPackAndWhatIsErased() async throws {
    try await withServer { server in
      let page = try await server.ask(
        .get, "/administration/installation?lang=zh", token: try await server.token(.administrator))
      #expect(page.text.contains(server.site.pack.version) && page.text.contains("校验通过"))
      #expect(page.text.contains("365 天"))
    }
  }
}
