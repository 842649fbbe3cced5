import Domain
import Features
import HTTPTypes
import Testing
import Web

@Suite struct PlainDoorTests {
  private static let door = PlainDoor(pathPrefix: "/other", methods: ["GET", "POST"], bodyBytesMax: 100) { request in
    let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    let text = "\(request.method) \(request.path) \(query) \(request.headers["x-key"] ?? "") \(request.body.count)"
    return PlainResponse(status: 203, contentType: "text/xml", headers: ["X-Extra": "1"], body: Array(text.utf8))
  }

  @Test func everythingBelowThePrefixGoesThrough() async throws {
    try await withServer(doors: [Self.door]) { server in
      let answer = try await server.ask(.post, "/other/v2/%E6%8A%A5.json?a=%E8%AD%A6&a=b+c", headers: ["X-Key": "k"],
                                        body: Array("x=1".utf8))
      #expect(answer.status == 203)
      #expect(answer.text == "POST /other/v2/报.json a=警,a=b c k 3")
      #expect(answer.headers[.contentType] == "text/xml")
      #expect(answer.headers[.contentSecurityPolicy] != nil)
      #expect(try await server.ask(.get, "/other").text == "GET /other   0")
    }
  }

  @Test func andNothingElse() async throws {
    try await withServer(doors: [Self.door]) { server in
      #expect(try await server.ask(.get, "/otherwise").status == 404)
      let put = try await server.ask(.put, "/other/x", body: [1])
      #expect(put.status == 405)
      #expect(put.headers[.allow] == "GET, POST")
      let large = try await server.ask(.post, "/other/x", body: Array(repeating: 65, count: 101))
      #expect(large.status == 413)
      #expect(try await server.ask(.get, "/other/%ff").status == 400)
    }
  }
}
