/// A door whose protocol is not the API's, in plain types: the composition root mounts it, and whoever speaks the
/// protocol need not know this target. Everything below the path prefix goes to it.
public struct PlainDoor: Sendable {
  /// `/open311`: without a slash at the end.
  public let pathPrefix: String
  /// `GET`, `POST` …; any other is answered with 405.
  public let methods: [String]
  /// The largest body, in bytes.
  public let bodyBytesMax: Int
  public let handle: @Sendable (PlainRequest) async -> PlainResponse

  public init(pathPrefix: String, methods: [String], bodyBytesMax: Int = 65_536,
              handle: @escaping @Sendable (PlainRequest) async -> PlainResponse) {
    self.pathPrefix = pathPrefix
    self.methods = methods
    self.bodyBytesMax = bodyBytesMax
    self.handle = handle
  }
}

/// A request in plain types.
public struct PlainRequest: Sendable {
  public let method: String
  /// Whole, percent-decoded.
  public let path: String
  /// Percent-decoded, in the order in which they came.
  public let query: [(name: String, value: String)]
  /// Names in lower case.
  public let headers: [String: String]
  public let body: [UInt8]
  public let remoteAddress: String?

  public init(method: String, path: String, query: [(name: String, value: String)], headers: [String: String],
              body: [UInt8], remoteAddress: String?) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.remoteAddress = remoteAddress
  }
}

/// An answer in plain types.
public struct PlainResponse: Sendable {
  public var status: Int
  public var contentType: String
  public var headers: [String: String]
  public var body: [UInt8]

  public init(status: Int, contentType: String, headers: [String: String] = [:], body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.body = body
  }
}
