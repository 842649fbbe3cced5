import Foundation

/// The parts of a form with files (`multipart/form-data`, RFC 7578), as browsers send them. What a file is called is
/// not read: nobody needs it.
struct MultipartBody {
  struct Part {
    let name: String
    let isFile: Bool
    let bytes: [UInt8]
  }

  let parts: [Part]

  static let partsMax = 40
  private static let headBytesMax = 2_000

  /// The boundary of a `Content-Type`; nil if it has none.
  static func boundary(_ contentType: String) -> String? {
    let parameters = contentType.split(separator: ";").dropFirst().map { $0[...].trimming(" ") }
    guard let given = parameters.first(where: { $0.lowercased().hasPrefix("boundary=") })?.dropFirst(9) else {
      return nil
    }
    let boundary = given.trimming("\"")
    // RFC 2046: at most 70 characters, none of them below a space.
    return (1...70).contains(boundary.utf8.count) && boundary.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      ? String(boundary) : nil
  }

  /// - Throws: ``ProblemKind/malformedRequest``.
  init(_ body: [UInt8], boundary: String) throws {
    let delimiter = Array("\r\n--\(boundary)".utf8)
    // The first delimiter has no line before it.
    guard body.starts(with: delimiter.dropFirst(2)) else { throw Problem(.malformedRequest) }
    var parts: [Part] = []
    var place = delimiter.count - 2
    while true {
      guard place + 2 <= body.count else { throw Problem(.malformedRequest) }
      if body[place] == UInt8(ascii: "-"), body[place + 1] == UInt8(ascii: "-") { break }
      guard body[place] == 13, body[place + 1] == 10, parts.count < Self.partsMax,
        let headEnd = Self.find(Array("\r\n\r\n".utf8), in: body, from: place), headEnd - place <= Self.headBytesMax,
        let end = Self.find(delimiter, in: body, from: headEnd + 2), headEnd + 4 <= end || end == headEnd + 2
      else { throw Problem(.malformedRequest) }
      let head = String(decoding: body[place..<headEnd], as: UTF8.self)
      guard let (name, isFile) = Self.disposition(head) else { throw Problem(.malformedRequest) }
      let start = min(headEnd + 4, end)
      parts.append(Part(name: name, isFile: isFile, bytes: Array(body[start..<end])))
      place = end + delimiter.count
    }
    self.parts = parts
  }

  /// `Content-Disposition: form-data; name="photo"; filename="…"`.
  private static func disposition(_ head: String) -> (name: String, isFile: Bool)? {
    let lines = head.components(separatedBy: "\r\n")
    guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
      let mark = line.range(of: " name=\"")
    else { return nil }
    let name = line[mark.upperBound...].prefix { $0 != "\"" }
    guard !name.isEmpty, name.utf8.count <= 40 else { return nil }
    return (String(name), line.contains(" filename="))
  }

  /// Where `pattern` stands next; nil if nowhere.
  private static func find(_ pattern: [UInt8], in body: [UInt8], from start: Int) -> Int? {
    body.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let first = pattern.first else { return nil }
      var place = start
      while place + pattern.count <= bytes.count {
        let rest = bytes.count - pattern.count + 1 - place
        guard let found = memchr(base + place, Int32(first), rest) else { return nil }
        place = UnsafeRawPointer(found) - base
        if memcmp(found, pattern, pattern.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }
}
