extension SwiftSource {
  /// A function with a body, by the lines from its declaration to its closing brace.
  struct Function: Equatable {
    let name: String
    /// From 1.
    let line: Int
    let lines: Int
  }

  /// Functions and initialisers, also those inside others.
  var functions: [Function] {
    let lines = codeLines
    return lines.indices.compactMap { index in
      guard let name = Self.declaredFunction(lines[index]), let end = Self.end(of: index, in: lines) else { return nil }
      return Function(name: name, line: index + 1, lines: end - index + 1)
    }
  }

  private static func declaredFunction(_ line: Substring) -> String? {
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
    guard let mark = words.firstIndex(where: { $0 == "func" || $0 == "init" }),
      words[..<mark].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") })
    else { return nil }
    return words[mark] == "init" ? "init" : words.dropFirst(mark + 1).first.map(String.init) ?? "operator"
  }

  private static let modifiers: Set<Substring> = [
    "public", "package", "private", "fileprivate", "internal", "static", "final", "override", "mutating",
    "nonmutating", "nonisolated", "consuming", "borrowing", "class", "convenience", "required", "isolated",
  ]

  /// The line of the brace that closes the body beginning at or after `start`; nil for a requirement without a body.
  private static func end(of start: Int, in lines: [Substring]) -> Int? {
    var depth = 0
    var parentheses = 0
    for index in start..<lines.count {
      for character in lines[index] {
        switch character {
        case "(": parentheses += 1
        case ")": parentheses -= 1
        case "{": depth += 1
        case "}":
          depth -= 1
          if depth < 0 { return nil }
          if depth == 0, parentheses == 0 { return index }
        default: break
        }
      }
      let next = index + 1 < lines.count ? lines[index + 1].drop(while: \.isWhitespace) : ""
      if depth == 0, parentheses == 0, !continuations.contains(where: next.hasPrefix) { return nil }
    }
    return nil
  }

  /// What the next line of a signature may begin with.
  private static let continuations = ["{", ")", "->", "where", "throws", "async", "rethrows"]
}
