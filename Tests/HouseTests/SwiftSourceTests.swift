import Testing

/// The lint is only worth what its reading is worth.
@Suite struct SwiftSourceTests {
  @Test func commentsAndTextsAreBlankInterpolationsAreCode() {
    let source = SwiftSource(
      path: "x.swift",
      text: """
        let a = "print(1) \\(name(of: "b)")) c" // print(2)
        /* print /* 3 */ */ let d = #"e \\#(f) \\(g)"#
        """)
    #expect(source.words == ["let", "a", "name", "of", "let", "d", "f"])
  }

  @Test func linesStayWhereTheyAre() {
    let text = "let a = \"\"\"\n  one\n  two \\(three)\n  \"\"\"\n/* four\nfive */\nsix"
    let source = SwiftSource(path: "x.swift", text: text)
    #expect(source.codeLines.count == source.lines.count)
    #expect(source.codeLines.last == "six")
    #expect(source.words == ["let", "a", "three", "six"])
  }

  @Test func importsAreFoundByModule() {
    let source = SwiftSource(
      path: "x.swift",
      text: "import SQL\nimport class GRDB.DatabaseQueue\n@preconcurrency import Yams\nlet important = 1")
    #expect(source.imports == ["SQL", "GRDB", "Yams"])
  }

  @Test func functionsAreMeasuredFromDeclarationToClosingBrace() {
    let source = SwiftSource(
      path: "x.swift",
      text: """
        protocol P {
          func without(_ body: () -> Void) throws
          func other()
        }
        struct S {
          init() {}
          public static func two(
            _ a: Int = { 1 }()
          ) -> Int
          where Int: Sendable {
            if a > 0 { return a }
            return 0
          }
        }
        """)
    #expect(source.functions.map(\.name) == ["init", "two"])
    #expect(source.functions.map(\.lines) == [1, 7])
    #expect(source.functions.map(\.line) == [6, 7])
  }

  @Test func typesAreFoundByDeclaration() {
    let source = SwiftSource(
      path: "x.swift", text: "final class A {}\nenum B { struct C {} }\nextension D {}\nclass func e()")
    #expect(source.declaredTypes == ["A", "B", "C"])
  }
}
