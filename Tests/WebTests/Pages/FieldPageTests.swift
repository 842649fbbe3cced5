import Domain
import Features
import Foundation
import HTTPTypes
import Journal
import SQL
import Testing
import Web

/// What the phone's queue sends, and what nobody should.
@Suite struct FieldPageTests {
  private struct Scene {
    let server: WebTest
    let desk: String
    let town: String
    let squad: String
    let id: String

    /// Sends a step as the script does.
    func send(_ noun: String, _ parts: [(String, [UInt8], isFile: Bool)] = [], key: String = UUID().uuidString,
              headers: [String: String] = [:], by token: String? = nil) async throws -> Answer {
      var body: [UInt8] = []
      for (name, value, isFile) in [("key", Array(key.utf8), isFile: false)] + parts {
        let file = isFile ? "; filename=\"\(name)\"" : ""
        body += Array("--x\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n".utf8) + value + [13, 10]
      }
      let type = ["Content-Type": "multipart/form-data; boundary=x", "Accept": "application/json"]
      return try await server.ask(
        .post, "/field/cases/\(id)/\(noun)", token: token ?? squad, headers: type.merging(headers) { $1 },
        body: body + Array("--x--\r\n".utf8))
    }

    func send(_ noun: String, _ fields: [String: String], key: String = UUID().uuidString,
              headers: [String: String] = [:]) async throws -> Answer {
      try await send(noun, fields.map { ($0, Array($1.utf8), isFile: false) }, key: key, headers: headers)
    }

    func steps() async throws -> [String] {
      let answer = try await server.ask(.get, "/api/v1/cases/\(id)", token: desk)
      let timeline = try #require(try answer.member("timeline") as? [[String: Any]])
      return timeline.compactMap { $0["step"] as? String }
    }
  }

