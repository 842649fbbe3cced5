import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

/// What an outcome says was lost.
@Suite struct OutcomeEndpointTests {
  /// A case that its agency has signed.
  private func signed(_ kind: String, agency: String, _ server: WebTest) async throws -> (id: String, token: String) {
    let desk = try await server.token(.dispatcher)
    let own = try await server.token(.agency, agency: agency)
    let id = try await server.takeDown(["door": "110", "text": "有情况", "place": "P1"], token: desk)
    for (noun, json, who) in [
      ("judgement", "{\"kind\":\"\(kind)\"}", desk), ("assignment", "{\"agency\":\"\(agency)\"}", desk),
      ("signature", "{}", own),
    ] {
      let answer = try await server.ask(.post, "/api/v1/cases/\(id)/\(noun)", token: who, json: json)
      #expect(answer.status == 200, "\(noun): \(answer.text)")
    }
    return (id, own)
  }

  @Test(arguments: [
    ("-1", "loss-out-of-range"), ("1000000001", "loss-out-of-range"),
    ("9223372036854775807", "loss-out-of-range"), ("99999999999999999999", "loss-out-of-range"),
    ("1.5", "loss-out-of-range"), ("\"5\"", "field-invalid"), ("[]", "field-invalid"),
  ])
  func aLossThatIsNoneIsRefused(loss: String, problem: String) async throws {
    try await withServer { server in
      let theft = try await signed("crime.theft", agency: "police", server)
      let path = "/api/v1/cases/\(theft.id)"
      let answer = try await server.ask(
        .post, path + "/outcome", token: theft.token, json: "{\"outcome\":\"handled\",\"loss\":\(loss)}")
      #expect(answer.status == 422 && answer.problem == problem, "\(answer.text)")
      let titles = (try answer.text("titles.zh"), try answer.text("titles.en"))
      #expect(!titles.0.isEmpty && !titles.1.isEmpty)
      #expect(try await server.ask(.get, path, token: theft.token).text("case.phase") == "handling")
    }
  }

  @Test func aKindWithoutLossesTakesNone() async throws {
    try await withServer { server in
      let noise = try await signed("noise.renovation", agency: "town-east", server)
      let answer = try await server.ask(
        .post, "/api/v1/cases/\(noise.id)/outcome", token: noise.token, json: #"{"outcome":"handled","loss":0}"#)
      #expect(answer.status == 422 && answer.problem == "kind-without-losses")
      let page = try await server.ask(.get, "/cases/\(noise.id)?lang=en", token: noise.token)
      #expect(page.text.contains("name=\"outcome\"") && !page.text.contains("name=\"loss\""))
      let phone = try await server.ask(.get, "/field?lang=en", token: noise.token)
      #expect(phone.text.contains("name=\"outcome\"") && !phone.text.contains("name=\"loss\""))
    }
  }

  @Test func whatWasLostIsAskedForAndToldInTwoDigits() async throws {
    try await withServer { server in
      let theft = try await signed("crime.theft", agency: "police", server)
      for page in ["/cases/\(theft.id)", "/field"] {
        #expect(try await server.ask(.get, page, token: theft.token).text.contains("name=\"loss\""), "\(page)")
      }
      let typed = try await server.send(
        "outcome", ["outcome": "handled", "loss": "a lot"], case: theft.id, token: theft.token)
      #expect(typed.status == 422 && typed.text.contains("value=\"a lot\""), "what was typed stands in the form")
      let done = try await server.send(
        "outcome", ["outcome": "handled", "loss": " 12345 "], case: theft.id, token: theft.token)
      #expect(done.headers[.location] == "/cases/\(theft.id)?done=outcome")
      let timeline = try await server.ask(.get, "/api/v1/cases/\(theft.id)", token: theft.token).member("timeline")
      let concluded = (timeline as? [[String: Any]])?.first { $0["step"] as? String == "concluded" }
      #expect(concluded?["loss"] as? Int == 12_000)
      let page = try await server.ask(.get, "/cases/\(theft.id)?lang=en", token: theft.token).text
      #expect(page.contains("about ¥12,000 lost") && !page.contains("12345"))
    }
  }

  @Test func aPhoneTellsItWithTheStepThatItKept() async throws {
    try await withServer { server in
      let theft = try await signed("crime.theft", agency: "police", server)
      let answer = try await server.post(
        "/field/cases/\(theft.id)/outcome", ["outcome": "handled", "loss": "0", "key": "k-1"], token: theft.token)
      #expect(answer.status == 303)
      let page = try await server.ask(.get, "/cases/\(theft.id)?lang=en", token: theft.token).text
      #expect(page.contains("Nothing was lost"))
    }
  }
}
