import Domain

/// The query of a request, percent-decoded.
struct Query: Sendable {
  let items: [(name: String, value: String)]

  /// - Throws: ``ProblemKind/malformedRequest`` for what is not UTF-8 once decoded.
  init(_ text: String?) throws {
    guard let text, !text.isEmpty else {
      items = []
      return
    }
    items = try text.split(separator: "&").map { part in
      let mark = part.firstIndex(of: "=") ?? part.endIndex
      let value = mark == part.endIndex ? "" : part[part.index(after: mark)...]
      guard let name = Self.decode(part[..<mark]), let value = Self.decode(value) else {
        throw Problem(.malformedRequest)
      }
      return (name, value)
    }
  }

  /// Percent-decodes, `+` being a space; nil if the result is not UTF-8 or holds a control character.
  /// - Parameter keepsLines: line ends and tabs may stand in it.
  static func decode(_ text: Substring, plusIsSpace: Bool = true, keepsLines: Bool = false) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
          return nil
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    let lines: Set<UInt8> = keepsLines ? [9, 10, 13] : []
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || lines.contains($0) }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// - Throws: ``ProblemKind/unknownParameter`` for a name that is not among `names`, and for one that stands twice:
  ///   a filter that is silently ignored shows more than was asked for.
  func check(_ names: Set<String>) throws {
    var seen = Set<String>()
    for (name, _) in items {
      guard names.contains(name) else { throw Problem(.unknownParameter) }
      guard seen.insert(name).inserted else { throw Problem(.parameterInvalid, field: name) }
    }
  }

  subscript(_ name: String) -> String? { items.first { $0.name == name }?.value }

  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = self[name] else { return nil }
    guard let value = Int(text), range.contains(value) else { throw invalid(name) }
    return value
  }

  func truth(_ name: String) throws -> Bool {
    switch self[name] {
    case nil, "false": false
    case "true": true
    default: throw invalid(name)
    }
  }

  func word<Word: RawRepresentable<String>>(_ name: String, _ type: Word.Type = Word.self) throws -> Word? {
    guard let text = self[name] else { return nil }
    guard let word = Word(rawValue: text) else { throw invalid(name) }
    return word
  }

  /// Words separated by commas.
  func words<Word: RawRepresentable<String>>(_ name: String, _ type: Word.Type = Word.self) throws -> [Word] {
    guard let text = self[name] else { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let word = Word(rawValue: String($0)) else { throw invalid(name) }
      return word
    }
  }

  /// A time, or a day in the city's time zone that stands for its beginning.
  func instant(_ name: String, in zone: CityZone) throws -> Instant? {
    guard let text = self[name] else { return nil }
    if let date = CivilDate(text) { return zone.instant(date) }
    guard let instant = Timestamp.instant(text) else { throw invalid(name) }
    return instant
  }

  /// A code of the pack: short, and nothing more is known of it here.
  func code(_ name: String) throws -> String? {
    guard let text = self[name] else { return nil }
    guard (1...100).contains(text.utf8.count) else { throw invalid(name) }
    return text
  }

  func invalid(_ name: String) -> Problem { Problem(.parameterInvalid, field: name) }
}
