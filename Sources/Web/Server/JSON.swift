import Foundation
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// How JSON is written: keys sorted, so that equal answers are equal bytes.
enum JSON {
  static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  /// Of what always encodes: texts, numbers, truth values.
  static func text(_ value: some Encodable) -> String {
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
      preconditionFailure("not encodable: \(type(of: value))")
    }
  }

  static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws
    -> Response
  {
    var headers = headers
    headers[.contentType] = "application/json"
    headers[.cacheControl] = "no-store"
    let body = ByteBuffer(data: try encoder.encode(value))
    return Response(status: status, headers: headers, body: .init(byteBuffer: body))
  }
}

/// JSON as a value, for documents that are made of it.
enum JSONValue: Sendable, Hashable, Encodable {
  case string(String)
  case integer(Int)
  case real(Double)
  case bool(Bool)
  case list([JSONValue])
  case object([String: JSONValue])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .bool(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// An object with the members of two; the second's count where both have one.
  func merging(_ other: [String: JSONValue]) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.merging(other) { $1 })
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { $1 })
  }
}
