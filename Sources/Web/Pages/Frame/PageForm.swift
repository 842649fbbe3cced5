import Hummingbird
import NIOCore

/// The fields of a form that a browser posts (`application/x-www-form-urlencoded`).
struct PageForm: Sendable {
  let bytes: [UInt8]
  private let fields: [(name: String, value: String)]
  /// Files by the name of their field; none in a form without.
  let files: [(name: String, bytes: [UInt8])]

  /// - Throws: ``ProblemKind/bodyTooLarge``, ``ProblemKind/mediaTypeUnsupported``, ``ProblemKind/malformedRequest``.
  init(request: Request, bytesMax: Int) async throws {
    let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
    guard type == "application/x-www-form-urlencoded" else { throw Problem(.mediaTypeUnsupported) }
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= bytesMax else { throw Problem(.bodyTooLarge) }
      bytes.append(contentsOf: part.readableBytesView)
    }
    try self.init(bytes)
  }

  /// - Throws: ``ProblemKind/malformedRequest`` for what is not UTF-8 once decoded, or holds control characters.
  init(_ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem(.wrongEncoding) }
    self.bytes = bytes
    files = []
    fields = try text.split(separator: "&").map { item in
      let mark = item.firstIndex(of: "=") ?? item.endIndex
      let value = mark == item.endIndex ? "" : item[item.index(after: mark)...]
      // Lines and tabs are what a text area is for; nothing else below a space is.
      guard let name = Query.decode(item[..<mark]), let value = Query.decode(value, keepsLines: true) else {
        throw Problem(.malformedRequest)
      }
      return (name, value)
    }
  }

  /// A form with files. ``bytes`` are the same for the same contents, whatever boundary the browser made up.
  /// - Throws: ``ProblemKind/malformedRequest``, ``ProblemKind/wrongEncoding``.
  init(_ body: MultipartBody) throws {
    var canonical: [UInt8] = []
    fields = try body.parts.filter { !$0.isFile }.map { part in
      guard let value = String(validating: part.bytes, as: UTF8.self) else { throw Problem(.wrongEncoding) }
      let isPlain = part.bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 || $0 == 10 || $0 == 13 }
      guard isPlain else { throw Problem(.malformedRequest) }
      return (part.name, value)
    }
    // A field for files that was left empty comes as an empty file.
    files = body.parts.filter { $0.isFile && !$0.bytes.isEmpty }.map { ($0.name, $0.bytes) }
    for part in body.parts {
      canonical += Array("\(part.name)\0\(part.bytes.count)\0".utf8) + part.bytes
    }
    bytes = canonical
  }

  /// Without spaces at its ends; nil where it is missing or empty.
  subscript(_ name: String) -> String? {
    guard let value = fields.first(where: { $0.name == name })?.value else { return nil }
    let text = value[...].trimming(" ")
    return text.isEmpty ? nil : String(text)
  }

  /// Exactly as it was typed.
  func exact(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// - Throws: ``ProblemKind/fieldMissing``.
  func needed(_ name: String) throws -> String {
    guard let value = self[name] else { throw Problem(.fieldMissing, field: name) }
    return value
  }

  /// - Throws: ``ProblemKind/fieldMissing``, ``ProblemKind/fieldInvalid``.
  func word<Word: RawRepresentable<String>>(_ name: String) throws -> Word {
    guard let word = Word(rawValue: try needed(name)) else { throw Problem(.fieldInvalid, field: name) }
    return word
  }
}
