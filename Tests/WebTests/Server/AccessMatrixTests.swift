import Domain
import Features
import HTTPTypes
import Testing
import Web

/// Every role × route × division, generated from the table that the routes come from: who gets in at all, and that
/// nobody learns anything of a case that is not theirs.
@Suite struct AccessMatrixTests {
  struct Person: Sendable {
    let role: Role
    let token: String
    /// Whether the case in East is theirs to see.
    let sees: Bool
    let name: String
  }

  /// Each role in East and in West.
  private static func people(_ server: WebTest) async throws -> [Person] {
    var people: [Person] = []
    for role in Role.allCases where role != .reporter && role != .system {
      for (town, squad, sees) in [("town-east", "east-1", true), ("town-west", "west-1", false)] {
        let token = try await server.token(
          role, division: sees ? SmallCity.east : SmallCity.west, agency: role == .agency ? town : nil,
          squad: role == .squadMember ? squad : nil)
        people.append(Person(role: role, token: token, sees: sees, name: "\(role.rawValue) of \(town)"))
      }
    }
    return people
  }

  @Test func whoeverLacksScopeOrRoleStaysOutside() async throws {
    try await withServer { server in
      let people = try await Self.people(server)
      for route in server.routes where !route.isStream {
        let path = route.path(case: "01KEZP338081KPT9RCCXDXN4VK")
        let nobody = try await server.ask(route.method, path)
        #expect(nobody.status == 401 || route.isOpen, "\(route.name) of nobody")
        for person in people where !route.isOpen {
          let answer = try await server.ask(route.method, path, token: person.token)
          let isOutside = answer.problem == "scope-missing" || answer.problem == "role-forbidden"
          #expect(isOutside == !route.admits(person.role),
                  "\(route.name) of \(person.name): \(answer.status) \(answer.problem ?? "")")
          #expect(answer.status < 500)
        }
      }
    }
  }

  @Test func aCaseOfAnotherDivisionDoesNotExist() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let people = try await Self.people(server)
      let receipt = try await server.report(ReportEndpointsTests.noise, token: desk)
      let (id, report) = (try receipt.text("case"), try receipt.text("report"))
      // The squad sees what it was sent to.
      let town = try await server.token(.agency, agency: "town-east")
      #expect(try await server.ask(.post, "/api/v1/cases/\(id)/signature", token: town).status == 200)
      let sent = try await server.ask(.post, "/api/v1/cases/\(id)/dispatch", token: town, json: #"{"squad":"east-1"}"#)
      #expect(sent.status == 200)
      for route in server.routes where route.isAboutOneCase {
        for person in people where !person.sees && route.admits(person.role) {
          let answer = try await server.ask(
            route.method, route.path(case: id, report: report), token: person.token, headers: route.headers,
            body: route.sample)
          #expect(answer.status == 404, "\(route.name) of \(person.name): \(answer.status) \(answer.text)")
          #expect(!answer.text.contains("town-east"))
        }
      }
      for person in people where Scope.of(person.role).contains(.casesRead) {
        let list = try await server.ask(.get, "/api/v1/cases", token: person.token)
        #expect(list.status == 200)
        #expect(list.text.contains(id) == person.sees, "the list of \(person.name)")
        let detail = try await server.ask(.get, "/api/v1/cases/\(id)", token: person.token)
        #expect(detail.status == (person.sees ? 200 : 404), "the case of \(person.name)")
      }
    }
  }

  @Test func aTokenCanBeNarrowedBelowItsRole() async throws {
    try await withServer { server in
      let token = try await server.token(.operator, scopes: [.reportsWrite])
      #expect(try await server.report(ReportEndpointsTests.noise, token: token).status == 201)
      let answer = try await server.ask(.get, "/api/v1/cases", token: token)
      #expect(answer.status == 403)
      #expect(answer.problem == "scope-missing")
    }
  }

  @Test func aWrongOrForgedTokenIsNobody() async throws {
    try await withServer { server in
      for token in ["hw_x", "x", "", "hw_" + String(repeating: "A", count: 10_000)] {
        let answer = try await server.ask(.get, "/api/v1/cases", token: token)
        #expect(answer.status == 401)
      }
    }
  }
}
