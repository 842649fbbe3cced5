extension DeadlineTable {
  /// The allowance of a step: of the lines for this kind or a node above it (`*` above all), the deepest kind wins,
  /// and at the same depth a line with this severity beats one without. Nil when there is none, which the pack's
  /// check excludes for every leaf.
  public func allowance(_ step: DeadlineStep, kind: String, severity: Severity) -> Allowance? {
    line(step, kind: kind, severity: severity)?.allowance
  }

  /// The line that gives the allowance, for explanations.
  public func line(_ step: DeadlineStep, kind: String, severity: Severity) -> Line? {
    for node in Kind.path(kind) {
      if let line = index[Key(step: step, kind: node, severity: severity)] ?? index[Key(step: step, kind: node)] {
        return lines[line]
      }
    }
    return nil
  }

  struct Key: Sendable, Hashable {
    let step: DeadlineStep
    let kind: Substring
    var severity: Severity?
  }

  static func index(_ lines: [Line]) -> [Key: Int] {
    Dictionary(
      lines.enumerated().map { (Key(step: $1.step, kind: $1.kind[...], severity: $1.severity), $0) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension Kind {
  /// A code, the codes above it, and `*`: deepest first.
  static func path(_ code: String) -> [Substring] {
    var path: [Substring] = [code[...]]
    while let dot = path[path.count - 1].lastIndex(of: ".") { path.append(path[path.count - 1][..<dot]) }
    path.append("*")
    return path
  }

  /// The code above; nil for a root.
  public var parent: String? { Self.parent(of: code) }
  static func parent(of code: String) -> String? { code.lastIndex(of: ".").map { String(code[..<$0]) } }
}
