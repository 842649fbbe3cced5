import Testing

/// Layers as targets: the table of docs/ARCHITECTURE.md is what holds, here it is held against the code.
/// (That a target imports only what Package.swift declares for it is the compiler's part:
/// `--explicit-target-dependency-import-check error`.)
@Suite struct ImportTests {
  /// Modules of the toolchain that a target may import if the table names them or the word `Foundation`.
  static let withFoundation: Set<String> = ["Foundation", "FoundationEssentials", "Synchronization", "Dispatch"]

  /// Target → the modules that its row allows.
  static func table() throws -> [String: Set<String>] {
    var rows: [String: Set<String>] = [:]
    for line in try Repository.text("docs/ARCHITECTURE.md").split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingPrefix { $0 == " " } }
      guard line.hasPrefix("| `"), cells.count >= 3 else { continue }
      let allowed = codeSpans(String(cells[2]))
      for target in codeSpans(String(cells[0])) where Repository.targets.contains(target) {
        rows[target] = Set(allowed).union(allowed.contains("Foundation") ? withFoundation : [])
      }
    }
    return rows
  }

  static func codeSpans(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
  }

  @Test func everyTargetHasARow() throws {
    #expect(try Set(Self.table().keys) == Repository.targets)
  }

  @Test func everyImportIsAllowed() throws {
    let table = try Self.table()
    let astray = Repository.sources.flatMap { source -> [String] in
      guard let target = source.target, let allowed = table[target] else { return [] }
      return source.imports.filter { !allowed.contains($0) }.map { "\(source.path) imports \($0)" }
    }
    #expect(astray == [])
  }

  /// Package.swift may not declare what the table forbids among our own targets.
  @Test func everyDeclaredDependencyIsAllowed() throws {
    let table = try Self.table()
    let package = try Repository.text("Package.swift")
    var astray: [String] = []
    for declaration in package.split(separator: "layer(\"").dropFirst() {
      let name = String(declaration.prefix { $0 != "\"" })
      guard let allowed = table[name], let list = declaration.split(separator: "[").dropFirst().first else { continue }
      let quoted = list.prefix { $0 != "]" }.split(separator: "\"").map(String.init)
      astray += quoted.filter { Repository.targets.contains($0) && !allowed.contains($0) }.map { "\(name) on \($0)" }
    }
    #expect(astray == [])
  }
}
