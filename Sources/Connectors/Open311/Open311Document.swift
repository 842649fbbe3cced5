/// What Open311 answers with, once: written as XML, or as the JSON that its specification derives from it (the root is
/// dropped, a list of elements becomes an array, an empty element null).
indirect enum Open311Node: Sendable, Hashable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case empty
  case object([Field])
  /// Elements of one name.
  case list(String, [Open311Node])

  struct Field: Sendable, Hashable {
    let name: String
    let value: Open311Node
  }

  static func optional(_ text: String?) -> Open311Node { text.map { .text($0) } ?? .empty }

  static func fields(_ fields: KeyValuePairs<String, Open311Node>) -> Open311Node {
    .object(fields.map { Field(name: $0.key, value: $0.value) })
  }
}

struct Open311Document: Sendable {
  /// Raw values are what stands at the end of a path.
  enum Format: String, Sendable, CaseIterable {
    case xml, json

    var contentType: String {
      self == .xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8"
    }
  }

  let root: String
  let node: Open311Node

  func encoded(_ format: Format) -> [UInt8] {
    switch format {
    case .xml: Array((#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + Self.xml(root, node) + "\n").utf8)
    case .json: Array(Self.json(node).utf8)
    }
  }

  // MARK: - XML

  private static func xml(_ name: String, _ node: Open311Node) -> String {
    let content = switch node {
    case .text(let text): escaped(text)
    case .number(let number): plain(number)
    case .flag(let flag): flag ? "true" : "false"
    case .empty: ""
    case .object(let fields): fields.map { xml($0.name, $0.value) }.joined()
    case .list(let element, let nodes): nodes.map { xml(element, $0) }.joined()
    }
    return content.isEmpty ? "<\(name)/>" : "<\(name)>\(content)</\(name)>"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&apos;"
      case "\r": escaped += "&#13;"
      default: escaped.unicodeScalars.append(isXML(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return escaped
  }

  /// Whether XML 1.0 can hold the character at all (section 2.2).
  static func isXML(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  // MARK: - JSON

  private static func json(_ node: Open311Node) -> String {
    switch node {
    case .text(let text): quoted(text)
    case .number(let number): plain(number)
    case .flag(let flag): flag ? "true" : "false"
    case .empty: "null"
    case .object(let fields): "{" + fields.map { quoted($0.name) + ":" + json($0.value) }.joined(separator: ",") + "}"
    case .list(_, let nodes): "[" + nodes.map(json).joined(separator: ",") + "]"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Whole numbers without a fraction.
  private static func plain(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
