import Connectors
import Domain
import Features
import Testing

@Suite struct Open311ServicesTests {
  @Test func discoveryNamesTheEndpoint() async throws {
    try await withOpen311 { test in
      let headers = ["host": "small.city:8080", "x-forwarded-proto": "https"]
      let xml = await test.get("discovery.xml", headers: headers)
      #expect(xml.status == 200 && xml.contentType == "text/xml; charset=utf-8")
      #expect(xml.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <discovery><changeset>2026-01-15T10:00:00+08:00</changeset><contact>help@small.city</contact>\
        <key_service>help@small.city</key_service><endpoints><endpoint>\
        <specification>http://wiki.open311.org/GeoReport_v2</specification>\
        <url>https://small.city:8080/open311/v2</url><changeset>2026-01-15T10:00:00+08:00</changeset>\
        <type>test</type><formats><format>text/xml</format><format>application/json</format></formats>\
        </endpoint></endpoints></discovery>

        """)
      let json = await test.get("discovery.json", headers: headers)
      #expect(json.contentType == "application/json; charset=utf-8")
      let endpoints = (json.json as? [String: Any])?["endpoints"] as? [[String: Any]]
      #expect(endpoints?.first?["formats"] as? [String] == ["text/xml", "application/json"])
      #expect(await test.get("discovery.json", headers: ["host": "a<b>"]).text.contains(#""url":"/open311/v2""#))
    }
  }

  @Test func servicesAreThePublishedKinds() async throws {
    try await withOpen311 { test in
      let xml = await test.get("v2/services.xml", headers: ["accept-language": "en-GB,en;q=0.9"])
      #expect(xml.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <services><service><service_code>noise.renovation</service_code>\
        <service_name>Renovation noise</service_name><description>Renovation noise</description>\
        <metadata>false</metadata><type>realtime</type><keywords>装修, 电钻, renovation noise, drilling</keywords>\
        <group>Noise</group></service><service><service_code>noise.bar</service_code>\
        <service_name>Bar &quot;noise&quot; &amp; &lt;more&gt;</service_name>\
        <description>Bar &quot;noise&quot; &amp; &lt;more&gt;</description><metadata>true</metadata>\
        <type>realtime</type><keywords>酒吧, bar noise</keywords><group>Noise</group></service></services>

        """)
      let json = await test.get("v2/services.json?locale=zh&jurisdiction_id=\(SmallCity.district)")
      #expect(json.objects.map { $0["service_name"] as? String } == ["装修噪音", "酒吧 & <噪音>"])
      #expect(json.objects.map { $0["metadata"] as? Bool } == [false, true])
      #expect(await test.get("v2/services").contentType == "text/xml; charset=utf-8")
      #expect(await test.get("v2/services", headers: ["accept": "application/json"]).objects.count == 2)
      #expect(await test.get("v2/services.json").text.contains(#""group":"噪音 / Noise""#))
    }
  }

  @Test func aDefinitionSaysWhatIsAsked() async throws {
    try await withOpen311 { test in
      let xml = await test.get("v2/services/noise.bar.xml?locale=en")
      #expect(xml.text.hasPrefix("""
        <?xml version="1.0" encoding="UTF-8"?>
        <service_definition><service_code>noise.bar</service_code><attributes><attribute><variable>true</variable>\
        <code>since</code><datatype>singlevaluelist</datatype><required>true</required><datatype_description/>\
        <order>1</order><description>How long</description><values><value><key>now</key><name>just now</name></value>\
        <value><key>often</key><name>often</name></value></values></attribute><attribute>
        """))
      let json = await test.get("v2/services/noise.bar.json?locale=en").json as? [String: Any]
      let attributes = json?["attributes"] as? [[String: Any]]
      #expect(attributes?.map { $0["datatype"] as? String }
        == ["singlevaluelist", "datetime", "multivaluelist", "number"])
      #expect(attributes?.map { $0["order"] as? Int } == [1, 2, 3, 4])
      let plain = await test.get("v2/services/noise.renovation.json")
      #expect(plain.text == #"{"service_code":"noise.renovation","attributes":[]}"#)
    }
  }

  @Test(arguments: [
    ("v2/services/crime.theft.json", 404, "service_code"), ("v2/services/noise.json", 404, "service_code"),
    ("v2/services.json?jurisdiction_id=elsewhere", 404, "jurisdiction_id"),
    ("v2/nothing.json", 404, "no such resource"),
    ("v1/services.json", 404, "no such resource"), ("v2/services/a/b.json", 404, "no such resource"),
    ("v2/tokens/none.json", 404, "token"), ("v2/requests/none.json", 404, "service_request_id"),
  ])
  func whatIsNotThereIsNamed(_ path: String, _ status: Int, _ words: String) async throws {
    try await withOpen311 { test in
      let answer = await test.get(path)
      #expect(answer.status == status)
      #expect(answer.objects.first?["code"] as? Int == status)
      #expect(answer.description.contains(words), "\(answer.text)")
      let xml = await test.get(path.replacing(".json", with: ".xml"))
      #expect(xml.status == status && xml.text.contains("<errors><error><code>\(status)</code><description>"))
    }
  }

  @Test func onlyRequestsTakeAPost() async throws {
    try await withOpen311 { test in
      let answer = await test.post("a=b", to: "v2/services.json")
      #expect(answer.status == 405 && answer.headers["Allow"] == "GET")
    }
  }
}
