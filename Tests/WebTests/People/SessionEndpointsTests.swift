import Domain
import Features
import HTTPTypes
import Testing
import Web

@Suite struct SessionEndpointsTests {
  static let password = "a long enough sentence"

  private static func cookie(_ answer: Answer, _ name: String) -> String? {
    answer.headers[values: .setCookie].first { $0.hasPrefix(name + "=") }
  }

  /// Signs somebody in and returns the session's cookie as a browser sends it back.
  private static func signIn(_ server: WebTest) async throws -> String {
    _ = try await Accounts(server.site).create(name: "li", password: password, role: .operator, by: WebTest.system)
    let answer = try await server.ask(.post, "/api/v1/session", json: #"{"name":"li","password":"\#(password)"}"#)
    #expect(answer.status == 200)
    #expect(try answer.text("role") == "operator")
    let cookie = try #require(Self.cookie(answer, "headwater_session"))
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"))
    return String(try #require(cookie.split(separator: ";").first))
  }

  @Test func aSessionReadsAndEnds() async throws {
    try await withServer { server in
      let cookie = try await Self.signIn(server)
      let me = try await server.ask(.get, "/api/v1/session", headers: ["Cookie": cookie])
      #expect(me.status == 200)
      #expect(try me.text("name") == "li")
      let out = try await server.ask(
        .delete, "/api/v1/session", headers: ["Cookie": cookie, "Origin": "http://localhost"])
      #expect(out.status == 204)
      #expect(try #require(Self.cookie(out, "headwater_session")).contains("Max-Age=0"))
      #expect(try await server.ask(.get, "/api/v1/session", headers: ["Cookie": cookie]).status == 401)
    }
  }

  @Test func anotherSiteCannotUseTheSession() async throws {
    try await withServer { server in
      let cookie = try await Self.signIn(server)
      var headers = ["Cookie": cookie, "Idempotency-Key": "1"]
      for (name, value, status) in [
        ("Origin", "https://elsewhere.example", 403), ("Origin", "null", 403), ("Sec-Fetch-Site", "cross-site", 403),
        ("Sec-Fetch-Site", "same-site", 403), ("Origin", "http://localhost", 201), ("X-Nothing", "at all", 403),
      ] {
        var all = headers
        all[name] = value
        let answer = try await server.ask(.post, "/api/v1/reports", headers: all, json: ReportEndpointsTests.noise)
        #expect(answer.status == status, "\(name): \(value)")
      }
      headers["Sec-Fetch-Site"] = "same-origin"
      let own = try await server.ask(.post, "/api/v1/reports", headers: headers, json: ReportEndpointsTests.noise)
      #expect(own.status == 201)
    }
  }

  @Test func wrongPasswordsAreAllTheSameAndSlowDown() async throws {
    try await withServer { server in
      _ = try await Self.signIn(server)
      let wrong = try await server.ask(.post, "/api/v1/session", json: #"{"name":"li","password":"no"}"#)
      let nobody = try await server.ask(.post, "/api/v1/session", json: #"{"name":"nobody","password":"no"}"#)
      #expect(wrong.status == 401)
      #expect(wrong.body == nobody.body)
      var last = wrong
      for _ in 0..<10 where last.status == 401 {
        last = try await server.ask(.post, "/api/v1/session", json: #"{"name":"li","password":"no"}"#)
      }
      #expect(last.status == 429)
      #expect(last.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0)
    }
  }

  @Test func behindTLSCookiesAreSecure() async throws {
    try await withServer(settings: WebSettings(isBehindTLS: true)) { server in
      let answer = try await server.ask(.delete, "/api/v1/session")
      #expect(try #require(Self.cookie(answer, "headwater_session")).contains("Secure"))
      #expect(answer.headers[.strictTransportSecurity] != nil)
    }
  }

  @Test func administratorsLookAfterAccountsAndTokensOfTheirDivision() async throws {
    try await withServer { server in
      let admin = try await server.token(.administrator)
      let created = try await server.ask(
        .post, "/api/v1/accounts", token: admin,
        json: #"{"name":"wang","password":"another long sentence","role":"agency","agency":"town-east"}"#)
      #expect(created.status == 201)
      let id = try created.text("id")
      let list = try await server.ask(.get, "/api/v1/accounts", token: admin)
      #expect(try list.text("accounts.0.agency") == "town-east")
      let east = try await server.token(.administrator, division: SmallCity.west)
      let foreign = try await server.ask(.post, "/api/v1/accounts/\(id)/suspension", token: east)
      #expect(foreign.status == 404)
      #expect(try await server.ask(.post, "/api/v1/accounts/\(id)/suspension", token: admin).status == 204)
      let token = try await server.ask(
        .post, "/api/v1/tokens", token: admin, json: #"{"name":"app","role":"operator","scopes":["reports:write"]}"#)
      #expect(token.status == 201)
      let taken = try await server.report(ReportEndpointsTests.noise, token: try token.text("token"))
      #expect(taken.status == 201)
      let beyond = try await server.ask(
        .post, "/api/v1/tokens", token: admin, json: #"{"name":"app","role":"analyst","scopes":["vault:read"]}"#)
      #expect(beyond.status == 422)
    }
  }
}
