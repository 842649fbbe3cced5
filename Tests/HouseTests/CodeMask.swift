/// Blanks out comments and literal texts, and keeps what is interpolated into them, since that is code.
struct CodeMask {
  private let input: [UInt8]
  private var output: [UInt8] = []
  private var at = 0

  static func masked(_ text: String) -> String {
    var mask = CodeMask(text)
    mask.code(untilParenthesis: false)
    return String(decoding: mask.output, as: UTF8.self)
  }

  private init(_ text: String) {
    input = Array(text.utf8)
    output.reserveCapacity(input.count)
  }

  /// Copies code; inside an interpolation, up to and including its closing parenthesis.
  private mutating func code(untilParenthesis: Bool) {
    var depth = 0
    while at < input.count {
      if starts(with: "//") {
        while at < input.count, input[at] != UInt8(ascii: "\n") { blank() }
      } else if starts(with: "/*") {
        blockComment()
      } else if let hashes = literalHashes() {
        literal(hashes: hashes)
      } else {
        if input[at] == UInt8(ascii: "(") { depth += 1 }
        if input[at] == UInt8(ascii: ")") { depth -= 1 }
        keep()
        if untilParenthesis, depth < 0 { return }
      }
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blank(2)
      } else if starts(with: "*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && at < input.count
  }

  /// The number of `#` before the quote that starts here; nil if no literal starts here.
  private func literalHashes() -> Int? {
    var end = at
    while end < input.count, input[end] == UInt8(ascii: "#") { end += 1 }
    return end < input.count && input[end] == UInt8(ascii: "\"") ? end - at : nil
  }

  private mutating func literal(hashes: Int) {
    blank(hashes)
    let marks = String(repeating: "#", count: hashes)
    let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
    blank(quote.utf8.count)
    while at < input.count, !starts(with: quote + marks) {
      if starts(with: "\\\(marks)(") {
        blank(2 + hashes)
        code(untilParenthesis: true)
      } else {
        blank(starts(with: "\\\(marks)") ? 2 + hashes : 1)
      }
    }
    blank(quote.utf8.count + hashes)
  }

  private func starts(with prefix: String) -> Bool { input[at...].starts(with: prefix.utf8) }

  private mutating func keep() {
    output.append(input[at])
    at += 1
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where at < input.count {
      output.append(input[at] == UInt8(ascii: "\n") ? input[at] : UInt8(ascii: " "))
      at += 1
    }
  }
}
