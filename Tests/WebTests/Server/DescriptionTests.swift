import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

/// `/openapi.json` says what the server does.
@Suite struct DescriptionTests {
  private static func document(_ server: WebTest) async throws -> [String: Any] {
    let answer = try await server.ask(.get, "/openapi.json")
    #expect(answer.status == 200)
    return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  }

  private static func references(_ value: Any) -> [String] {
    switch value {
    case let object as [String: Any]:
      object.flatMap { name, member in name == "$ref" ? [member as? String ?? ""] : references(member) }
    case let list as [Any]: list.flatMap(references)
    default: []
    }
  }

  @Test func everyRouteIsDescribedAndEveryReferenceLeadsSomewhere() async throws {
    try await withServer { server in
      let document = try await Self.document(server)
      #expect(document["openapi"] as? String == "3.1.0")
      let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
      for route in server.routes {
        let operation = try #require(paths[route.path]?[route.method.rawValue.lowercased()], "\(route.name)")
        #expect(operation["operationId"] as? String == route.name)
        let responses = try #require(operation["responses"] as? [String: Any])
        #expect(Set(responses.keys) == Set(route.statuses.map(String.init)), "\(route.name)")
      }
      let names = paths.values.flatMap(\.values).compactMap { $0["operationId"] as? String }
      #expect(Set(names).count == names.count)
      let check = JSONSchemaCheck(document: document)
      for reference in Set(Self.references(document)) { #expect(check.resolve(reference) != nil, "\(reference)") }
    }
  }

  /// The schema of a good answer in JSON.
  private static func schema(_ document: [String: Any], _ route: RouteSummary, _ status: Int) -> [String: Any]? {
    let paths = document["paths"] as? [String: [String: [String: Any]]]
    let responses = paths?[route.path]?[route.method.rawValue.lowercased()]?["responses"] as? [String: [String: Any]]
    let content = responses?[String(status)]?["content"] as? [String: [String: Any]]
    return (content?["application/json"] ?? content?["application/problem+json"])?["schema"] as? [String: Any]
  }

  /// Asks everything once as those who may, over a case that went a long way, and holds each answer against its
  /// schema.
  @Test func answersAreWhatTheDescriptionSays() async throws {
    try await withServer { server in
      let check = JSONSchemaCheck(document: try await Self.document(server))
      let desk = try await server.token(.operator)
      let (id, report) = try await server.handledCase(desk: desk)
      let admin = try await server.token(.administrator)
      let scenario = try EveningNoise.scenario(of: try await EveningNoise.edition(of: server.site))
      try await DecideScenario(server.site)(
        .init(.accepted, edition: 1, reason: "other", words: EveningNoise.words), scenario: scenario.id,
        by: Actor(id: "account:1", role: .supervisor, division: SmallCity.district))
      let decided = try await ListScenarios(server.site).state(scenario.id)?.standing.body.note
      for route in server.routes where route.method == .get && !route.isStream {
        let token = route.admits(.operator) ? desk : admin
        let isScenario = route.path.hasPrefix("/api/v1/scenarios")
        let path = route.path(case: isScenario ? scenario.id : id, report: isScenario ? decided : report)
        let answer = try await server.ask(.get, path, token: token)
        #expect(answer.status == 200, "\(route.name): \(answer.text)")
        guard let schema = Self.schema(check.document, route, answer.status) else { continue }
        let value = try JSONSerialization.jsonObject(with: Data(answer.body))
        #expect(check.faults(value, schema) == [], "\(route.name)")
      }
      let problem = try await server.ask(.get, "/api/v1/cases?x=y", token: desk)
      let route = try #require(server.routes.first { $0.name == "listCases" })
      let schema = try #require(Self.schema(check.document, route, 422))
      #expect(check.faults(try JSONSerialization.jsonObject(with: Data(problem.body)), schema) == [])
    }
  }
}

extension WebTest {
  /// A case that was signed, dispatched, worked on, answered, complained about and paused on the way, and its report.
  func handledCase(desk: String) async throws -> (case: String, report: String) {
    let receipt = try await report(ReportEndpointsTests.noise, token: desk)
    let (id, report) = (try receipt.text("case"), try receipt.text("report"))
    let agency = try await token(.agency, agency: "town-east")
    let squad = try await token(.squadMember, squad: "east-1")
    let steps: [(String, String, String)] = [
      ("signature", agency, "{}"), ("pause", agency, #"{"reason":"weather","words":"下雨"}"#),
      ("resumption", agency, #"{"reason":"weather-over"}"#), ("dispatch", agency, #"{"squad":"east-1"}"#),
      ("signature", squad, "{}"), ("departure", squad, "{}"), ("arrival", squad, "{}"),
      ("outcome", squad, #"{"outcome":"mediated","words":"双方同意"}"#),
      ("feedback", agency, #"{"channel":"phone"}"#), ("complaint", desk, #"{"words":"太慢"}"#),
      ("rating", desk, #"{"stars":4}"#),
    ]
    for (noun, token, body) in steps {
      clock.advance(.minutes(3))
      let answer = try await ask(.post, "/api/v1/cases/\(id)/\(noun)", token: token, json: body)
      #expect(answer.status == 200, "\(noun): \(answer.text)")
    }
    return (id, report)
  }
}
