import Testing

/// Sizes at which code is still read in one sitting.
@Suite struct ShapeTests {
  static let fileLinesMax = 400
  static let functionLinesMax = 70
  static let lineCharactersMax = 120

  @Test func theSourcesAreFound() { #expect(Repository.sources.count > 100) }

  @Test func filesAreShort() {
    let long = Repository.sources.filter { $0.lines.count > Self.fileLinesMax }
    #expect(long.map { "\($0.path): \($0.lines.count) lines" } == [])
  }

  @Test func functionsAreShort() {
    let long = Repository.sources.flatMap { source in
      source.functions.filter { $0.lines > Self.functionLinesMax }.map {
        "\(source.path):\($0.line): \($0.name) has \($0.lines) lines"
      }
    }
    #expect(long == [])
  }

  /// Texts over several lines (fixtures) may be wider.
  @Test func linesAreNarrow() {
    let wide = Repository.sources.flatMap { source in
      zip(source.lines, source.codeLines).enumerated().compactMap { index, line in
        line.0.count > Self.lineCharactersMax && line.1.contains { !$0.isWhitespace }
          ? "\(source.path):\(index + 1): \(line.0.count) wide" : nil
      }
    }
    #expect(wide == [])
  }

  @Test func nothingTrails() {
    let untidy = Repository.sources.flatMap { source in
      source.lines.enumerated().compactMap { index, line in
        line.last?.isWhitespace == true || line.contains("\t") ? "\(source.path):\(index + 1)" : nil
      }
    }
    #expect(untidy == [])
  }

  /// A file that declares one type bears its name; `CaseDecider+Events.swift` extends.
  @Test func filesAreNamedForTheirTypes() {
    let astray = Repository.sources.filter { source in
      let stem = source.name.dropLast(".swift".count)
      let types = source.outerTypes
      return source.target != nil && !stem.contains("+") && types.count == 1 && types != [String(stem)]
    }
    #expect(astray.map { "\($0.path) declares \($0.outerTypes[0])" } == [])
  }
}
