import Connectors
import Domain
import Features
import Testing

@Suite struct Open311RequestsTests {
  private static let place = Open311SubmissionTests.place

  private func ids(_ test: Open311Test, _ query: String) async -> [String] {
    await test.get("v2/requests.json?" + query).objects.compactMap { $0["service_request_id"] as? String }
  }

  /// Four requests, a day after another; the second is closed on the third day.
  private func filled(_ test: Open311Test) async throws -> [String] {
    var ids: [String] = []
    for code in ["noise.renovation", "noise.renovation", "noise.bar", "noise.renovation"] {
      ids.append(try await test.submit(
        "service_code=\(code)&lat=29.41&long=124.01&attribute[since]=now&description=\(ids.count)"))
      if ids.count == 3 { try await close(ids[1], test) }
      test.clock.advance(.days(1))
    }
    return ids
  }

  private func close(_ id: String, _ test: Open311Test) async throws {
    let agency = Actor(id: "account:east", role: .agency, division: SmallCity.east, agency: "town-east")
    let desk = Actor(id: "account:desk", role: .operator, division: SmallCity.district)
    let steps: [(CaseCommand.Action, Actor)] = [
      (.sign, agency), (.conclude(.handled, note: nil), agency), (.answer(channel: "phone", note: nil), agency),
      (.confirm, desk),
    ]
    for (action, actor) in steps { _ = try await HandleCase(test.site)(.init(action), case: id, by: actor) }
  }

  @Test func theNewestComeFirst() async throws {
    try await withOpen311 { test in
      let all = try await filled(test)
      #expect(await ids(test, "") == all.reversed())
      #expect(await ids(test, "page_size=2") == [all[3], all[2]])
      #expect(await ids(test, "page_size=2&page=2") == [all[1], all[0]])
      #expect(await ids(test, "page_size=2&page=3") == [])
      #expect(await test.get("v2/requests.xml?page=3&page_size=2").text.hasSuffix("<service_requests/>\n"))
    }
  }

  @Test func filters() async throws {
    try await withOpen311 { test in
      let all = try await filled(test)
      #expect(await ids(test, "status=closed") == [all[1]])
      #expect(await ids(test, "status=open") == [all[3], all[2], all[0]])
      #expect(await ids(test, "status=open,closed") == all.reversed())
      #expect(await ids(test, "service_code=noise.bar") == [all[2]])
      #expect(await ids(test, "service_code=noise.bar,noise.renovation&status=closed") == [all[1]])
      #expect(await ids(test, "service_code=crime.theft") == [])
      #expect(await ids(test, "service_request_id=\(all[0]),\(all[2])&status=closed") == [all[2], all[0]])
      #expect(await ids(test, "service_request_id=\(all[0])&service_request_id=\(all[1])") == [all[1], all[0]])
      #expect(await ids(test, "start_date=2026-01-16T10:00:00+08:00") == [all[3], all[2], all[1]])
      #expect(await ids(test, "end_date=2026-01-16T02:00:00Z") == [all[1], all[0]])
      #expect(await ids(test, "start_date=2026-01-16T10:00:00 08:00&end_date=2026-01-17") == [all[1]])
      #expect(await ids(test, "status=&service_code=&start_date=") == all.reversed())
    }
  }

  @Test func aClosedRequestSaysWhenAndHow() async throws {
    try await withOpen311 { test in
      let all = try await filled(test)
      let closed = try #require(await test.get("v2/requests/\(all[1]).json?locale=en").objects.first)
      #expect(closed["status"] as? String == "closed" && closed["status_notes"] as? String == "Handled.")
      #expect(closed["updated_datetime"] as? String == "2026-01-17T10:00:00+08:00")
      #expect(closed["expected_datetime"] as? String == nil)
    }
  }

  @Test func theRangeEndsAtNinetyDays() async throws {
    try await withOpen311 { test in
      let old = try await test.submit(Self.place)
      test.clock.advance(.days(91))
      #expect(await ids(test, "") == [])
      #expect(await ids(test, "start_date=2026-01-15T00:00:00Z") == [old])
      #expect(await ids(test, "end_date=2026-04-15T00:00:00Z") == [old])
      #expect(await ids(test, "start_date=2026-01-15T00:00:00Z&end_date=2026-04-15T00:00:00Z") == [old])
    }
  }

  @Test(arguments: [
    ("start_date=yesterday", "start_date"), ("end_date=2026-13-01T00:00:00Z", "end_date"),
    ("start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:01Z", "90 days"),
    ("start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "after end_date"),
    ("status=done", "open or closed"), ("page=0", "page"), ("page_size=1001", "page"), ("page_size=x", "page"),
  ])
  func aWrongFilterIsRefused(_ query: String, _ words: String) async throws {
    try await withOpen311 { test in
      let answer = await test.get("v2/requests.json?" + query)
      #expect(answer.status == 400 && answer.description.contains(words), "\(answer.text)")
    }
  }

  @Test func tooManyIdentifiersAreRefused() async throws {
    try await withOpen311 { test in
      let many = Array(repeating: "x", count: 1_001).joined(separator: ",")
      #expect(await test.get("v2/requests.json?service_request_id=" + many).status == 400)
    }
  }

  @Test func whatIsNotPublishedIsNotThere() async throws {
    try await withOpen311 { test in
      let desk = Actor(id: "account:desk", role: .operator, division: SmallCity.district)
      let receive = ReceiveReport(test.site)
      let theft = try await receive(
        IncomingReport(door: "110", kind: "crime.theft", text: "被偷", coordinate: SmallCity.inEast), by: desk)
      let shelter = try await receive(
        IncomingReport(door: "110", kind: "noise.renovation", text: "电钻", place: "P3"), by: desk)
      #expect(await ids(test, "") == [])
      for receipt in [theft, shelter] {
        #expect(await test.get("v2/requests/\(receipt.case).json").status == 404)
        #expect(await ids(test, "service_request_id=" + receipt.case) == [])
      }
    }
  }

  @Test func dangerHidesThePlace() async throws {
    try await withOpen311 { test in
      let id = try await test.submit(Self.place + "&description=a+man+with+a+knife&address_id=P1")
      let seen = try #require(await test.get("v2/requests/\(id).json").objects.first)
      #expect(seen["lat"] as? Double == nil && seen["long"] as? Double == nil && seen["address_id"] as? String == nil)
    }
  }

  @Test func aSenderFollowsItsOwn() async throws {
    try await withOpen311 { test in
      let id = try await test.submit("service_code=noise.renovation&address_id=P3")
      #expect(await test.get("v2/requests/\(id).json").status == 404)
      #expect(await test.get("v2/requests/\(id).json?api_key=\(test.readingKey)").status == 404)
      #expect(await test.get("v2/requests/\(id).json?api_key=\(test.key)").status == 200)
      #expect(await test.get("v2/tokens/\(id).json?api_key=\(test.key)").status == 200)
    }
  }

  @Test func aMergedRequestIsClosed() async throws {
    try await withOpen311 { test in
      let one = try await test.submit(Self.place)
      let two = try await test.submit(Self.place + "&description=same")
      let desk = Actor(id: "account:desk", role: .operator, division: SmallCity.district)
      _ = try await MergeCases(test.site).merge(two, into: one, by: desk)
      let seen = try #require(await test.get("v2/requests/\(two).json?locale=en").objects.first)
      #expect(seen["status"] as? String == "closed" && seen["status_notes"] as? String == "Part of \(one).")
    }
  }
}
