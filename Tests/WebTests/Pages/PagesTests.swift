import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

/// Pages as browsers get them.
@Suite struct PagesTests {
  static let report = ["door": "110", "text": "楼上装修电钻声很大", "place": "P1", "name": "周一", "contact": "555"]

  private static let pages = [
    "/", "/board", "/board?queue=late", "/board?queue=ended&division=990201001&kind=noise", "/reports/new", "/rates",
    "/rates?by=agency", "/rates/sign-in?part=not-yet-due", "/oversight", "/oversight?span=month&division=990201001",
    "/oversight/comparison", "/oversight/comparison?by=division&rate=sign-in", "/oversight/deadlines",
    "/oversight/deadlines?within=today", "/oversight/notices", "/oversight/notices?state=settled", "/bulletins",
    "/bulletins/2026-01", "/documents", "/documents?sort=warning&year=2025", "/about",
  ]

  /// What must hold of every page.
  private func check(_ answer: Answer, _ language: String, _ path: String) throws {
    let text = answer.text
    #expect(answer.status == 200, "\(path)")
    #expect(text.hasPrefix("<!doctype html>") && text.contains("<html lang=\"\(language == "zh" ? "zh-CN" : "en")\">"))
    #expect(answer.headers[.contentSecurityPolicy]?.contains("script-src 'self';") == true)
    #expect(!text.contains("{{") && !text.contains("Optional("), "\(path)")
    #expect(text.contains(language == "zh" ? "演示数据" : "Synthetic data"), "\(path)")
    #expect(!text.contains("https://") && !text.contains("src=\"http"), "\(path) leads outside")
    let families = "queue|form|phase|step|role|door|rate|by|why|standing|within|ladder|span"
    let raw = try NSRegularExpression(pattern: ">[^<]*\\b(\(families))\\.[a-z-]+[^<]*<")
    #expect(raw.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) == nil, "\(path) shows a key")
    #expect(text.contains("<main id=\"main\"") && text.contains("<h1>"), "\(path)")
  }

  @Test(arguments: ["zh", "en"])
  func everyPageStandsInBothLanguagesAndItsLinksLeadSomewhere(_ language: String) async throws {
    try await withServer { server in
      let desk = try await server.token(.dispatcher)
      let id = try await server.takeDown(Self.report, token: desk)
      var links = Set<String>()
      for path in Self.pages + ["/cases/\(id)", "/sign-in"] {
        let address = path + (path.contains("?") ? "&" : "?") + "lang=" + language
        let answer = try await server.ask(.get, address, token: desk)
        try check(answer, language, path)
        #expect(answer.headers[values: .setCookie].contains { $0.hasPrefix("headwater_lang=\(language)") })
        links.formUnion(answer.links)
      }
      for link in links where link.hasPrefix("/") {
        #expect(try await server.ask(.get, link, token: desk).status == 200, "\(link)")
      }
      #expect(links.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("#") || $0 == "data:," })
    }
  }

  @Test func whoeverIsNotSignedInIsAskedTo() async throws {
    try await withServer { server in
      let board = try await server.ask(.get, "/board?queue=late")
      #expect(board.status == 303)
      #expect(board.headers[.location] == "/sign-in?next=%2Fboard%3Fqueue%3Dlate")
      #expect(try await server.ask(.get, "/").headers[.location] == "/sign-in")
      #expect(try await server.post("/reports/new", Self.report).headers[.location] == "/sign-in")
    }
  }

  @Test func signingInLeadsBackButNeverElsewhere() async throws {
    try await withServer { server in
      let password = "a long enough sentence"
      _ = try await Accounts(server.site).create(name: "li", password: password, role: .operator, by: WebTest.system)
      let wrong = try await server.post("/sign-in?lang=zh", ["name": "li", "password": "no", "next": "/board"])
      #expect(wrong.status == 401)
      #expect(wrong.text.contains("用户名或密码不正确") && wrong.text.contains("value=\"li\""))
      #expect(wrong.text.contains("name=\"next\" value=\"/board\""))
      for (next, expected) in [("/board?queue=new", "/board?queue=new"), ("//evil.example", "/"), ("/\\evil", "/"),
                               ("https://evil.example", "/")] {
        let answer = try await server.post("/sign-in", ["name": "li", "password": password, "next": next])
        #expect(answer.status == 303)
        #expect(answer.headers[.location] == expected)
        #expect(answer.headers[values: .setCookie].contains { $0.hasPrefix("headwater_session=") })
      }
    }
  }

  @Test func tooManyAttemptsAreToldHowLongToWait() async throws {
    try await withServer { server in
      var last: Answer?
      for _ in 0..<40 where last?.status != 429 {
        last = try await server.post("/sign-in?lang=en", ["name": "nobody", "password": "no"])
      }
      #expect(last?.status == 429)
      #expect(last?.text.contains("Try again in ") == true)
    }
  }

  @Test func whoGoesAstrayGetsAPageAndProgramsTheirProblem() async throws {
    try await withServer { server in
      let lost = try await server.ask(.get, "/nowhere?lang=zh", headers: ["Accept": "text/html,*/*;q=0.8"])
      #expect(lost.status == 404 && lost.text.contains("没有这个地址") && lost.text.contains("<main"))
      #expect(try await server.ask(.get, "/nowhere").problem == "unknown-address")
      let program = try await server.ask(.get, "/api/v1/nowhere", headers: ["Accept": "text/html"])
      #expect(program.problem == "unknown-address")
      let foreign = try await server.post(
        "/sign-in", ["name": "li"], headers: ["Accept": "text/html", "Sec-Fetch-Site": "cross-site"])
      #expect(foreign.status == 403 && foreign.text.contains("<main"))
    }
  }

