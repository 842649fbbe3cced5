import Crypto
import Domain
import Features
import Foundation
import Logging
import ServiceLifecycle
import SQL
import SQLiteDriver
import Testing
import Web

/// The server on a real socket.
@Suite struct WebServerTests {
  /// Runs `body` beside a server, which is told to stop behind it and must then end by itself.
  private func withSocket(_ body: @Sendable @escaping (Int, String) throws -> Void) async throws {
    let packs = try SmallCity.shelf()
    let database = try SQLiteDatabase(path: ":memory:", durability: .none)
    try await database.migrate(Installation.migrations)
    try await database.write { try packs.store(at: TestClock.start, on: $0) }
    let site = Installation(
      database: database, packs: packs, vault: Vault(master: SymmetricKey(size: .bits256)),
      now: { TestClock.start }, makeID: { Identifier.make(at: TestClock.start) })
    let token = try await Tokens(site).create(name: "test", role: .operator, by: WebTest.system)
    let (ports, running) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let server = WebServer(site: site, settings: WebSettings(port: 0), logger: logger) { running.yield($0) }
    let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
    let outcome = try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      let port = try #require(await ports.first { _ in true })
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await onThread { try body(port, token) }) } catch { outcome = .failure(error) }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return outcome
    }
    await database.close()
    try outcome.get()
  }

  /// Blocking calls must not take the threads that the server answers on.
  private func onThread(_ body: @Sendable @escaping () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { caller in
      Thread.detachNewThread { caller.resume(with: Result { try body() }) }
    }
  }

  @Test(.timeLimit(.minutes(1))) func aStopEndsOpenStreams() async throws {
    let stream = LockedSocket()
    try await withSocket { port, token in
      let socket = try PlainSocket(port: port)
      try socket.send("GET /api/v1/feed HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n")
      let head = try socket.read(until: "retry: 2000")
      #expect(head.contains("HTTP/1.1 200"))
      stream.keep(socket)
    }
    // The server has ended, and said so: the body is complete.
    let rest = try #require(stream.kept).readToEnd()
    #expect(rest.hasSuffix("0\r\n\r\n"))
  }

  @Test(.timeLimit(.minutes(1))) func aBodyWithoutEndIsRefusedUnreadAndTakesNoMemory() async throws {
    try await withSocket { port, token in
      let socket = try PlainSocket(port: port)
      try socket.send(
        "POST /api/v1/reports HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\nIdempotency-Key: k\r\n"
          + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
      let chunk = "10000\r\n" + String(repeating: "a", count: 65_536) + "\r\n"
      for _ in 0..<4 { try socket.send(chunk) }
      #expect(try socket.read(until: "body-too-large").contains("HTTP/1.1 413"))
      let before = try Self.residentBytes()
      for _ in 0..<2_000 { try socket.send(chunk) }
      #expect(try Self.residentBytes() - before < 32 << 20)
    }
  }

  private static func residentBytes() throws -> Int {
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
    return try #require(Int(pages)) * sysconf(Int32(_SC_PAGESIZE))
  }
}
