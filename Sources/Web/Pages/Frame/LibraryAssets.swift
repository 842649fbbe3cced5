import Foundation
import Hummingbird

/// Browser libraries of others, from the folder that `bin/setup` fills: read once, and only these names. A page whose
/// library is absent shows what it can do without.
struct LibraryAssets: Sendable {
  enum Name: String, Sendable, CaseIterable {
    case mapScript = "maplibre-gl.js"
    case mapStyle = "maplibre-gl.css"
    case charts = "echarts.min.js"
    case wordCloud = "echarts-wordcloud.min.js"
    case scanner = "html5-qrcode.min.js"

    fileprivate var type: String {
      rawValue.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"
    }
  }

  private let files: [Name: FixedFile]

  /// - Parameter folder: nil for none. A file that cannot be read is absent.
  init(folder: String?) {
    files = Dictionary(uniqueKeysWithValues: Name.allCases.compactMap { name in
      let path = folder.map { URL(fileURLWithPath: $0, isDirectory: true).appendingPathComponent(name.rawValue) }
      return path.flatMap { try? Data(contentsOf: $0) }.map { (name, FixedFile(name.type, Array($0))) }
    })
  }

  /// Where a page finds it; nil where it is absent.
  func link(_ name: Name) -> String? {
    files[name].map { PageURL.library(name.rawValue).link([("v", $0.version)]) }
  }

  /// - Throws: ``ProblemKind/unknownAddress``.
  func response(_ name: String, _ call: PageCall) throws -> Response {
    guard let file = Name(rawValue: name).flatMap({ files[$0] }) else { throw Problem(.unknownAddress) }
    return file.response(call)
  }
}
