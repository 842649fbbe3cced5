import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a request's body is decoded into.
protocol JSONInput: Decodable, Sendable {
  /// Its fields; a body with any other is refused, since a misspelt field would be a lost one.
  static var schema: Schema { get }
}

/// Reads a JSON body: bounded, in UTF-8, without control characters, of known fields.
struct JSONReader {
  let request: Request
  let bytesMax: Int

  static let depthMax = 16

  /// - Throws: ``ProblemKind/mediaTypeUnsupported``, ``ProblemKind/bodyTooLarge``, ``ProblemKind/wrongEncoding``,
  ///   ``ProblemKind/controlCharacter``, ``ProblemKind/tooDeep``.
  func bytes(isOptional: Bool = false) async throws -> [UInt8] {
    if isOptional, request.headers[.contentType] == nil {
      guard try await collected().isEmpty else { throw Problem(.mediaTypeUnsupported, field: "Content-Type") }
      return []
    }
    guard Self.isJSON(request.headers[.contentType]) else {
      throw Problem(.mediaTypeUnsupported, field: "Content-Type",
                    detail: Texts(zh: "须为 application/json", en: "application/json is needed"))
    }
    let bytes = try await collected()
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Problem(.wrongEncoding) }
    try Self.scan(bytes)
    return bytes
  }

  private func collected() async throws -> [UInt8] {
    let tooLarge = Problem(.bodyTooLarge, detail: Texts(zh: "最多 \(bytesMax) 字节", en: "At most \(bytesMax) bytes"))
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > bytesMax { throw tooLarge }
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= bytesMax else { throw tooLarge }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }

  private static func isJSON(_ contentType: String?) -> Bool {
    guard let contentType else { return false }
    let parts = contentType.split(separator: ";").map { $0.trimming(" ").lowercased() }
    return parts.first == "application/json" && parts.dropFirst().allSatisfy {
      !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
    }
  }

  /// One walk over the bytes: nesting is bounded before any parser recurses, and no text holds a control character
  /// other than tab and line ends, written plainly or as an escape.
  static func scan(_ bytes: [UInt8]) throws {
    var depth = 0
    var isInText = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20, byte != 9, byte != 10, byte != 13 { throw Problem(.controlCharacter) }
      switch byte {
      case UInt8(ascii: "\""): isInText.toggle()
      case UInt8(ascii: "\\") where isInText:
        if escapesControl(bytes[(index + 1)...]) { throw Problem(.controlCharacter) }
        index += 1
      case UInt8(ascii: "{") where !isInText, UInt8(ascii: "[") where !isInText:
        depth += 1
        if depth > depthMax { throw Problem(.tooDeep) }
      case UInt8(ascii: "}") where !isInText, UInt8(ascii: "]") where !isInText: depth -= 1
      default: break
      }
      index += 1
    }
  }

  /// Whether what follows a backslash is `b`, `f` or `u00xx` below a space, tab and line ends excepted.
  private static func escapesControl(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first else { return false }
    if first == UInt8(ascii: "b") || first == UInt8(ascii: "f") { return true }
    let digits = rest.dropFirst().prefix(4)
    guard first == UInt8(ascii: "u"), digits.count == 4,
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return false }
    return code < 0x20 && code != 9 && code != 10 && code != 13
  }

  /// - Throws: ``ProblemKind/malformedJSON``, ``ProblemKind/unknownField`` and what the fields ask for.
  static func decode<Body: JSONInput>(_ type: Body.Type, from bytes: [UInt8]) throws -> Body {
    try decoder.decode(Strict<Body>.self, from: Data(bytes)).value
  }

  private static let decoder = JSONDecoder()
}

/// Refuses fields that a type does not have.
struct Strict<Value: JSONInput>: Decodable, Sendable {
  let value: Value

  init(from decoder: any Decoder) throws {
    let names = Value.schema.fieldNames
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !names.contains(key.stringValue) {
      throw Problem(.unknownField, detail: Texts(zh: "可用字段:" + names.sorted().joined(separator: "、"),
                                                 en: "Known fields: " + names.sorted().joined(separator: ", ")))
    }
    value = try Value(from: decoder)
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
