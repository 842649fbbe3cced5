import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

/// A squad's week as a grid.
@Suite struct RosterPageTests {
  @Test func theWeekShowsWhatWasAgreedAndWhatIsMissing() async throws {
    try await withServer { server in
      let town = try await server.token(.agency, agency: "town-east")
      let plan = try #require(server.site.pack.squad("east-1"))
      let page = try await server.ask(.get, "/rosters?lang=en", token: town)
      #expect(page.status == 200 && page.text.contains("East 1") && !page.text.contains("West 1"))
      #expect(page.text.contains("<table class=\"roster\">"))
      let week = try #require(page.text.components(separatedBy: "name=\"week\" value=\"").dropFirst().first)
        .prefix(10)
      let fields = ["squad": "east-1", "week": String(week), "from": String(week), "until": String(week)]
      for member in plan.members {
        let away = ["kind": "absence", "member": member.code]
        let answer = try await server.post("/rosters", fields.merging(away) { $1 }, token: town)
        #expect(answer.status == 303, "\(answer.text)")
      }
      let after = try await server.ask(.get, "/rosters?lang=en&squad=east-1&week=\(week)", token: town)
      #expect(after.text.contains("Too few") && after.text.contains("class=\"away\""))
      let copied = try await server.post("/rosters/copies", fields, token: town)
      let next = try await server.ask(.get, try #require(copied.headers[.location]) + "&lang=en", token: town)
      #expect(next.text.contains("class=\"away\""))
      let id = try #require(after.text.components(separatedBy: "name=\"id\" value=\"").dropFirst().first)
        .prefix { $0 != "\"" }
      let back = fields.merging(["id": String(id)]) { $1 }
      #expect(try await server.post("/rosters/withdrawals", back, token: town).status == 303)
      let wrong = fields.merging(["kind": "absence", "member": "<b>"]) { $1 }
      #expect(try await server.post("/rosters", wrong, token: town).status == 422)
    }
  }

  @Test func onlyThoseSeeItWhoMayChangeIt() async throws {
    try await withServer { server in
      for role in [Role.operator, .supervisor, .analyst, .administrator] {
        #expect(try await server.ask(.get, "/rosters", token: server.token(role)).status == 403, "\(role)")
      }
      let town = try await server.token(.agency, agency: "town-east")
      #expect(try await server.ask(.get, "/rosters?squad=west-1", token: town).status == 403)
      #expect(try await server.ask(.get, "/rosters?week=x", token: town).status == 422)
      let labour = try await server.token(.agency, agency: "labour")
      #expect(try await server.ask(.get, "/rosters", token: labour).status == 403)
    }
  }
}
