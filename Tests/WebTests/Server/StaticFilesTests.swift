import Foundation
import HTTPTypes
import Testing
import Web

/// Browser libraries, from the folder that the set-up filled, and our own style and script.
@Suite struct StaticFilesTests {
  private static let text = String(repeating: "let a = 1;", count: 200)

  private func withFolder(_ body: @Sendable @escaping (WebTest) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(Self.text.utf8).write(to: folder.appendingPathComponent("maplibre-gl.js"))
    try Data("secret".utf8).write(to: folder.appendingPathComponent("other.js"))
    try await withServer(settings: WebSettings(assetsFolder: folder.path)) { try await body($0) }
  }

  @Test func aLibraryIsKeptAndAskedForByItsTag() async throws {
    try await withFolder { server in
      let script = try await server.ask(.get, "/assets/library/maplibre-gl.js")
      #expect(script.text == Self.text)
      #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
      #expect(script.headers[.cacheControl] == "public, no-cache", "an address without a version may change")
      #expect(script.headers[.vary] == "Accept-Encoding")
      let tag = try #require(script.headers[.eTag])
      let again = try await server.ask(.get, "/assets/library/maplibre-gl.js", headers: ["If-None-Match": tag])
      #expect(again.status == 304)
      #expect(again.body.isEmpty)
      let version = tag.filter { $0 != "\"" }
      let lasting = try await server.ask(.get, "/assets/library/maplibre-gl.js?v=" + version)
      #expect(lasting.headers[.cacheControl] == "public, max-age=31536000, immutable")
    }
  }

  @Test func whoReadsGzipGetsIt() async throws {
    try await withFolder { server in
      for (accepts, isPacked) in [("gzip, br", true), ("br;q=1,gzip;q=0.5", true), ("gzip;q=0", false), ("br", false)] {
        let answer = try await server.ask(.get, "/assets/library/maplibre-gl.js", headers: ["Accept-Encoding": accepts])
        #expect((answer.headers[.contentEncoding] == "gzip") == isPacked, "\(accepts)")
        #expect(isPacked ? answer.body.starts(with: [0x1F, 0x8B]) && answer.body.count < 200 : answer.text == Self.text)
      }
      let style = try await server.ask(.get, "/assets/headwater/headwater.css", headers: ["Accept-Encoding": "gzip"])
      #expect(style.headers[.contentEncoding] == "gzip")
    }
  }

  @Test func nothingElseIsServed() async throws {
    try await withFolder { server in
      for path in [
        "/assets/library/../a", "/assets/library/%2e%2e/a", "/assets/library/other.js",
        "/assets/library/echarts.min.js",
        "/assets/other.js", "/assets/maplibre-gl.js", "/other.js", "/assets/", "/assets/library/",
      ] {
        let answer = try await server.ask(.get, path)
        #expect(answer.status == 404 || answer.status == 400, "\(path): \(answer.status)")
        #expect(!answer.text.contains("secret"), "\(path)")
      }
    }
  }
}
