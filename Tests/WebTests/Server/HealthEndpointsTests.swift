import Domain
import Features
import HTTPTypes
import SQL
import Testing
import Web

@Suite struct HealthEndpointsTests {
  @Test func aliveReadyAndMeasured() async throws {
    try await withServer { server in
      #expect(try await server.ask(.get, "/healthz").text == #"{"status":"alive"}"#)
      _ = try await Scheduler(server.site, node: "a").run()
      let ready = try await server.ask(.get, "/readyz")
      #expect(ready.status == 200)
      #expect(try ready.member("scheduler.isStalled") as? Bool == false)
      // Whoever makes an installation notes how its views are built; this test's was made without.
      #expect(try ready.text("views") == "other")
      server.clock.advance(.minutes(10))
      // A stalled scheduler is told, and takes no node out of service.
      let stalled = try await server.ask(.get, "/readyz")
      #expect(stalled.status == 200)
      #expect(try stalled.member("scheduler.isStalled") as? Bool == true)
      let metrics = try await server.ask(.get, "/metrics")
      #expect(metrics.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
      let labels = #"method="GET",route="/readyz",status="200""#
      #expect(metrics.text.contains("headwater_http_requests_total{\(labels)} 2\n"))
      #expect(metrics.text.contains("headwater_scheduler_stalled 1\n"))
    }
  }

  @Test func metricsAreWellFormed() async throws {
    try await withServer { server in
      _ = try await server.ask(.get, "/healthz")
      _ = try await server.ask(.get, "/nothing/\u{22}here")
      let lines = try await server.ask(.get, "/metrics").text.split(separator: "\n")
      var described: Set<Substring> = []
      for line in lines {
        let words = line.split(separator: " ")
        if line.hasPrefix("# TYPE ") { described.insert(words[2]) }
        if line.hasPrefix("#") { continue }
        let name = try #require(words[0].split(separator: "{").first)
        let family = ["_bucket", "_sum", "_count"].reduce(name) {
          $0.hasSuffix($1) && described.contains($0.dropLast($1.count)) ? $0.dropLast($1.count) : $0
        }
        #expect(described.contains(family), "\(line)")
        #expect(Double(words[words.count - 1]) != nil, "\(line)")
      }
      #expect(lines.contains { $0.contains("route=\"NotFound\"") })
    }
  }

  @Test func headersTrustNobody() async throws {
    try await withServer { server in
      let answer = try await server.ask(.get, "/nothing")
      #expect(answer.headers[.contentSecurityPolicy]?.contains("script-src 'self';") == true)
      #expect(answer.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
      #expect(answer.headers[.contentSecurityPolicy]?.contains("http") == false)
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
    }
  }

  @Test func withoutItsDatabaseItSaysSo() async throws {
    try await withServer { server in
      let token = try await server.token(.operator)
      // Looked up once, the caller is known for a moment.
      #expect(try await server.report(ReportEndpointsTests.noise, token: token).status == 201)
      await server.site.database.close()
      let report = try await server.report(ReportEndpointsTests.noise, token: token)
      #expect(report.status == 503)
      #expect(report.problem == "unavailable")
      #expect(report.headers[.retryAfter] == "2")
      #expect(try await server.ask(.get, "/readyz").status == 503)
      #expect(try await server.ask(.get, "/healthz").status == 200)
    }
  }
}
