import Domain
import Features
import HTTPTypes
import Testing

@Suite struct ReportEndpointsTests {
  static let noise = #"{"door":"app","text":"楼上装修,电钻响","point":{"latitude":29.41,"longitude":124.01}}"#

  @Test func aReportBecomesACaseAndCanBeTracked() async throws {
    try await withServer { server in
      let token = try await server.token(.operator)
      let receipt = try await server.report(Self.noise, token: token)
      #expect(receipt.status == 201)
      #expect(try receipt.text("phase") == "assigned")
      #expect(try receipt.text("agency") == "town-east")
      #expect(try receipt.text("receivedAt") == "2026-01-15T02:00:00Z")
      let report = try receipt.text("report")
      #expect(receipt.headers[.location] == "/api/v1/reports/\(report)")
      let status = try await server.ask(.get, "/api/v1/reports/\(report)", token: token)
      #expect(status.status == 200)
      #expect(try status.text("case") == receipt.text("case"))
      let detail = try await server.ask(.get, "/api/v1/cases/\(receipt.text("case"))", token: token)
      #expect(detail.status == 200)
      #expect(try detail.text("case.holder.body") == "hotline")
      #expect(try detail.text("timeline.0.step") == "opened")
      #expect(!detail.text.contains("楼上"))
    }
  }

  @Test func aRepeatedKeyGetsTheFirstAnswerAndAnotherBodyIsRefused() async throws {
    try await withServer { server in
      let token = try await server.token(.operator)
      let first = try await server.report(Self.noise, token: token, key: "k-1")
      let second = try await server.report(Self.noise, token: token, key: "k-1")
      #expect(first.status == 201)
      #expect(second.status == 201)
      #expect(first.body == second.body)
      let other = try await server.report(#"{"door":"app","kind":"noise.renovation","place":"P1"}"#, token: token,
                                          key: "k-1")
      #expect(other.status == 422)
      #expect(other.problem == "idempotency-key-reused")
      #expect(try await server.rows("cases") == 1)
      // Another caller's keys are another's.
      let stranger = try await server.token(.operator)
      #expect(try await server.report(Self.noise, token: stranger, key: "k-1").status == 201)
      #expect(try await server.rows("cases") == 2)
    }
  }

  @Test func theKeyIsRequired() async throws {
    try await withServer { server in
      let token = try await server.token(.operator)
      let answer = try await server.ask(.post, "/api/v1/reports", token: token, json: Self.noise)
      #expect(answer.status == 400)
      #expect(answer.problem == "idempotency-key-missing")
    }
  }

  @Test func problemsSpeakBothLanguages() async throws {
    try await withServer { server in
      let chinese = try await server.ask(.get, "/api/v1/cases")
      #expect(chinese.status == 401)
      #expect(try chinese.text("title") == "尚未登录")
      #expect(try chinese.text("titles.en") == "Nobody is signed in")
      let english = try await server.ask(.get, "/api/v1/cases", headers: ["Accept-Language": "fr, en;q=0.8, zh;q=0.1"])
      #expect(try english.text("title") == "Nobody is signed in")
      #expect(english.headers[.contentLanguage] == "en")
      let asked = try await server.ask(.get, "/api/v1/cases?lang=en", headers: ["Accept-Language": "zh"])
      #expect(try asked.text("title") == "Nobody is signed in")
    }
  }

  @Test func aSenderFollowsItsReportIntoTheCaseItWasMergedInto() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let west = try await server.token(.operator, division: SmallCity.west)
      let first = try await server.report(Self.noise, token: desk).text("case")
      let sent = try await server.report(Self.noise, token: west)
      let (second, report) = (try sent.text("case"), try sent.text("report"))
      let merged = try await server.ask(
        .post, "/api/v1/cases/\(second)/merger", token: desk, json: #"{"into":"\#(first)"}"#)
      #expect(merged.status == 200)
      #expect(try merged.number("reports") == 2)
      let status = try await server.ask(.get, "/api/v1/reports/\(report)", token: west)
      #expect(status.status == 200)
      #expect(try status.text("case") == first)
      // Not more than that, and nobody else of that division.
      #expect(try await server.ask(.get, "/api/v1/cases/\(first)", token: west).status == 404)
      let other = try await server.token(.operator, division: SmallCity.west)
      #expect(try await server.ask(.get, "/api/v1/reports/\(report)", token: other).status == 404)
      let apart = try await server.ask(.delete, "/api/v1/cases/\(second)/merger", token: desk)
      #expect(try apart.text("phase") == "desk")
    }
  }

  @Test func whatMayBeTheSameThingAndWhoCouldGo() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let first = try await server.report(Self.noise, token: desk).text("case")
      server.clock.advance(.minutes(30))
      let second = try await server.report(Self.noise, token: desk).text("case")
      _ = try await server.report(#"{"door":"app","kind":"noise.renovation","place":"P2"}"#, token: desk)
      let same = try await server.ask(.get, "/api/v1/cases/\(second)/duplicates", token: desk)
      #expect(try same.text("duplicates.0.case.id") == first)
      #expect(try same.member("duplicates.1") == nil)
      #expect(try same.text("duplicates.0.reasons.0.reason") == "same-kind")
      let squads = try await server.ask(.get, "/api/v1/cases/\(second)/proposals", token: desk)
      #expect(try squads.text("proposals.0.squad") == "east-1")
      #expect(try squads.member("proposals.0.isEligible") as? Bool == true)
    }
  }
}
