/// One Swift file, read closely enough for lint: its code without comments and string contents.
struct SwiftSource: Sendable {
  /// From the root, such as `Sources/Domain/Cases/CaseDecider.swift`.
  let path: String
  let text: String
  /// `text` with every character of comments and literal texts replaced by a space; line breaks stay.
  let code: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = CodeMask.masked(text)
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The target below `Sources` that the file belongs to.
  var target: String? {
    let parts = path.split(separator: "/")
    return parts.first == "Sources" && parts.count > 2 ? String(parts[1]) : nil
  }

  var isTest: Bool { path.hasPrefix("Tests/") }

  /// The modules that are imported.
  var imports: [String] {
    codeLines.compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard let mark = words.firstIndex(of: "import"), words[..<mark].allSatisfy({ Self.importPrefixes.contains($0) }),
        words.count > mark + 1
      else { return nil }
      // `import struct GRDB.Configuration` names the module behind the kind of declaration.
      return words.last?.split(separator: ".").first.map { String($0) }
    }
  }

  private static let importPrefixes: Set<Substring> = [
    "public", "package", "internal", "private", "fileprivate", "@preconcurrency", "@_exported", "@testable",
  ]

  /// Every word of the code, in order.
  var words: [Substring] { Self.words(of: code) }

  /// The names of the types that the file declares, at any depth.
  var declaredTypes: [String] { Self.types(in: words) }

  /// The same without those inside others.
  var outerTypes: [String] {
    codeLines.filter { $0.first?.isWhitespace == false }.flatMap { Self.types(in: Self.words(of: $0)) }
  }

  private static func words(of text: some StringProtocol) -> [Substring] {
    Substring(text).split { !($0.isLetter || $0.isNumber || $0 == "_") }
  }

  private static func types(in words: [Substring]) -> [String] {
    zip(words, words.dropFirst()).compactMap { keyword, name in
      typeKeywords.contains(keyword) && name.first?.isUppercase == true ? String(name) : nil
    }
  }

  private static let typeKeywords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
}
