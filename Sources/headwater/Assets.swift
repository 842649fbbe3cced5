import Domain
import Features
import Foundation
import Language

/// The files that a release has beside the program: libraries of the browser, the dictionary of words.
enum Assets {
  /// Nil where there is nothing.
  static var beside: String? {
    guard let program = Bundle.main.executableURL else { return nil }
    let folder = program.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("assets")
    return FileManager.default.fileExists(atPath: folder.path) ? folder.path : nil
  }

  /// - Parameter folder: as a setting names it; nil for the one beside the program.
  static func segmenter(pack: CityPack, folder: String?) throws -> Segmenter {
    let lexicon = CityLexicon.read(pack: pack, folder: folder ?? beside)
    if !lexicon.hasDictionary { StandardError.line(Self.missing) }
    return Segmenter(lexicon)
  }

  static let missing = """
    no dictionary of words (\(CityLexicon.dictionaryName)) among the assets: only the pack's own words are known; \
    bin/setup fetches it, --assets names its folder
    """
}
