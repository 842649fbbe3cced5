/// SVG as it is written: bytes one after the other, numbers with at most two digits behind the point.
struct SVGText {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Text of our own, or text that has gone through ``escaped(_:)``.
  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func add(_ number: Double) {
    let hundredths = Int((number * 100).rounded())
    add(String(hundredths / 100))
    let rest = abs(hundredths % 100)
    guard rest > 0 else { return }
    add(rest < 10 ? ".0\(rest)" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest)")
  }

  /// A dark run of modules in one row: `M3 7h5v1h-5z`.
  mutating func run(x: Int, y: Int, length: Int) {
    bytes.append(UInt8(ascii: "M"))
    add(small: x)
    bytes.append(UInt8(ascii: " "))
    add(small: y)
    bytes.append(UInt8(ascii: "h"))
    add(small: length)
    bytes.append(UInt8(ascii: "v"))
    bytes.append(UInt8(ascii: "1"))
    bytes.append(UInt8(ascii: "h"))
    bytes.append(UInt8(ascii: "-"))
    add(small: length)
    bytes.append(UInt8(ascii: "z"))
  }

  /// Of at most two figures.
  private mutating func add(small number: Int) {
    if number >= 10 { bytes.append(UInt8(48 + number / 10)) }
    bytes.append(UInt8(48 + number % 10))
  }

  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 38 || $0 == 60 || $0 == 62 || $0 == 34 }) else { return text }
    return text.map { letter -> String in
      switch letter {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(letter)
      }
    }.joined()
  }
}
