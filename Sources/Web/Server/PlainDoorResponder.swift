import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// Hands a request to a ``PlainDoor`` and its answer back.
struct PlainDoorResponder: HTTPResponder {
  let door: PlainDoor
  let gate: Gate

  func respond(to request: Request, context: WebContext) async throws -> Response {
    guard let path = Query.decode(request.uri.path[...], plusIsSpace: false) else { throw Problem(.malformedRequest) }
    let query = try Query(request.uri.query)
    let plain = PlainRequest(
      method: request.method.rawValue, path: path, query: query.items, headers: headers(request),
      body: try await body(request), remoteAddress: gate.remoteAddress(request, context))
    return response(await door.handle(plain))
  }

  private func headers(_ request: Request) -> [String: String] {
    request.headers.reduce(into: [:]) { headers, field in
      let name = field.name.canonicalName
      headers[name] = headers[name].map { $0 + ", " + field.value } ?? field.value
    }
  }

  private func body(_ request: Request) async throws -> [UInt8] {
    let limit = door.bodyBytesMax
    let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    guard length <= limit else { throw Problem(.bodyTooLarge) }
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= limit else { throw Problem(.bodyTooLarge) }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }

  private func response(_ plain: PlainResponse) -> Response {
    var headers: HTTPFields = [.contentType: plain.contentType]
    for (name, value) in plain.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(
      status: .init(code: plain.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: plain.body)))
  }
}
