import Domain
import Hummingbird
import NIOCore

/// `/openapi.json`, rendered once.
enum DescriptionEndpoint {
  static func describing(_ endpoints: [Endpoint]) -> Endpoint {
    func endpoint(_ handle: @Sendable @escaping (Call) async throws -> Response) -> Endpoint {
      Endpoint(.get, "/openapi.json", "readDescription", zh: "接口说明(OpenAPI 3.1)", en: "This description",
               access: .open, answer: .json(.map(.anything)), handle: handle)
    }
    let itself = endpoint { _ in throw Problem(.unknownAddress) }
    let document = OpenAPIDocument(endpoints: endpoints + [itself]).json
    return endpoint { _ in try JSON.response(document) }
  }
}