  @Test func rolesSeeTheirOwnPages() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let id = try await server.takeDown(Self.report, token: desk)
      let analyst = try await server.token(.analyst)
      let page = try await server.ask(.get, "/cases/\(id)?lang=en", token: analyst)
      #expect(page.status == 200)
      #expect(!page.text.contains("name=\"key\"") && !page.text.contains("name=\"reference\""))
      #expect(try await server.ask(.get, "/reports/new", token: analyst).status == 403)
      #expect(!(try await server.ask(.get, "/", token: analyst).links.contains("/reports/new")))
      let west = try await server.token(.operator, division: SmallCity.west)
      #expect(try await server.ask(.get, "/cases/\(id)", token: west).status == 404)
    }
  }

  @Test func theDeskSeesWhatTheRulesMakeOfAReportWhileItIsTold() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let taken = try await server.takeDown(Self.report, token: desk)
      let rows = try await server.rows("journal")
      func preview(_ fields: [String: String], _ language: String = "en") async throws -> String {
        let answer = try await server.post("/reports/new/preview?lang=\(language)", fields, token: desk)
        #expect(answer.status == 200 && !answer.text.contains("<html"))
        return answer.text
      }
      let known = try await preview(Self.report)
      #expect(known.contains("data-kind=\"noise.renovation\" aria-pressed=\"true\""))
      #expect(known.contains("Would go to") && known.contains("/cases/\(taken)"))
      let danger = try await preview(Self.report.merging(["text": "楼上装修,有人持刀"]) { $1 }, "zh")
      #expect(danger.contains("凶器") && danger.contains("持刀") && !danger.contains("将派往"))
      #expect(try await preview(["door": "110", "text": "", "point": "29."]).contains("Write what happened"))
      #expect(try await preview(["door": "110", "text": "!!!"]).contains("not certain"))
      let odd = ["text": "<script>装修</script>", "place": "nowhere", "kind": "nothing"]
      #expect(try await preview(odd).contains("data-kind"))
      #expect(try await server.rows("journal") == rows)
      let analyst = try await server.token(.analyst)
      #expect(try await server.post("/reports/new/preview", Self.report, token: analyst).status == 403)
    }
  }

  @Test func theNextReportFollowsTheLast() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let answer = try await server.post("/reports/new", Self.report.merging(["next": "1"]) { $1 }, token: desk)
      let location = try #require(answer.headers[.location])
      #expect(location.hasPrefix("/reports/new?taken="))
      let form = try await server.ask(.get, location + "&lang=en", token: desk)
      #expect(form.text.contains("The last report was taken in.") && form.links.contains { $0.hasPrefix("/cases/") })
      let forged = try await server.ask(.get, "/reports/new?taken=%22%3E%3Cscript%3E&lang=en", token: desk)
      #expect(forged.status == 200 && !forged.text.contains("The last report"))
    }
  }

  @Test func theBoardCountsAndTurnsItsPages() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      for _ in 0..<55 { _ = try await server.takeDown(Self.report, token: desk) }
      let first = try await server.ask(.get, "/board?lang=en&queue=unsigned", token: desk)
      #expect(first.text.contains("Unsigned <b>55</b>"))
      #expect(first.text.components(separatedBy: "data-version=").count - 1 == 50)
      let next = try #require(first.links.first { $0.contains("after=") })
      let second = try await server.ask(.get, next, token: desk)
      #expect(second.text.components(separatedBy: "<li id=\"c-").count - 1 == 5)
      server.clock.advance(.hours(2))
      let late = try await server.ask(.get, "/board/part?queue=late&lang=en", token: desk)
      #expect(late.text.contains("Late <b>55</b>") && late.text.contains("class=\"left late\""))
      #expect(!late.text.contains("<html"))
      let bad = try await server.ask(.get, "/board?queue=nonsense&lang=en", token: desk)
      #expect(bad.status == 422 && bad.text.contains("A query parameter is not usable"))
    }
  }

  @Test func theMapIsDrawnFromThePack() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      _ = try await server.takeDown(Self.report, token: desk)
      let board = try await server.ask(.get, "/board?lang=en", token: desk)
      let picture = try #require(board.text.components(separatedBy: "<image href=\"").last?.prefix { $0 != "\"" })
      let map = try await server.ask(.get, String(picture), token: desk)
      #expect(map.headers[.contentType] == "image/svg+xml")
      #expect(map.headers[.cacheControl]?.contains("immutable") == true)
      #expect(map.text.hasPrefix("<svg") && map.text.contains("class=\"towns\" d=\"M"))
      #expect(board.text.contains(">East<") && board.text.contains("class=\"dot calm\""))
    }
  }

  @Test func everyFigureOpensIntoItsCases() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let id = try await server.takeDown(Self.report, token: desk)
      let town = try await server.token(.agency, agency: "town-east")
      #expect(try await server.send("signature", case: id, token: town).status == 303)
      let rates = try await server.ask(.get, "/rates?lang=en&by=door", token: desk)
      #expect(rates.text.contains("100.0%") && rates.text.contains("95% interval"))
      let figure = try #require(rates.links.first { $0.hasPrefix("/rates/sign-in?") && $0.contains("part=numerator") })
      #expect(try await server.ask(.get, figure, token: desk).links.contains("/cases/\(id)"))
      let csv = try #require(rates.links.first { $0.hasPrefix("/api/v1/rates?") })
      #expect(try await server.ask(.get, csv, token: desk).text.contains("sign-in"))
      let wrong = try await server.ask(.get, "/rates?from=2026-02-01&until=2026-01-01&lang=en", token: desk)
      #expect(wrong.status == 400 && wrong.text.contains("role=\"alert\""))
    }
  }
}
