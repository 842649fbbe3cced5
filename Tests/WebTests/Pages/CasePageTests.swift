import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

/// The loop, played by hand on the pages.
@Suite struct CasePageTests {
  @Test func aCaseIsPlayedFromReportToClosureByHand() async throws {
    try await withServer { server in
      let desk = try await server.token(.dispatcher)
      let town = try await server.token(.agency, agency: "town-east")
      let squad = try await server.token(.squadMember, agency: "town-east", squad: "east-1")
      let id = try await server.takeDown(["door": "app", "text": "有情况", "place": "P1"], token: desk)
      func step(_ noun: String, _ fields: [String: String] = [:], by token: String) async throws {
        let answer = try await server.send(noun, fields, case: id, token: token)
        #expect(answer.headers[.location] == "/cases/\(id)?done=\(noun)", "\(noun): \(answer.status)")
      }
      try await step("judgement", ["kind": "noise.renovation"], by: desk)
      try await step("assignment", ["agency": "town-east"], by: desk)
      try await step("refusal", ["reason": "not-ours", "words": "不归我们"], by: town)
      try await step("assignment", ["agency": "town-east"], by: desk)
      try await step("signature", by: town)
      try await step("dispatch", ["squad": "east-1"], by: town)
      try await step("signature", by: squad)
      try await step("departure", by: squad)
      try await step("arrival", by: squad)
      try await step("outcome", ["outcome": "mediated", "words": "双方和解"], by: squad)
      try await step("feedback", ["channel": "phone"], by: town)
      try await step("closure", by: desk)
      try await step("rating", ["stars": "5"], by: desk)
      try await step("reopening", ["reason": "not-solved"], by: desk)
      let page = try await server.ask(.get, "/cases/\(id)?lang=zh", token: desk).text
      for text in ["退回 1 次", "回流重办 1 次", "调解成功", "★★★★★", "不属本单位职责", "东镇1队", "问题未解决"] {
        #expect(page.contains(text), "\(text)")
      }
    }
  }

