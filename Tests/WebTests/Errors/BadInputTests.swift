import Domain
import Features
import HTTPTypes
import Testing

/// What a body may not be: a clear 4xx in both languages, and nothing stored.
@Suite struct BadInputTests {
  struct Bad: Sendable {
    let name: String
    let body: [UInt8]
    let status: Int
    let problem: String
    let contentType: String

    init(_ name: String, _ body: String, _ status: Int, _ problem: String, contentType: String = "application/json") {
      self.init(name, Array(body.utf8), status, problem, contentType: contentType)
    }

    init(_ name: String, _ body: [UInt8], _ status: Int, _ problem: String, contentType: String = "application/json") {
      self.name = name
      self.body = body
      self.status = status
      self.problem = problem
      self.contentType = contentType
    }
  }

  static let shape = [
    Bad("empty", "", 400, "malformed-json"),
    Bad("cut off", #"{"door":"app""#, 400, "malformed-json"),
    Bad("two values", #"{"door":"app"} {}"#, 400, "malformed-json"),
    Bad("a list", "[]", 422, "field-invalid"),
    Bad("a number", "1", 422, "field-invalid"),
    Bad("XML", "<report/>", 415, "media-type-unsupported", contentType: "application/xml"),
    Bad("plain text", #"{"door":"app"}"#, 415, "media-type-unsupported", contentType: "text/plain"),
    Bad("another charset", #"{"door":"app"}"#, 415, "media-type-unsupported",
        contentType: "application/json; charset=gbk"),
    Bad("not UTF-8", Array(#"{"door":""#.utf8) + [0xB5, 0xC4] + Array(#""}"#.utf8), 400, "wrong-encoding"),
    Bad("UTF-16", [0xFF, 0xFE] + Array("{}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }), 400,
        "wrong-encoding"),
    Bad("UTF-16 without a mark", Array("{}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }), 422,
        "control-character"),
    Bad("too large", #"{"door":"app","text":""# + String(repeating: "a", count: 70_000) + #""}"#, 413,
        "body-too-large"),
    Bad("deep", String(repeating: "[", count: 10_000), 400, "too-deep"),
    Bad("deep objects", String(repeating: #"{"a":"#, count: 5_000), 400, "too-deep"),
  ]

  static let fields = [
    Bad("no door", #"{"kind":"noise.renovation","place":"P1"}"#, 422, "field-missing"),
    Bad("door null", #"{"door":null,"place":"P1"}"#, 422, "field-missing"),
    Bad("door a number", #"{"door":1,"place":"P1"}"#, 422, "field-invalid"),
    Bad("unknown field", #"{"door":"app","txet":"x","place":"P1"}"#, 422, "unknown-field"),
    Bad("unknown field within", #"{"door":"app","text":"x","point":{"latitude":1,"longitude":1,"lat":1}}"#, 422,
        "unknown-field"),
    Bad("NUL escaped", #"{"door":"app","text":"a\u0000b","place":"P1"}"#, 422, "control-character"),
    Bad("bell escaped", #"{"door":"app","text":"a\u0007b","place":"P1"}"#, 422, "control-character"),
    Bad("NUL in a code", #"{"door":"app\u0000","text":"x","place":"P1"}"#, 422, "control-character"),
    Bad("lone surrogate", #"{"door":"app","text":"\ud800","place":"P1"}"#, 400, "malformed-json"),
    Bad("latitude a text", #"{"door":"app","text":"x","point":{"latitude":"29","longitude":121}}"#, 422,
        "field-invalid"),
    Bad("beyond any number", #"{"door":"app","text":"x","point":{"latitude":1e400,"longitude":121}}"#, 400,
        "malformed-json"),
    Bad("half a point", #"{"door":"app","text":"x","point":{"latitude":29}}"#, 422, "field-missing"),
    Bad("30 February", #"{"door":"app","text":"x","place":"P1","saidAt":"2026-02-30T00:00:00Z"}"#, 422,
        "field-invalid"),
    Bad("a time without a zone", #"{"door":"app","text":"x","place":"P1","saidAt":"2026-01-01T00:00:00"}"#, 422,
        "field-invalid"),
  ]

  static let content = [
    Bad("no text and no kind", #"{"door":"app","place":"P1"}"#, 422, "text-missing"),
    Bad("long text", #"{"door":"app","place":"P1","text":""# + String(repeating: "长", count: 4_001) + #""}"#, 422,
        "text-too-long"),
    Bad("long name", #"{"door":"app","place":"P1","text":"x","name":""# + String(repeating: "a", count: 401) + #""}"#,
        422, "field-too-long"),
    Bad("long attribute",
        #"{"door":"app","place":"P1","text":"x","attributes":{"a":""# + String(repeating: "a", count: 401) + #""}}"#,
        422, "field-too-long"),
    Bad("many attributes",
        #"{"door":"app","place":"P1","text":"x","attributes":{"#
          + (0..<51).map { "\"a\($0)\":\"\"" }.joined(separator: ",") + "}}",
        422, "too-many-attributes"),
    Bad("unknown kind", #"{"door":"app","place":"P1","kind":"nonsense"}"#, 422, "unknown-kind"),
    Bad("kind not a leaf", #"{"door":"app","place":"P1","kind":"noise"}"#, 422, "kind-not-leaf"),
    Bad("unknown place", #"{"door":"app","place":"P9","text":"x"}"#, 422, "unknown-place"),
    Bad("unknown division", #"{"door":"app","division":"1","text":"x"}"#, 422, "unknown-division"),
    Bad("nowhere", #"{"door":"app","text":"x"}"#, 422, "location-missing"),
    Bad("outside", #"{"door":"app","text":"x","point":{"latitude":31,"longitude":121}}"#, 422, "outside-city"),
    Bad("beyond the pole", #"{"door":"app","text":"x","point":{"latitude":91,"longitude":121}}"#, 422,
        "coordinate-impossible"),
    Bad("in the future", #"{"door":"app","text":"x","place":"P1","saidAt":"2027-01-01T00:00:00Z"}"#, 422,
        "time-impossible"),
    Bad("before time", #"{"door":"app","text":"x","place":"P1","saidAt":"1969-01-01T00:00:00Z"}"#, 422,
        "time-impossible"),
  ]

  @Test(arguments: ["shape", "fields", "content"])
  func isRefusedAndNothingIsStored(group: String) async throws {
    let cases = try #require(["shape": Self.shape, "fields": Self.fields, "content": Self.content][group])
    try await withServer { server in
      let token = try await server.token(.operator)
      for bad in cases {
        let answer = try await server.ask(
          .post, "/api/v1/reports", token: token,
          headers: ["Content-Type": bad.contentType, "Idempotency-Key": bad.name.filter { $0 != " " }], body: bad.body)
        #expect(answer.status == bad.status, "\(bad.name)")
        #expect(answer.problem == bad.problem, "\(bad.name)")
        #expect(answer.headers[.contentType] == "application/problem+json", "\(bad.name)")
        let titles = (try answer.text("titles.zh"), try answer.text("titles.en"))
        #expect(!titles.0.isEmpty && !titles.1.isEmpty)
      }
      for table in ["cases", "vault_entries", "idempotency_keys"] { #expect(try await server.rows(table) == 0) }
    }
  }

  static let queries: [(path: String, status: Int, problem: String)] = [
    ("/api/v1/cases?agancy=police", 422, "unknown-parameter"), ("/api/v1/cases?limit=0", 422, "parameter-invalid"),
    ("/api/v1/cases?limit=99999999999999999999", 422, "parameter-invalid"),
    ("/api/v1/cases?phase=desk,nowhere", 422, "parameter-invalid"),
    ("/api/v1/cases?open=maybe", 422, "parameter-invalid"),
    ("/api/v1/cases?open=true&open=false", 422, "parameter-invalid"),
    ("/api/v1/cases?after=x", 422, "parameter-invalid"), ("/api/v1/cases?door=%00", 400, "malformed-request"),
    ("/api/v1/cases?door=%ff", 400, "malformed-request"), ("/api/v1/cases?door=%zz", 400, "malformed-request"),
    ("/api/v1/cases?from=2026-02-30", 422, "parameter-invalid"),
    ("/api/v1/cases/%00", 404, "unknown-case"), ("/api/v1/cases/nothing", 404, "unknown-case"),
    ("/api/v1/reports/nothing", 404, "unknown-report"), ("/api/v1/nothing", 404, "unknown-address"),
    ("/api/v1/rates", 422, "parameter-invalid"),
    ("/api/v1/rates?from=2026-01-01&to=2025-01-01", 422, "parameter-invalid"),
    ("/api/v1/rates/none/cases?from=2026-01-01&to=2026-02-01", 404, "unknown-address"),
  ]

  @Test func queriesAndPaths() async throws {
    try await withServer { server in
      let token = try await server.token(.operator)
      for (path, status, problem) in Self.queries {
        let answer = try await server.ask(.get, path, token: token)
        #expect(answer.status == status, "\(path)")
        #expect(answer.problem == problem, "\(path)")
      }
    }
  }

  @Test func aKnownAddressNamesItsMethods() async throws {
    try await withServer { server in
      let token = try await server.token(.operator)
      let answer = try await server.ask(.delete, "/api/v1/reports", token: token)
      #expect(answer.status == 405)
      #expect(answer.headers[.allow] == "POST")
      let odd = try await server.ask(try #require(HTTPRequest.Method("BREW")), "/api/v1/cases", token: token)
      #expect(odd.status == 405)
      #expect(odd.headers[.allow] == "GET, HEAD")
    }
  }

  @Test func aReasonIsAWordNeverASentence() async throws {
    try await withServer { server in
      let desk = try await server.token(.operator)
      let id = try await server.report(ReportEndpointsTests.noise, token: desk).text("case")
      let agency = try await server.token(.agency, agency: "town-east")
      let events = try await server.rows("journal")
      for reason in ["not a word", "Not-Ours", "", "不归我管", String(repeating: "a", count: 41)] {
        let answer = try await server.ask(.post, "/api/v1/cases/\(id)/refusal", token: agency,
                                          json: #"{"reason":"\#(reason)"}"#)
        #expect(answer.status == 422, "\(reason)")
      }
      #expect(try await server.rows("journal") == events)
    }
  }
}
