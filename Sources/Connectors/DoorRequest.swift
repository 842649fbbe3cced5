/// A request in plain types: what a door of another protocol needs to know of HTTP.
public struct DoorRequest: Sendable {
  public let method: String
  /// Whole, percent-decoded.
  public let path: String
  /// Percent-decoded, in the order in which they came.
  public let query: [(name: String, value: String)]
  /// Names in lower case.
  public let headers: [String: String]
  public let body: [UInt8]

  public init(method: String, path: String, query: [(name: String, value: String)] = [],
              headers: [String: String] = [:], body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }
}

/// An answer in plain types.
public struct DoorResponse: Sendable {
  public let status: Int
  public let contentType: String
  public let headers: [String: String]
  public let body: [UInt8]

  public init(status: Int, contentType: String, headers: [String: String] = [:], body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.body = body
  }

  public var text: String { String(decoding: body, as: UTF8.self) }
}
