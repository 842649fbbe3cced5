import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

/// The resident's pages, as a browser without scripts gets them.
@Suite struct PlatePageTests {
  /// Makes a plate and returns its path.
  private static func plate(_ server: WebTest, _ place: String = "P1", unit: String = "12号") async throws -> String {
    let plates = Plates(server.site)
    try await plates.make([.init(place: place, unit: unit)], by: WebTest.system)
    let plate = try #require(try await plates.list(limit: 1_000).last)
    return "/p/" + plates.token(of: plate).text
  }

  private static func keys(_ page: Answer) -> [String] {
    page.text.components(separatedBy: "name=\"key\" value=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  /// Sends one of the forms as the page has it; returns the path of the receipt.
  private static func send(_ server: WebTest, _ path: String, _ fields: [String: String]) async throws -> Answer {
    let key = try #require(keys(try await server.ask(.get, path)).first)
    return try await server.post(path, ["key": key, "wish": "report"].merging(fields) { $1 })
  }

  private static func receipt(_ answer: Answer) throws -> String {
    let location = try #require(answer.headers[.location], "\(answer.status) \(answer.text)")
    return String(location.prefix { $0 != "?" })
  }

  @Test(arguments: ["zh", "en"])
  func aScanShowsWhomToCallAndWhatCanBeSent(language: String) async throws {
    try await withServer { server in
      let path = try await Self.plate(server)
      let page = try await server.ask(.get, path + "?lang=" + language)
      #expect(page.status == 200 && page.body.count < 20_000)
      #expect(page.text.contains("href=\"tel:110\"") && page.text.contains("href=\"tel:119\""))
      #expect(page.text.contains("小城东镇东苑12号"), "the address in the city's own language")
      #expect(page.text.contains("12号, East Court, East, Small City") == (language == "en"))
      for kind in ["noise.renovation", "crime.theft", "rescue.fire", "dispute.wages"] {
        #expect(page.text.contains("value=\"\(kind)\""))
      }
      #expect(Set(Self.keys(page)).count == 3)
      #expect(page.text.contains("noindex") && !page.text.contains("/sign-in") && !page.text.contains("{{"))
      // The code on the plate says it in capitals.
      #expect(try await server.ask(.get, "/P/" + path.dropFirst(3)).text.contains("action=\"\(path)#report\""))
    }
  }

  /// The use of the place decides what is offered.
  @Test func aMarketOffersOtherThingsThanAnEstate() async throws {
    try await withServer { server in
      let page = try await server.ask(.get, try await Self.plate(server, "P2")).text
      let report = try #require(page.components(separatedBy: "id=\"help\"").first)
      #expect(report.contains("dispute.wages") && !report.contains("crime.theft"))
    }
  }

  @Test func aReportIsSentFollowedAndAnswered() async throws {
    try await withServer { server in
      let path = try await Self.plate(server)
      let sent = try await Self.send(server, path, ["kind": "noise.renovation", "contact": "13800138000"])
      let receipt = try Self.receipt(sent)
      #expect(sent.status == 303 && receipt.hasPrefix("/r/") && receipt.utf8.count == 15)
      let page = try await server.ask(.get, receipt + "?done=sent&lang=zh")
      for text in ["已收到", "已转给东镇，等它签收", "现在由谁负责", "热线", "装修噪音", "东苑", "收到您的报告"] {
        #expect(page.text.contains(text), "\(text)")
      }
      #expect(!page.text.contains("13800138000") && !page.text.contains("/confirmation"))
      let id = try #require(try await ListCases(server.site)(.init(), for: WebTest.system, limit: 5).cases.first).id
      let town = try await server.token(.agency, agency: "town-east")
      #expect(try await server.send("signature", case: id, token: town).status == 303)
      #expect(try await server.send("outcome", ["outcome": "handled"], case: id, token: town).status == 303)
      let words = ["channel": "message", "words": "已劝停 <b>"]
      #expect(try await server.send("feedback", words, case: id, token: town).status == 303)
      let answered = try await server.ask(.get, receipt + "?lang=zh")
      #expect(answered.text.contains("请您确认是否解决") && !answered.text.contains("已劝停"))
      let shown = try await server.post(receipt + "/answer?lang=zh", [:])
      #expect(shown.status == 200 && shown.text.contains("已劝停 &lt;b&gt;"))
      try await Self.take("reopening", ["reason": "not-solved", "words": "还在响"], receipt, server)
      try await Self.take("complaint", ["words": "太慢"], receipt, server)
      #expect(try await server.ask(.get, receipt + "?lang=zh").text.contains("东镇正在办理"))
      let confirm = try await server.post(receipt + "/confirmation?lang=zh", ["key": server.site.makeID()])
      #expect(confirm.status == 409 && confirm.text.contains("tel:110"))
    }
  }

  private static func take(_ noun: String, _ fields: [String: String], _ receipt: String, _ server: WebTest)
    async throws
  {
    let page = try await server.ask(.get, receipt)
    let form = try #require(page.text.components(separatedBy: "\(receipt)/\(noun)").dropFirst().first, "\(noun)")
    let key = try #require(form.components(separatedBy: "name=\"key\" value=\"").dropFirst().first)
    let sent = ["key": String(key.prefix { $0 != "\"" })].merging(fields) { $1 }
    for _ in 0..<2 {
      let answer = try await server.post("\(receipt)/\(noun)", sent)
      #expect(answer.headers[.location] == "\(receipt)?done=\(noun)", "\(answer.status)")
    }
  }

  @Test func theSameFormSentTwiceIsOneReport() async throws {
    try await withServer { server in
      let path = try await Self.plate(server)
      let key = try #require(Self.keys(try await server.ask(.get, path)).first)
      let fields = ["key": key, "wish": "report", "kind": "noise.renovation"]
      let first = try Self.receipt(try await server.post(path, fields))
      for _ in 0..<5 { #expect(try Self.receipt(try await server.post(path, fields)) == first) }
      let other = try await server.post(path, fields.merging(["kind": "crime.theft"]) { $1 })
      #expect(other.status == 422)
      #expect(try await server.rows("case_reports") == 1)
    }
  }

  @Test func forgedAndRevokedPlatesAreToldApart() async throws {
    try await withServer { server in
      let path = try await Self.plate(server)
      let forged = path.dropLast() + (path.last == "0" ? "1" : "0")
      for address in [String(forged), "/p/x", "/P/" + forged.dropFirst(3).lowercased()] {
        let answer = try await server.ask(.get, address + "?lang=zh")
        #expect(answer.status == 404 && answer.text.contains("不是本系统的门牌编码"), "\(address)")
        #expect(answer.text.contains("tel:110") && !answer.text.contains("<form"))
      }
      try await Plates(server.site).revoke(1, by: WebTest.system)
      let revoked = try await server.ask(.get, path + "?lang=en")
      #expect(revoked.status == 410 && revoked.text.contains("no longer in use"))
      #expect(revoked.text.contains("tel:110") && !revoked.text.contains("<form"))
      let fields = ["key": server.site.makeID(), "wish": "report", "kind": "noise.renovation"]
      #expect(try await server.post(path, fields).status == 410)
      #expect(try await server.post(String(forged), fields).status == 404)
      #expect(try await server.rows("case_reports") == 0)
    }
  }

  @Test func whatIsWrongIsSaidAndNothingTypedIsLost() async throws {
    try await withServer { server in
      let path = try await Self.plate(server) + "?lang=en"
      let key = server.site.makeID()
      let empty = try await server.post(path, ["key": key, "wish": "broken", "kind": "other", "contact": "555"])
      #expect(empty.status == 422 && empty.text.contains("role=\"alert\"") && empty.text.contains("value=\"555\""))
      #expect(empty.text.contains("id=\"broken\" open") && !empty.text.contains("id=\"report\" open"))
      let old = try await server.post(path, ["key": "01", "wish": "report", "kind": "crime.theft", "text": "我的车"])
      #expect(old.status == 409 && old.text.contains(">我的车</textarea>") && old.text.contains("scan again"))
      let odd = try await server.post(path, ["key": key, "kind": "crime.theft", "latitude": "x", "longitude": "nan"])
      #expect(odd.status == 303)
      for (field, value) in [("latitude", "91"), ("latitude", "nan"), ("latitude", "1e400")] {
        let answer = try await server.post(path, ["key": server.site.makeID(), "kind": "crime.theft", field: value,
                                                  "longitude": "1", "wish": "report"])
        #expect(answer.status == 422, "\(value)")
      }
      for code in ["/r/x", "/r/000000000000", "/r?code=1"] {
        let answer = try await server.ask(.get, code)
        #expect(answer.status == 404 && answer.text.contains("tel:110"))
      }
      #expect(try await server.ask(.get, "/r?code=abcd-efgh-jkmn").headers[.location] == "/r/ABCDEFGHJKMN")
      #expect(try await server.ask(.get, "/r").status == 200)
    }
  }

  @Test func theOperatorSeesThePlateAndHowFarThePhoneWas() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let path = try await Self.plate(server)
      _ = try await Self.send(server, path, ["kind": "noise.renovation", "latitude": "29.415", "longitude": "124.035",
                                             "accuracy": "20"])
      let id = try #require(try await ListCases(server.site)(.init(), for: WebTest.system, limit: 5).cases.first).id
      let page = try await server.ask(.get, "/cases/\(id)?lang=zh", token: desk).text
      #expect(page.contains("扫门牌 No. 1") && page.contains("手机位置距此约 3 公里"))
    }
  }

  @Test func storedScriptsAppearAsText() async throws {
    try await withServer { server in
      let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"
      let path = try await Self.plate(server, unit: "\"><script>")
      let fields = ["kind": evil, "text": evil, "contact": evil, "latitude": evil]
      var shown = [try await server.ask(.get, path), try await Self.send(server, path, fields)]
      let receipt = try Self.receipt(try await Self.send(
        server, path, ["kind": "noise.renovation", "text": evil, "contact": "1"]))
      shown.append(try await server.post(receipt + "/complaint", ["key": evil, "words": evil]))
      shown.append(try await server.ask(.get, receipt + "?done=%3Cscript%3E"))
      shown.append(try await server.ask(.get, "/r?code=%3Cscript%3E"))
      for answer in shown {
        #expect(!answer.text.contains("<script>") && !answer.text.contains("<img") && answer.status < 500)
      }
    }
  }
}
