import Foundation
import SQLiteDriver
import Testing

/// The server on a real socket.
@Suite struct WebServerTests {
  private func withSocket(_ body: @Sendable @escaping (Int, String) throws -> Void) async throws {
    let database = try SQLiteDatabase(path: ":memory:", durability: .none)
    try await RunningServer.with(database) { server in
      let token = try await server.token()
      try await onThread { try body(server.port, token) }
    }
    await database.close()
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

  /// What it takes of memory is measured from outside, where no other test runs: `bin/lib/check-bodies.py`.
  @Test(.timeLimit(.minutes(1))) func aBodyWithoutEndIsRefusedUnread() async throws {
    try await withSocket { port, token in
      let socket = try PlainSocket(port: port)
      try socket.send(
        "POST /api/v1/reports HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\nIdempotency-Key: k\r\n"
          + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
      let chunk = "10000\r\n" + String(repeating: "a", count: 65_536) + "\r\n"
      for _ in 0..<4 { try socket.send(chunk) }
      #expect(try socket.read(until: "body-too-large").contains("HTTP/1.1 413"))
      for _ in 0..<2_000 { try socket.send(chunk) }
    }
  }
}
