import Domain
import Foundation
import HTTPTypes
import Testing
import Web

/// What the board's own script asks for: rows by name, dots, squads, layers of the map, forms of a case.
@Suite struct BoardPageTests {
  private static let report = PagesTests.report

  private func ids(_ page: Answer) -> [String] {
    page.text.components(separatedBy: "<li id=\"c-").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func whatWaitsForSomebodyStandsFirst() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let town = try await server.token(.agency, agency: "town-east")
      let first = try await server.takeDown(Self.report, token: desk)
      server.clock.advance(.minutes(1))
      let second = try await server.takeDown(Self.report, token: desk)
      let board = try await server.ask(.get, "/board", token: desk)
      #expect(ids(board) == [first, second])
      #expect(try await server.send("signature", case: first, token: town).status == 303)
      #expect(ids(try await server.ask(.get, "/board", token: desk)) == [second, first])
    }
  }

  @Test func rowsAreGivenByNameAsFarAsTheyStandOnTheBoard() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let id = try await server.takeDown(Self.report, token: desk)
      let other = try await server.takeDown(Self.report, token: desk)
      let rows = try await server.ask(.get, "/board/part?ids=\(id)&lang=en", token: desk)
      #expect(ids(rows) == [id])
      #expect(rows.text.contains("All open <b>2</b>") && !rows.text.contains("<html"))
      #expect(ids(try await server.ask(.get, "/board/part?ids=\(id),\(other)&queue=late", token: desk)) == [])
      let west = try await server.token(.operator, division: SmallCity.west)
      #expect(ids(try await server.ask(.get, "/board/part?ids=\(id)", token: west)) == [])
      let many = Array(repeating: id, count: 101).joined(separator: ",")
      for bad in [many, "%22", "\(id);"] {
        #expect(try await server.ask(.get, "/board/part?ids=\(bad)", token: desk).status == 422, "\(bad.prefix(20))")
      }
    }
  }

  @Test func dotsAndSquadsAreThoseOfTheReader() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let id = try await server.takeDown(Self.report, token: desk)
      let dots = try await server.ask(.get, "/board/points?lang=en", token: desk)
      #expect(try dots.text("cases.0.0") == id)
      #expect(try dots.number("cases.0.2") > 0)
      let west = try await server.token(.operator, division: SmallCity.west)
      #expect(try await server.ask(.get, "/board/points", token: west).text == "{\"labels\":[],\"cases\":[]}")
      let dispatcher = try await server.token(.dispatcher)
      let town = try await server.token(.agency, agency: "town-east")
      let squads = try await server.ask(.get, "/board/squads?lang=en", token: dispatcher)
      #expect(squads.text.contains("\"east-1\"") && squads.text.contains("East 1"))
      #expect(try await server.send("signature", case: id, token: town).status == 303)
      #expect(try await server.send("dispatch", ["squad": "east-1"], case: id, token: dispatcher).status == 303)
      let sent = try await server.ask(.get, "/board/squads", token: town)
      #expect(sent.text.contains("\"doing\":\"called\"") && sent.text.contains("/cases/\(id)"))
      let stranger = try await server.ask(.get, "/board/squads", token: west)
      #expect(!stranger.text.contains(id) && !stranger.text.contains("east-1"))
    }
  }

  @Test func theMapsLayersAreGeoJSONAndKept() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let layer = try await server.ask(.get, "/map/layers/divisions", token: desk)
      #expect(layer.headers[.contentType] == "application/geo+json")
      #expect(try layer.text("type") == "FeatureCollection")
      #expect(try layer.text("features.0.geometry.type") == "MultiPolygon")
      #expect(try layer.text("features.1.geometry.type") == "Point")
      #expect(layer.headers[.cacheControl]?.hasPrefix("private") == true)
      #expect(try await server.ask(.get, "/map/layers/divisions").status == 303)
      #expect(try await server.ask(.get, "/map/layers/..", token: desk).status == 404)
      #expect(try await server.ask(.get, "/map/layers/agencies", token: desk).status == 404)
    }
  }

  @Test func theFormsOfACaseComeByThemselves() async throws {
    try await withServer { server in
      let desk = try await server.token(.dispatcher)
      let town = try await server.token(.agency, agency: "town-east")
      let id = try await server.takeDown(Self.report, token: try await server.token(.operator))
      let assign = try await server.ask(.get, "/cases/\(id)/forms?for=assign&lang=en", token: desk)
      #expect(assign.key(ofStep: "assignment") != nil && assign.key(ofStep: "signature") == nil)
      #expect(!assign.text.contains("<html"))
      let sign = try await server.ask(.get, "/cases/\(id)/forms?for=sign", token: town)
      let key = try #require(sign.key(ofStep: "signature"))
      #expect(try await server.post("/cases/\(id)/signature", ["key": key], token: town).status == 303)
      let west = try await server.token(.dispatcher, division: SmallCity.west)
      #expect(try await server.ask(.get, "/cases/\(id)/forms", token: west).status == 404)
      #expect(try await server.ask(.get, "/cases/\(id)/forms?for=all", token: desk).status == 422)
    }
  }

  @Test func longPagesAreCompressedForWhoReadsThat() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let plain = try await server.ask(.get, "/board", token: desk)
      let packed = try await server.ask(.get, "/board", token: desk, headers: ["Accept-Encoding": "gzip, deflate"])
      #expect(plain.headers[.contentEncoding] == nil && packed.headers[.contentEncoding] == "gzip")
      #expect(packed.body.count * 2 < plain.body.count)
      #expect(packed.headers[.vary] == "Accept-Encoding")
    }
  }
}
