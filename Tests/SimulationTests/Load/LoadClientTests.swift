import Simulation
import Synchronization
import Testing

@Suite struct LoadClientTests {
  @Test func everyRequestIsAnsweredAndTakesEffectOnceWhateverTheServerDoes() async throws {
    let (report, log, seen) = try await run(.init(clients: 5, requestsMax: 200), isFlaky: true)
    #expect(report.acknowledged == 200)
    #expect(report.refused == 0 && report.unanswered == 0)
    #expect(report.repeated >= seen.failures - 5 && seen.failures > 50)
    #expect(seen.effects.count == 200)
    #expect(Set(log.map(\.key)).count == 200)
    for line in log {
      #expect(line.report == "report-of-\(line.key)")
      #expect(line.caseID == "case-of-\(line.key)")
    }
  }

  @Test func whoHangsUpSendsAgainUnderTheSameKey() async throws {
    let (report, _, seen) = try await run(.init(clients: 4, requestsMax: 120, hangUps: 0.3), isFlaky: false)
    #expect(report.acknowledged == 120)
    #expect(report.repeated > 10)
    #expect(seen.requests.keys.count == 120)
  }

  @Test func bodiesAreSentWholeAndInTurn() async throws {
    let bodies = ["{\"a\":1}", "{\"b\":\"噪\"}"]
    let (_, _, seen) = try await run(.init(clients: 1, requestsMax: 4), isFlaky: false, bodies: bodies)
    #expect((0..<4).map { seen.bodies["test-\($0)"] } == bodies + bodies)
  }

  @Test func aRefusalIsNotRepeated() async throws {
    let (report, log, seen) = try await run(.init(clients: 2, requestsMax: 6), isFlaky: false, bodies: ["wrong", "{}"])
    #expect(report.refused == 3 && report.acknowledged == 3 && log.count == 3)
    #expect(report.refusal?.hasPrefix("400 ") == true)
    #expect(seen.requests.values.allSatisfy { $0 == 1 })
  }

  @Test func aRateIsKept() async throws {
    let (report, _, _) = try await run(.init(clients: 8, requestsMax: 40, rate: 100), isFlaky: false)
    #expect(report.acknowledged == 40)
    #expect(report.perSecond < 120)
  }

  @Test func onlyPlainAddressesAreTaken() {
    #expect(throws: LoadClient.Failure.self) { try LoadClient(url: "https://127.0.0.1", token: "t") }
    #expect(throws: LoadClient.Failure.self) { try LoadClient(url: "nowhere", token: "t") }
  }

  private func run(_ load: LoadClient.Load, isFlaky: Bool, bodies: [String] = ["{}"]) async throws
    -> (LoadClient.Report, [LoadClient.Acknowledged], FlakyServer.Seen)
  {
    let server = FlakyServer(isFlaky: isFlaky)
    let port = try await server.start()
    let log = Log()
    let client = try LoadClient(url: "http://127.0.0.1:\(port)", token: "token")
    let report = try await client.run(load, bodies: bodies.map { Array($0.utf8) }, keys: "test") { line in
      log.lines.withLock { $0.append(line) }
    }
    try await server.stop()
    return (report, log.lines.withLock { $0 }, server.seen.withLock { $0 })
  }

  private final class Log: Sendable { let lines = Mutex<[LoadClient.Acknowledged]>([]) }
}
