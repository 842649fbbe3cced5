import Foundation
import HTTPTypes
import Testing
import Web

/// Third-party browser assets, from the folder that the set-up filled.
@Suite struct StaticFilesTests {
  private func withFolder(_ body: @Sendable @escaping (WebTest) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("0123456789".utf8).write(to: folder.appendingPathComponent("map.pmtiles"))
    try Data("let a = 1".utf8).write(to: folder.appendingPathComponent("a.js"))
    try await withServer(settings: WebSettings(assetsFolder: folder.path)) { try await body($0) }
  }

  @Test func filesHaveRangesAndTags() async throws {
    try await withFolder { server in
      let part = try await server.ask(.get, "/assets/map.pmtiles", headers: ["Range": "bytes=2-4"])
      #expect(part.status == 206)
      #expect(part.text == "234")
      let script = try await server.ask(.get, "/assets/a.js")
      #expect(script.text == "let a = 1")
      #expect(script.headers[.contentType]?.contains("javascript") == true)
      let tag = try #require(script.headers[.eTag])
      #expect(try await server.ask(.get, "/assets/a.js", headers: ["If-None-Match": tag]).status == 304)
    }
  }

  @Test func nothingOutsideTheFolder() async throws {
    try await withFolder { server in
      for path in ["/assets/../a", "/assets/%2e%2e/a", "/assets/none.js", "/a.js", "/assets/"] {
        let answer = try await server.ask(.get, path)
        #expect(answer.status == 404 || answer.status == 400, "\(path): \(answer.status)")
        #expect(answer.headers[.contentType] == "application/problem+json", "\(path)")
      }
    }
  }
}
