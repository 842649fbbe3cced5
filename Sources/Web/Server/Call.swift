import Domain
import Features
import HTTPTypes
import Hummingbird

/// One request to an ``Endpoint``, its caller known and allowed.
struct Call: Sendable {
  let request: Request
  /// Nil only where the endpoint is open.
  let caller: Caller?
  let query: Query
  let context: WebContext
  let gate: Gate

  var pathParameters: Parameters { context.parameters }
  /// For throttling only.
  var remoteAddress: String? { gate.remoteAddress(request, context) }
  private var bodyBytesMax: Int { gate.settings.bodyBytesMax }

  /// - Throws: ``ProblemKind/notSignedIn``.
  var signedIn: Caller {
    get throws {
      guard let caller else { throw Problem(.notSignedIn) }
      return caller
    }
  }

  var actor: Actor { get throws { try signedIn.actor } }

  /// A part of the path that is an identifier of ours; what cannot be one is as unknown as one that does not exist.
  func identifier(_ name: String, orElse kind: ProblemKind = .unknownCase) throws -> String {
    guard let text = pathParameters.get(name), Self.isIdentifier(text) else { throw Problem(kind) }
    return text
  }

  static func isIdentifier(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "-")
    }
  }

  /// Reads and decodes the body.
  func body<Body: JSONInput>(_ type: Body.Type = Body.self) async throws -> (value: Body, bytes: [UInt8]) {
    let bytes = try await JSONReader(request: request, bytesMax: bodyBytesMax).bytes()
    return (try JSONReader.decode(type, from: bytes), bytes)
  }

  /// The same where a body may be left out: then it is an empty object.
  func optionalBody<Body: JSONInput>(_ type: Body.Type = Body.self) async throws -> (value: Body, bytes: [UInt8]) {
    var bytes = try await JSONReader(request: request, bytesMax: bodyBytesMax).bytes(isOptional: true)
    if bytes.isEmpty { bytes = Array("{}".utf8) }
    return (try JSONReader.decode(type, from: bytes), bytes)
  }

  /// The key under which this request may be repeated; nil when the caller gave none.
  /// - Throws: ``ProblemKind/idempotencyKeyInvalid``.
  func requestKey(_ body: [UInt8]) throws -> RequestKey? {
    guard let key = request.headers[.idempotencyKey] else { return nil }
    guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Problem(.idempotencyKeyInvalid, field: "Idempotency-Key",
                    detail: Texts(zh: "1 至 200 个可见 ASCII 字符", en: "1 to 200 visible ASCII characters"))
    }
    return RequestKey(scope: "\(try actor.id) \(request.method.rawValue) \(request.uri.path)", key: key, body: body)
  }
}

extension HTTPField.Name {
  static let idempotencyKey = Self("Idempotency-Key")!
  static let link = Self("Link")!
  static let lastEventID = Self("Last-Event-ID")!
  static let secFetchSite = Self("Sec-Fetch-Site")!
  static let forwardedFor = Self("X-Forwarded-For")!
  static let referrerPolicy = Self("Referrer-Policy")!
  static let contentLanguage = Self("Content-Language")!
}
