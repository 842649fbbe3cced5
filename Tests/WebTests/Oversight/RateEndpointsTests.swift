import Domain
import Features
import HTTPTypes
import Testing
import Web

@Suite struct RateEndpointsTests {
  private static let period = "from=2026-01-01&to=2026-02-01"

  @Test func eachFigureOpensIntoItsCases() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let (id, _) = try await server.handledCase(desk: desk)
      let answer = try await server.ask(.get, "/api/v1/rates?\(Self.period)&by=agency", token: desk)
      #expect(answer.status == 200)
      #expect(try answer.text("rates.0.rate") == "sign-in")
      #expect(try answer.text("rates.0.group") == "town-east")
      #expect(try answer.number("rates.0.value") == 1)
      let link = try answer.text("rates.0.numerator.cases")
      let behind = try await server.ask(.get, link, token: desk)
      #expect(behind.status == 200)
      #expect(try behind.member("cases") as? [String] == [id])
      let west = try await server.token(.operator, division: SmallCity.west)
      #expect(try await server.ask(.get, link, token: west).member("cases") as? [String] == [])
    }
  }

  @Test func asCSVForSpreadsheets() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      _ = try await server.handledCase(desk: desk)
      let asked = try await server.ask(.get, "/api/v1/rates?\(Self.period)&by=agency&format=csv", token: desk)
      let accepted = try await server.ask(.get, "/api/v1/rates?\(Self.period)&by=agency", token: desk,
                                          headers: ["Accept": "text/csv"])
      #expect(asked.headers[.contentType] == "text/csv; charset=utf-8")
      #expect(asked.body == accepted.body)
      let lines = asked.text.split(separator: "\r\n")
      #expect(lines[0] == "\u{FEFF}rate,group,name_zh,name_en,numerator,denominator,value,not_yet_due,as_of,"
        + "formula_version,cases")
      #expect(lines[1].hasPrefix("sign-in,town-east,东镇,East Town,1,1,1.0,0,"))
    }
  }
}
