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
      guard let mark = words.firstIndex(of: "import"), words[..<mark].allSatisfy(Self.importPrefixes.contains),
        words.count > mark + 1
      else { return nil }
      // `import struct GRDB.Configuration` names the module behind the kind of declaration.
      let last = words[mark + 1...].last ?? ""
      return last.split(separator: ".").first.map(String.init)
    }
  }

  private static let importPrefixes: Set<Substring> = [
    "public", "package", "internal", "private", "fileprivate", "@preconcurrency", "@_exported", "@testable",
  ]

  /// Every word of the code, in order.
  var words: [Substring] {
    code.split { !($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// The names of the types that the file declares, at any depth.
  var declaredTypes: [String] {
    zip(words, words.dropFirst()).compactMap { keyword, name in
      Self.typeKeywords.contains(keyword) && name.first?.isUppercase == true ? String(name) : nil
    }
  }

  private static let typeKeywords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
}
