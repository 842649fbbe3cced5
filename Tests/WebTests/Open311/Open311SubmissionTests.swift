import Connectors
import Domain
import Features
import SQL
import Testing

@Suite struct Open311SubmissionTests {
  static let place = "service_code=noise.renovation&lat=29.41234&long=124.01567"

  /// As a well-known reporting site sends it: the jurisdiction in the query, everything else in the form.
  @Test func aRequestBecomesACase() async throws {
    try await withOpen311 { test in
      let form = "api_key=\(test.key)&\(Self.place)&address_string=1234+5th+street&email=smit333%40city.gov"
        + "&device_id=tt222111&account_id=123456&first_name=john&last_name=smith&phone=111111111"
        + "&description=%E7%94%B5%E9%92%BB+all+night%0D%0Aevery+night&media_url=http%3A%2F%2Fexample.net%2F1.jpg"
        + "&attribute%5Btitle%5D=Noise&attribute[fixmystreet_id]=77&attribute[]=x"
      let answer = await test.post(form, to: "v2/requests.xml",
                                   query: [("jurisdiction_id", SmallCity.district)])
      #expect(answer.status == 200)
      let id = try #require(answer.text.split(separator: "<service_request_id>").last?.prefix(26)).description
      #expect(answer.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <service_requests><request><service_request_id>\(id)</service_request_id><service_notice/>\
        <account_id>123456</account_id></request></service_requests>

        """)
      let seen = await test.get("v2/requests/\(id).json?locale=en")
      #expect(seen.text == #"[{"service_request_id":"\#(id)","status":"open","status_notes":null,"#
        + #""service_name":"Renovation noise","service_code":"noise.renovation","description":null,"#
        + #""agency_responsible":"East Town","service_notice":null,"#
        + #""requested_datetime":"2026-01-15T10:00:00+08:00","updated_datetime":"2026-01-15T10:00:00+08:00","#
        + #""expected_datetime":"2026-01-15T10:30:00+08:00","address":"East, Small City","address_id":null,"#
        + #""zipcode":null,"lat":29.412,"long":124.016,"media_url":null}]"#)
      let token = await test.get("v2/tokens/\(id).json")
      #expect(token.text == #"[{"service_request_id":"\#(id)","token":"\#(id)"}]"#)
    }
  }

  @Test func nothingPersonalLeavesTheVault() async throws {
    try await withOpen311 { test in
      _ = try await test.submit(
        Self.place + "&description=secret-words&first_name=Heikki&phone=5550123&device_id=dev-9")
      let answers = await test.get("v2/requests.xml").text + test.get("v2/requests.json").text
      let journal = try await test.site.database.read { connection in
        try connection.all("SELECT body FROM journal") { $0.text(0) }.joined()
      }
      for word in ["secret-words", "Heikki", "5550123", "dev-9"] {
        #expect(!answers.contains(word) && !journal.contains(word))
      }
    }
  }

  @Test func everyWayOfSayingWhere() async throws {
    try await withOpen311 { test in
      let code = "service_code=noise.renovation&description="
      let byPlace = try await test.submit(code + "a&address_id=P2")
      let byName = try await test.submit(code + "b&address_string=East%20Court%2C%20gate%203")
      let byTown = try await test.submit(code + "c&address_string=%E8%A5%BF%E9%95%87%E5%8C%97%E8%B7%AF")
      let nowhere = try await test.submit(code + "d&address_string=behind+the+moon")
      var found: [String?] = []
      for id in [byPlace, byName, byTown, nowhere] {
        found.append(await test.get("v2/requests/\(id).json?locale=en").objects.first?["address"] as? String)
      }
      #expect(found == ["West Market, West, Small City", "East Court, East, Small City", "West, Small City",
                        "Small City"])
    }
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let form: String
    let status: Int
    let words: String
    var key = true
    var headers: [String: String] = [:]
    var testDescription: String { words + " " + form.prefix(40) }
  }

  static let refused = [
    Refused(form: place, status: 403, words: "api_key was not provided", key: false),
    Refused(form: place + "&api_key=hw_wrong", status: 403, words: "api_key is not valid", key: false),
    Refused(form: "lat=29.41&long=124.01", status: 400, words: "service_code was not provided"),
    Refused(form: "service_code=&lat=29.41&long=124.01", status: 400, words: "service_code was not provided"),
    Refused(form: "service_code=none&lat=29.41&long=124.01", status: 404, words: "service_code was not found"),
    Refused(form: "service_code=crime.theft&lat=29.41&long=124.01", status: 404, words: "service_code was not found"),
    Refused(form: "service_code=noise&lat=29.41&long=124.01", status: 404, words: "service_code was not found"),
    Refused(form: place + "&jurisdiction_id=elsewhere", status: 404, words: "jurisdiction_id"),
    Refused(form: "service_code=noise.renovation", status: 400, words: "A location is needed"),
    Refused(form: "service_code=noise.renovation&lat=29.41", status: 400, words: "come together"),
    Refused(form: "service_code=noise.renovation&lat=north&long=124.01", status: 400, words: "come together"),
    Refused(form: "service_code=noise.renovation&lat=nan&long=124.01", status: 400, words: "come together"),
    Refused(form: "service_code=noise.renovation&lat=91&long=124.01", status: 400, words: "come together"),
    Refused(form: "service_code=noise.renovation&lat=31&long=121", status: 400, words: "outside the city"),
    Refused(form: "service_code=noise.renovation&address_id=P9", status: 400, words: "address_id was not found"),
    Refused(form: place + "&description=" + String(repeating: "x", count: 4_001), status: 400, words: "4,000"),
    Refused(form: place + "&description=a%00b", status: 400, words: "cannot be represented"),
    Refused(form: place + "&description=%FF", status: 400, words: "in UTF-8"),
    Refused(form: place + "&description=%2", status: 400, words: "in UTF-8"),
    Refused(form: place + "&media_url=javascript:alert(1)", status: 400, words: "http or https"),
    Refused(form: place + "&first_name=" + String(repeating: "x", count: 401), status: 400, words: "name is too long"),
    Refused(form: "service_code=noise.bar&lat=29.41&long=124.01", status: 400, words: "attribute[since] is required"),
    Refused(form: "service_code=noise.bar&lat=29.41&long=124.01&attribute[since]=never", status: 400,
            words: "attribute[since] is not valid"),
    Refused(form: "service_code=noise.bar&lat=29.41&long=124.01&attribute[since]=now&attribute[since]=often",
            status: 400, words: "attribute[since] is not valid"),
    Refused(form: "service_code=noise.bar&lat=29.41&long=124.01&attribute[since]=now&attribute[floors]=two",
            status: 400, words: "attribute[floors] is not valid"),
    Refused(form: "service_code=noise.bar&lat=29.41&long=124.01&attribute[since]=now&attribute[when]=noon",
            status: 400, words: "attribute[when] is not valid"),
    Refused(form: "service_code=noise.bar&lat=29.41&long=124.01&attribute[since]=now&attribute[days][]=mo"
              + "&attribute[days][]=tu", status: 400, words: "attribute[days] is not valid"),
    Refused(form: #"{"service_code":"noise.renovation"}"#, status: 400, words: "must be a form",
            headers: ["content-type": "application/json"]),
  ]

  @Test(arguments: refused) func isRefusedAndNothingIsStored(_ refused: Refused) async throws {
    try await withOpen311 { test in
      let form = refused.key ? "api_key=\(test.key)&" + refused.form : refused.form
      let answer = await test.post(form, headers: refused.headers)
      #expect(answer.status == refused.status, "\(answer.text)")
      #expect(answer.objects.first?["code"] as? Int == refused.status)
      #expect(answer.description.contains(refused.words), "\(answer.text)")
      #expect(try await test.cases() == 0)
      let rows = try await test.site.database.read { connection in
        try connection.first("SELECT COUNT(*) FROM vault_entries") { $0.int(0) }
      }
      #expect(rows == 0)
    }
  }

  @Test func aKeyThatMayOnlyReadIsRefused() async throws {
    try await withOpen311 { test in
      let answer = await test.post("api_key=\(test.readingKey)&" + Self.place)
      #expect(answer.status == 403 && answer.description.contains("may not submit"))
    }
  }

  @Test func attributesOfEveryForm() async throws {
    try await withOpen311 { test in
      _ = try await test.submit(
        "service_code=noise.bar&lat=29.41&long=124.01&attribute[since]=now&attribute[when]=2026-01-14T23:00:00Z"
          + "&attribute[days][]=mo&attribute[days][]=su&attribute[floors]=2.5")
      #expect(try await test.cases() == 1)
    }
  }

  @Test func aDoubleClickIsOneRequest() async throws {
    try await withOpen311 { test in
      let form = Self.place + "&description=again&device_id=d1"
      let first = try await test.submit(form)
      #expect(try await test.submit(form) == first)
      test.clock.advance(.seconds(9))
      #expect(try await test.submit(form) == first)
      #expect(try await test.submit(form + "2") != first)
      #expect(try await test.cases() == 2)
      test.clock.advance(.seconds(30))
      #expect(try await test.submit(form) != first)
      #expect(try await test.cases() == 3)
    }
  }

  @Test func anIdempotencyKeyHoldsLonger() async throws {
    try await withOpen311 { test in
      let form = "api_key=\(test.key)&" + Self.place
      let first = await test.post(form, headers: ["idempotency-key": "k1"])
      test.clock.advance(.hours(1))
      #expect(await test.post(form, headers: ["idempotency-key": "k1"]).text == first.text)
      let other = await test.post(form + "&description=x", headers: ["idempotency-key": "k1"])
      #expect(other.status == 409)
      let cases = try await test.cases()
      #expect(cases == 1)
    }
  }
}
