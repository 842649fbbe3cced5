import Domain
import Foundation
import Language

/// The words of a city: a dictionary's, where it is there, the pack's own, and the names on its map.
public enum CityLexicon {
  /// What `bin/setup` leaves among the files beside the program.
  public static let dictionaryName = "dict.txt"

  /// - Parameter folder: of the files beside the program; nil for none. Without a dictionary there the lexicon has
  ///   the pack's words alone; `hasDictionary` says so.
  public static func read(pack: CityPack, folder: String?) -> Lexicon {
    let file = folder.map { URL(fileURLWithPath: $0, isDirectory: true).appendingPathComponent(dictionaryName) }
    let dictionary = file.flatMap { try? Data(contentsOf: $0) } ?? Data()
    let names = (pack.places.map(\.names) + pack.divisions.map(\.names) + pack.agencies.map(\.names)).map(\.zh)
    let words = pack.words + names.filter { $0.count <= 16 && Segmenter.isRun($0) }
    return Lexicon(dictionary: dictionary, words: words.sorted())
  }
}
