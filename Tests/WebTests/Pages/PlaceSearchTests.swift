import Domain
import HTTPTypes
import Testing
import Web

/// The place field of the desk, and the search field of the board.
@Suite struct PlaceSearchTests {
  @Test func placesAreFoundForWhoTakesReports() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let found = try await server.ask(.get, "/places?q=dy&lang=en", token: desk)
      #expect(try found.text("0.code") == "P1")
      #expect(try found.text("0.name") == "East Court")
      #expect(try await server.ask(.get, "/places?q=", token: desk).text == "[]")
      let spot = try await server.ask(.get, "/places?at=29.405,124.005", token: desk)
      #expect(try spot.text("division") == SmallCity.east)
      #expect(try await server.ask(.get, "/places?at=0,0", token: desk).text == "{}")
      #expect(try await server.ask(.get, "/places?at=x", token: desk).status == 422)
      let squad = try await server.token(.squadMember, squad: "east-1")
      #expect(try await server.ask(.get, "/places?q=dy", token: squad).status == 403)
      #expect(try await server.ask(.get, "/places?q=dy").status == 303)
    }
  }

  @Test func theBoardIsSearchedByPlaceKindAndNumber() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let id = try await server.takeDown(PagesTests.report, token: desk)
      let queries = [("dongyuan", true), (String(id.suffix(5)), true), ("ximarket", false), ("QQQQQQ", false)]
      for (query, isFound) in queries {
        let board = try await server.ask(.get, "/board?lang=en&q=\(query)", token: desk)
        #expect(board.text.contains("c-\(id)") == isFound, "\(query)")
        #expect(board.links.contains { $0.contains("queue=late") && $0.contains("q=\(query)") }, "it stays in links")
      }
      let long = String(repeating: "a", count: 61)
      #expect(try await server.ask(.get, "/board?q=\(long)", token: desk).status == 422)
    }
  }
}
