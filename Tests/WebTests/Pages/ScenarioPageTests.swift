import Domain
import Features
import HTTPTypes
import Testing
import Web

@Suite struct ScenarioPageTests {
  /// What the form of a verdict on a page would send.
  private func fields(_ verdict: ScenarioVerdict, _ changes: [String: String] = [:]) -> [String: String] {
    ["edition": "1", "origin": "edition", "reason": verdict.reasons[0], "key": "01KEZP338081KPT9RCCXDXN4VK"]
      .merging(changes) { $1 }
  }

  @Test(arguments: [Language.zh, .en])
  func aSupervisorAcceptsFromTheEditionsPage(_ language: Language) async throws {
    try await withServer { server in
      let edition = try await EveningNoise.edition(of: server.site)
      let id = try EveningNoise.scenario(of: edition).id
      let print = EditionPrint(edition, pack: server.site.pack, decoration: .none)
      let files = try print.files()
      let supervisor = try await server.token(.supervisor)
      let tag = "?lang=\(language.rawValue)"
      let before = try await server.ask(.get, "/index/1" + tag, token: supervisor)
      #expect(before.text.contains(language == .zh ? "待决定" : "Suggested") && before.text.contains("id=\"s-\(id)\""))
      #expect(before.text.contains("/scenarios/\(id)/acceptance"))
      let sent = fields(.accepted, ["words": "<script>alert(1)</script>", "reason": "other"])
      let answer = try await server.post("/scenarios/\(id)/acceptance", sent, token: supervisor)
      #expect(answer.status == 303 && answer.headers[.location] == "/index/1#s-\(id)")
      #expect(try await server.post("/scenarios/\(id)/acceptance", sent, token: supervisor).status == 303, "sent twice")
      let analyst = try await server.token(.analyst)
      let after = try await server.ask(.get, "/index/1" + tag, token: analyst)
      #expect(after.text.contains(language == .zh ? "已采纳" : "Accepted") && !after.text.contains("/acceptance"))
      #expect(try print.files() == files, "the edition is what it was")
      let akin = language == .zh ? "时段相近" : "hours close by"
      #expect(!after.text.contains(akin))
      let later = try await EveningNoise.laterEdition(of: server.site)
      #expect(try EveningNoise.scenario(of: later).id != id)
      let moved = try await server.ask(.get, "/index/\(later.number)" + tag, token: analyst)
      #expect(moved.text.contains(akin) && moved.links.contains("/scenarios/\(id)"), "the hours moved")
      let list = try await server.ask(.get, "/scenarios" + tag, token: analyst)
      #expect(list.text.contains(language == .zh ? "东苑" : "East Court"))
      #expect(try await !server.ask(.get, "/scenarios?verdict=refused", token: analyst).text.contains("id=\"s-"))
      let one = try await server.ask(.get, "/scenarios/\(id)" + tag, token: analyst)
      #expect(one.status == 200 && !one.text.contains("alert(1)"), "what was written takes a look")
      let reference = try #require(one.text.split(separator: "name=\"reference\" value=\"").last?.prefix { $0 != "\"" })
      let looked = try await server.post("/scenarios/\(id)/words", ["reference": String(reference)], token: analyst)
      #expect(looked.text.contains("&lt;script&gt;alert(1)") && !looked.text.contains("<script>alert"))
    }
  }

  @Test func whatIsWrongIsSaidInTheFormAndNothingIsKept() async throws {
    try await withServer { server in
      let id = try EveningNoise.scenario(of: try await EveningNoise.edition(of: server.site)).id
      let supervisor = try await server.token(.supervisor)
      let path = "/scenarios/\(id)/refusal"
      for (changes, status) in [
        (["reason": ""], 422), (["reason": "x"], 422), (["reason": "clear-evidence"], 422), (["reason": "other"], 422),
        (["edition": "2"], 404), (["edition": "x"], 422), (["words": String(repeating: "长", count: 4_001)], 422),
      ] {
        let answer = try await server.post(path, fields(.refused, changes), token: supervisor)
        #expect(answer.status == status, "\(changes)")
      }
      let open = try await server.post(path, fields(.refused, ["reason": "other"]), token: supervisor)
      #expect(open.text.contains("<details class=\"step grave\" open>"))
      #expect(open.text.contains("value=\"other\" selected"))
      #expect(try await server.post("/scenarios/none/refusal", fields(.refused), token: supervisor).status == 404)
      let others = [(Role.analyst, nil), (.administrator, nil), (.operator, nil), (.supervisor, SmallCity.west)]
      for (role, division) in others {
        let token = try await server.token(role, division: division)
        #expect(try await server.post(path, fields(.refused), token: token).status == 403, "\(role)")
        let page = try await server.ask(.get, "/index/1", token: token)
        #expect(!page.text.contains("/refusal"), "\(role)")
      }
      for wrong in ["/scenarios/none", "/scenarios/\(id)", "/scenarios/\(id)?edition=2"] {
        #expect(try await server.ask(.get, wrong, token: supervisor).status == 404, "\(wrong)")
      }
      #expect(try await server.ask(.get, "/scenarios/\(id)?edition=1", token: supervisor).status == 200)
      #expect(try await server.rows("scenarios") == 0)
    }
  }

  @Test func aProgramReadsAndDecides() async throws {
    try await withServer { server in
      let id = try EveningNoise.scenario(of: try await EveningNoise.edition(of: server.site)).id
      let (analyst, supervisor) = (try await server.token(.analyst), try await server.token(.supervisor))
      let suggested = try await server.ask(.get, "/api/v1/editions/1/scenarios", token: analyst)
      #expect(try suggested.text("scenarios.0.id") == id)
      #expect(try suggested.member("scenarios.0.standing") == nil)
      let path = "/api/v1/scenarios/\(id)"
      #expect(try await server.ask(.get, path, token: analyst).problem == "unknown-scenario")
      let refusal = #"{"edition":1,"reason":"other","words":"已拆除"}"#
      let refused = try await server.ask(.post, path + "/refusal", token: supervisor, json: refusal)
      #expect(try refused.text("decisions.0.verdict") == "refused")
      let reference = try refused.text("decisions.0.words")
      #expect(try await server.ask(.get, "\(path)/words/\(reference)", token: analyst).text("text") == "已拆除")
      let accepted = try await server.ask(.post, path + "/acceptance", token: supervisor,
                                          json: #"{"edition":1,"reason":"seen-on-site"}"#)
      #expect(try accepted.text("decisions.1.verdict") == "accepted")
      let list = try await server.ask(.get, "/api/v1/scenarios?verdict=accepted", token: analyst)
      #expect(try list.text("scenarios.0.standing.reason") == "seen-on-site")
      for (body, problem) in [
        (#"{"edition":1,"reason":"passed"}"#, "field-invalid"),
        (#"{"edition":9,"reason":"other"}"#, "unknown-scenario"),
        (#"{"edition":1,"reason":"other"}"#, "reason-missing"), (#"{"reason":"other"}"#, "field-missing"),
      ] {
        #expect(try await server.ask(.post, path + "/acceptance", token: supervisor, json: body).problem == problem)
      }
      let admin = try await server.token(.administrator)
      #expect(try await server.ask(.delete, "\(path)/words/\(reference)?reason=mistake", token: admin).status == 204)
      #expect(try await server.ask(.get, "\(path)/words/\(reference)", token: analyst).problem == "words-erased")
    }
  }
}
