/// The fields of a request: its query and, over it, its form.
struct Open311Form: Sendable {
  private let fields: [(name: String, value: String)]

  /// - Throws: ``Open311Fault/formUnreadable``.
  init(_ request: DoorRequest) throws(Open311Fault) {
    guard request.method == "POST" else {
      fields = request.query
      return
    }
    let type = request.headers["content-type"]?.lowercased() ?? ""
    guard type.isEmpty || type.hasPrefix("application/x-www-form-urlencoded") else { throw .formUnreadable }
    guard let form = Self.decode(request.body) else { throw .formUnreadable }
    let given = Set(form.map(\.name))
    fields = form + request.query.filter { !given.contains($0.name) }
  }

  init(query: [(name: String, value: String)]) { fields = query }

  /// The first value of a name without white space around it; an empty one counts as none.
  subscript(name: String) -> String? {
    guard let value = fields.first(where: { $0.name == name })?.value.trimmed, !value.isEmpty else { return nil }
    return value
  }

  /// The values of a name, which may stand several times, each a list separated by commas; nil if there are none.
  func list(_ name: String) -> [String]? {
    let values = fields.filter { $0.name == name }.flatMap { $0.value.split(separator: ",") }
      .map(\.trimmed).filter { !$0.isEmpty }
    return values.isEmpty ? nil : values
  }

  /// `attribute[code]=value` and `attribute[code][]=value`, in the order in which the codes came.
  var attributes: [(code: String, values: [String])] {
    var attributes: [(code: String, values: [String])] = []
    for field in fields where field.name.hasPrefix("attribute[") {
      let rest = field.name.dropFirst("attribute[".count)
      guard let end = rest.firstIndex(of: "]") else { continue }
      let (code, value) = (String(rest[..<end]), field.value.trimmed)
      guard !code.isEmpty, !value.isEmpty else { continue }
      if let index = attributes.firstIndex(where: { $0.code == code }) {
        attributes[index].values.append(value)
      } else {
        attributes.append((code, [value]))
      }
    }
    return attributes
  }

  /// A field that holds characters that XML cannot; nil if there is none.
  var impossible: String? {
    fields.first { !$0.value.unicodeScalars.allSatisfy(Open311Document.isXML) }?.name
  }

  /// Pairs of `application/x-www-form-urlencoded`; nil for broken escapes and text that is not UTF-8.
  static func decode(_ body: [UInt8]) -> [(name: String, value: String)]? {
    var pairs: [(name: String, value: String)] = []
    for part in body.split(separator: UInt8(ascii: "&")) {
      let end = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      guard let name = text(part[..<end]), let value = text(part[end...].dropFirst()) else { return nil }
      pairs.append((name, value))
    }
    return pairs
  }

  private static func text(_ part: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(part.count)
    var rest = part
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