  private func withScene(_ body: @Sendable @escaping (Scene) async throws -> Void) async throws {
    try await withServer { server in
      let desk = try await server.token(.dispatcher)
      let town = try await server.token(.agency, agency: "town-east")
      let squad = try await server.token(.squadMember, agency: "town-east", squad: "east-1")
      let id = try await server.takeDown(["door": "app", "text": "有情况", "place": "P1"], token: desk)
      let scene = Scene(server: server, desk: desk, town: town, squad: squad, id: id)
      for (noun, json, who) in [
        ("judgement", #"{"kind":"noise.renovation"}"#, desk), ("assignment", #"{"agency":"town-east"}"#, desk),
        ("signature", "{}", town), ("dispatch", #"{"squad":"east-1"}"#, town),
      ] {
        let answer = try await server.ask(.post, "/api/v1/cases/\(id)/\(noun)", token: who, json: json)
        #expect(answer.status == 200, "\(noun): \(answer.text)")
      }
      try await body(scene)
    }
  }

  @Test func aStepIsDoneOnceHoweverOftenItIsSent() async throws {
    try await withScene { scene in
      let now = scene.server.clock.now
      let times = ["Headwater-Done-At": (now - .minutes(20)).iso, "Headwater-Sent-At": (now + .minutes(7)).iso]
      let first = try await scene.send("signature", [:], key: "k-1", headers: times)
      #expect(first.status == 200 && first.text.contains("\"phase\":\"accepted\""), "\(first.text)")
      scene.server.clock.advance(.minutes(5))
      // Sent again, the phone says another time of sending; the step is the same.
      let later = times.merging(["Headwater-Sent-At": (now + .minutes(12)).iso]) { $1 }
      #expect(try await scene.send("signature", [:], key: "k-1", headers: later).text == first.text)
      let answer = try await scene.server.ask(.get, "/api/v1/cases/\(scene.id)", token: scene.desk)
      let timeline = try #require(try answer.member("timeline") as? [[String: Any]])
      let signed = timeline.filter { $0["step"] as? String == "squad-signed" }
      #expect(signed.count == 1 && signed[0]["doneAt"] as? String == (now - .minutes(27)).iso)
      #expect(signed[0]["clockAheadMilliseconds"] as? Int == 420_000)
    }
  }

  /// Days later the key is forgotten; what the note left behind is not.
  @Test func aNoteIsKeptOnceEvenAfterItsKeyIsForgotten() async throws {
    try await withScene { scene in
      let voice: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3] + [UInt8](repeating: 7, count: 100)
      let parts: [(String, [UInt8], isFile: Bool)] = [
        ("words", Array("门口堆物".utf8), isFile: false), ("voice", voice, isFile: true),
      ]
      #expect(try await scene.send("note", parts, key: "k-2").status == 200)
      scene.server.clock.advance(.days(3))
      let site = scene.server.site
      _ = try await site.database.write {
        try site.idempotencyKeys.sweep(at: site.now().milliseconds, on: $0)
      }
      #expect(try await scene.send("note", parts, key: "k-2").status == 200)
      #expect(try await scene.steps().filter { $0 == "noted" }.count == 1)
    }
  }

  @Test func aMediationIsSignedByBothOrNotAtAll() async throws {
    try await withScene { scene in
      for noun in ["signature", "departure", "arrival"] { #expect(try await scene.send(noun, [:]).status == 200) }
      var fields = ["outcome": "mediated", "agreement": "九点后不施工", "party1": "甲某", "party2": "乙某",
                    "signature1": "10,10 20,30;40,50 60,60"]
      let missing = try await scene.send("outcome", fields)
      #expect(missing.status == 422 && missing.problem == "signature-missing")
      for wrong in ["", "10,10", "1,2 601,3", "<path>", "1,2 3,4;;5"] {
        fields["signature2"] = wrong
        #expect(try await scene.send("outcome", fields).status == 422, "\(wrong)")
      }
      fields["signature2"] = "1,2 3,4"
      #expect(try await scene.send("outcome", fields).status == 200)
      let timeline = try await scene.server.ask(.get, "/api/v1/cases/\(scene.id)", token: scene.desk).member("timeline")
      let concluded = try #require((timeline as? [[String: Any]])?.first { $0["step"] as? String == "concluded" })
      let look = ["reference": try #require(concluded["words"] as? String), "purpose": "handle"]
      let page = try await scene.server.post("/cases/\(scene.id)/mediation?lang=zh", look, token: scene.town)
      for text in ["九点后不施工", "甲某", "乙某", "M10 10L20 30M40 50L60 60"] { #expect(page.text.contains(text)) }
      let stranger = try await scene.server.token(.supervisor)
      #expect(try await scene.server.post("/cases/\(scene.id)/mediation", look, token: stranger).status == 403)
    }
  }

  /// The worker sends what waits while somebody else may have signed in on the same phone.
  @Test func aStepIsNeverDoneAsSomebodyElse() async throws {
    try await withScene { scene in
      let other = ["Headwater-Account": "account:01KEZP338081KPT9RCCXDXN4VK"]
      let refused = try await scene.send("signature", [:], headers: other)
      let steps = try await scene.steps()
      #expect(refused.status == 401 && steps.last == "dispatched")
      let taken = try await scene.send("signature", [:])
      #expect(taken.status == 200)
    }
  }

  @Test func whatCannotBeIsRefusedWithItsReason() async throws {
    try await withScene { scene in
      let early = try await scene.send("arrival", [:])
      #expect(early.status == 409 && early.problem == "not-now")
      let times = ["Headwater-Done-At": "gestern", "Headwater-Sent-At": scene.server.clock.now.iso]
      #expect(try await scene.send("signature", [:], headers: times).status == 422)
      #expect(try await scene.send("note", [("voice", Array("MZ".utf8), isFile: true)]).problem == "voice-unusable")
      #expect(try await scene.send("note", [:]).status == 422)
      #expect(try await scene.send("departure", by: scene.desk).status == 403)
      #expect(try await scene.steps().last == "dispatched")
    }
  }

  @Test func thePhoneIsToldWhatItNeedsToBeAnApp() async throws {
    try await withScene { scene in
      let page = try await scene.server.ask(.get, "/field?lang=en", token: scene.squad)
      #expect(page.status == 200 && page.text.contains("rel=\"manifest\""))
      #expect(page.text.contains("id=\"f-\(scene.id)\""))
      #expect(try await scene.server.ask(.get, "/field", token: scene.desk).status == 403)
      let worker = try await scene.server.ask(.get, "/field/worker.js")
      #expect(worker.headers[try #require(HTTPField.Name("Service-Worker-Allowed"))] == "/field")
      #expect(worker.headers[.cacheControl]?.contains("no-cache") == true)
      let manifest = try await scene.server.ask(.get, "/field/manifest.webmanifest?lang=en")
      #expect(try manifest.text("start_url") == "/field" && manifest.text("display") == "standalone")
    }
  }
}

extension Instant {
  fileprivate var iso: String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1_000).ISO8601Format()
  }
}