  /// The decider would refuse it; the page does not even offer it.
  @Test func dangerIsOfferedToPoliceAndRescueOnly() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let report = ["door": "110", "text": "楼上装修，有人持刀", "place": "P1"]
      let id = try await server.takeDown(report, token: desk)
      let page = try await server.ask(.get, "/cases/\(id)?lang=en", token: desk).text
      let form = try #require(page.range(of: "id=\"step-assignment\"")).lowerBound
      let agencies = try #require(page[form...].components(separatedBy: "</select>").first)
      #expect(agencies.contains("value=\"police\"") && agencies.contains("value=\"fire\""))
      #expect(!agencies.contains("town-east") && agencies.contains("only go to police or rescue"))
    }
  }

  @Test func aFormSentTwiceIsDoneOnce() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let form = try await server.ask(.get, "/reports/new", token: desk)
      let key = try #require(form.text.components(separatedBy: "name=\"key\" value=\"").last?.prefix { $0 != "\"" })
      let fields = PagesTests.report.merging(["key": String(key)]) { old, _ in old }
      let first = try await server.post("/reports/new", fields, token: desk)
      let second = try await server.post("/reports/new", fields, token: desk)
      #expect(first.status == 303 && first.headers[.location] == second.headers[.location])
      #expect(try await server.rows("case_reports") == 1)
      var other = fields
      other["text"] = "装修太吵"
      #expect(try await server.post("/reports/new", other, token: desk).status == 422)
      let id = try #require(first.headers[.location]?.split(separator: "/").last?.prefix { $0 != "?" })
      let page = try await server.ask(.get, "/cases/\(id)", token: desk)
      let complaint = ["key": try #require(page.key(ofStep: "complaint")), "words": "太慢"]
      for _ in 0..<2 {
        #expect(try await server.post("/cases/\(id)/complaint", complaint, token: desk).status == 303)
      }
      let after = try await server.ask(.get, "/cases/\(id)", token: desk).text
      #expect(after.components(separatedBy: "class=\"s-complained").count - 1 == 1)
    }
  }

  @Test func whoComesTooLateIsToldSoOnTheCase() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let town = try await server.token(.agency, agency: "town-east")
      let id = try await server.takeDown(PagesTests.report, token: desk)
      let stale = try await server.ask(.get, "/cases/\(id)", token: town)
      let key = try #require(stale.key(ofStep: "refusal"))
      #expect(try await server.send("signature", case: id, token: town).status == 303)
      let late = try await server.post("/cases/\(id)/refusal?lang=en", ["key": key, "reason": "not-ours"], token: town)
      #expect(late.status == 409)
      #expect(late.text.contains("“Refused” is not possible while the case is “Signed”"))
      let blank = try await server.post("/cases/\(id)/outcome?lang=zh", ["words": "写了很多"], token: town)
      #expect(blank.status == 422)
      #expect(blank.text.contains("role=\"alert\"") && blank.text.contains(">写了很多</textarea>"))
    }
  }

  @Test func wordsAreShownOnceAndTheLookStandsInTheJournal() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let id = try await server.takeDown(PagesTests.report, token: desk)
      let page = try await server.ask(.get, "/cases/\(id)?lang=zh", token: desk)
      #expect(!page.text.contains("电钻声") && !page.text.contains("周一"))
      let reference = try #require(page.text.components(separatedBy: "name=\"reference\" value=\"").last?
        .prefix { $0 != "\"" })
      let said = try await server.post(
        "/cases/\(id)/words?lang=zh", ["reference": String(reference), "purpose": "handle"], token: desk)
      #expect(said.status == 200 && said.text.contains("楼上装修电钻声很大") && said.text.contains("周一"))
      #expect(said.headers[.cacheControl] == "no-store")
      let after = try await server.ask(.get, "/cases/\(id)?lang=zh", token: desk)
      #expect(!after.text.contains("电钻声") && after.text.contains("class=\"looked\"") && after.text.contains("您 · 处置"))
    }
  }

  /// Markup in every field that people fill in appears as text on every page that shows it.
  @Test func storedScriptsAppearAsText() async throws {
    try await withServer { server in
      let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"
      let desk = try await server.token(.operator)
      let fields = ["door": "app", "kind": "noise.renovation", "text": evil, "name": evil, "contact": evil,
                    "address": evil, "place": "P1"]
      let id = try await server.takeDown(fields, token: desk)
      #expect(try await server.send("complaint", ["words": evil], case: id, token: desk).status == 303)
      let page = try await server.ask(.get, "/cases/\(id)", token: desk)
      let references = page.text.components(separatedBy: "name=\"reference\" value=\"").dropFirst()
        .map { String($0.prefix { $0 != "\"" }) }
      #expect(Set(references).count == 2)
      var shown = [page]
      for reference in Set(references) {
        let said = try await server.post(
          "/cases/\(id)/words", ["reference": reference, "purpose": "handle"], token: desk)
        #expect(said.text.contains("&lt;script&gt;alert(1)"))
        shown.append(said)
      }
      let refused = fields.merging(["point": evil]) { _, new in new }
      shown.append(try await server.post("/reports/new", refused, token: desk))
      shown.append(try await server.post("/cases/\(id)/complaint", ["words": evil, "key": evil], token: desk))
      shown.append(try await server.post("/cases/\(id)/merger", ["into": evil], token: desk))
      shown.append(try await server.post("/sign-in", ["name": evil, "password": evil, "next": "/" + evil]))
      for path in ["/", "/board", "/board?kind=%22%3E%3Cscript%3E", "/rates?agency=%22%3E%3Cscript%3E&by=agency",
                   "/rates/sign-in?group=%22%3E%3Cscript%3E&by=agency"] {
        shown.append(try await server.ask(.get, path, token: desk))
      }
      for answer in shown {
        #expect(!answer.text.contains("<script>") && !answer.text.contains("<img") && answer.status < 500)
      }
    }
  }
}
