import Domain
import Features
import Foundation
import HTTPTypes
import Testing
import Web

/// The form with files, as browsers send it and as nobody should.
@Suite struct PlatePhotoTests {
  private static func plate(_ server: WebTest) async throws -> String {
    try await Plates(server.site).make([.init(place: "P1")], by: WebTest.system)
    let plate = try #require(try await Plates(server.site).list(limit: 1).first)
    return "/p/" + Plates(server.site).token(of: plate).text
  }

  private static func body(_ fields: [(String, String)], file: [UInt8]?, name: String = "a.jpg", boundary: String)
    -> [UInt8]
  {
    var bytes: [UInt8] = []
    for (field, value) in fields {
      bytes += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
    }
    if let file {
      let head = "Content-Disposition: form-data; name=\"photo\"; filename=\"\(name)\"\r\nContent-Type: image/jpeg"
      bytes += Array("--\(boundary)\r\n\(head)\r\n\r\n".utf8) + file + [13, 10]
    }
    return bytes + Array("--\(boundary)--\r\n".utf8)
  }

  private static func send(_ server: WebTest, _ path: String, _ body: [UInt8], boundary: String = "x") async throws
    -> Answer
  {
    let type = "multipart/form-data; boundary=\(boundary)"
    return try await server.ask(.post, path, headers: ["Content-Type": type], body: body)
  }

  @Test func aFormWithFilesIsReadAndAnsweredOnce() async throws {
    try await withServer { server in
      let path = try await Self.plate(server)
      let fields = [("key", server.site.makeID()), ("wish", "report"), ("kind", "noise.renovation"), ("text", "两\r\n行")]
      // A field for files that was left empty comes as an empty file; each sending has a boundary of its own.
      let first = try await Self.send(server, path, Self.body(fields, file: [], boundary: "x"))
      let second = try await Self.send(server, path, Self.body(fields, file: [], boundary: "yy"), boundary: "yy")
      #expect(first.status == 303 && first.headers[.location] == second.headers[.location])
      #expect(try await server.rows("case_reports") == 1)
    }
  }

  @Test func whatIsNoPhotoIsSaid() async throws {
    try await withServer { server in
      let path = try await Self.plate(server) + "?lang=en"
      let fields = [("key", server.site.makeID()), ("wish", "report"), ("kind", "noise.renovation"), ("text", "kept")]
      let evil = "\"><script>alert(1)</script>.jpg"
      let answer = try await Self.send(
        server, path, Self.body(fields, file: Array("GIF89a".utf8), name: evil, boundary: "x"))
      #expect(answer.status == 422 && answer.text.contains("The photo cannot be used"))
      #expect(answer.text.contains(">kept</textarea>") && !answer.text.contains("<script>alert"))
      let large = [UInt8](repeating: 65, count: 20_000_001)
      #expect(try await Self.send(server, path, large).status == 413)
      #expect(try await Self.send(server, "/p/1000001000000000", large).status == 404)
      #expect(try await server.rows("case_reports") == 0)
    }
  }

  /// Cut, broken and twisted bodies are refused or read; the server stays.
  @Test func brokenBodiesDoNoHarm() async throws {
    try await withServer { server in
      let path = try await Self.plate(server)
      let whole = Self.body([("wish", "report"), ("kind", "other")], file: [1, 2, 3], boundary: "x")
      var random = SystemRandomNumberGenerator()
      for round in 0..<400 {
        var bytes = whole
        if round % 2 == 0 { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
        for _ in 0..<round % 5 where !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = [0, 13, 10, 45, 34, 120, 255].randomElement() ?? 0
        }
        let answer = try await Self.send(server, path, bytes)
        #expect((400..<500).contains(answer.status), "\(answer.status): \(bytes)")
      }
      for type in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
                   "text/plain", "multipart/form-data; boundary=" + String(repeating: "x", count: 71)] {
        let answer = try await server.ask(.post, path, headers: ["Content-Type": type], body: whole)
        #expect(answer.status == 415, "\(type)")
      }
      #expect(try await server.rows("case_reports") == 0)
    }
  }
}
