import Foundation
import Testing

/// A page of `docs/` that follows from the code: compared, or written anew with `HEADWATER_UPDATE_DOCS=1`.
struct DocsPage {
  let url: URL

  init(_ name: String) {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = tests.deletingLastPathComponent()
    url = root.appending(path: "docs").appending(path: name)
  }

  func check(_ text: String) throws {
    if isUpdating { try text.write(to: url, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: url, encoding: .utf8) == text, "run again with HEADWATER_UPDATE_DOCS=1")
  }

  /// The lines between `<!-- name -->` and `<!-- /name -->`.
  func check(section name: String, _ text: String) throws {
    let page = try String(contentsOf: url, encoding: .utf8)
    let start = try #require(page.range(of: "<!-- \(name) -->\n"))
    let end = try #require(page.range(of: "<!-- /\(name) -->"))
    let updated = page[..<start.upperBound] + text + page[end.lowerBound...]
    if isUpdating { try updated.write(to: url, atomically: true, encoding: .utf8) }
    let isSame = page[start.upperBound..<end.lowerBound] == text
    #expect(isSame || isUpdating, "\(name): run again with HEADWATER_UPDATE_DOCS=1")
  }

  private var isUpdating: Bool { ProcessInfo.processInfo.environment["HEADWATER_UPDATE_DOCS"] == "1" }
}
