import ArgumentParser
import Features
import Foundation
import Language

struct WordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "words", abstract: "How texts are cut into words.",
    subcommands: [Cut.self])

  /// For authors of packs: which words a text falls into.
  struct Cut: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Cuts texts into words, as they are counted and judged.",
      discussion: """
        A line of standard input, or the text given, becomes a line of words with ' / ' between them. The words are those \
        of the dictionary beside the program (dict.txt among its assets), of the pack's words.txt and of its map.
        """)

    @Argument(help: "The pack's folder, such as Cities/rongxi.") var pack: String
    @Argument(help: "A text; without one, lines of standard input.") var text: String?
    @Option(help: "Folder of the files beside the program (assets).") var assets: String?

    func run() throws {
      let pack = try Composition.shelf(of: pack).current
      let segmenter = try Assets.segmenter(pack: pack, folder: assets)
      func show(_ text: String) {
        print(segmenter.words(in: text).filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: " / "))
      }
      if let text { return show(text) }
      while let line = readLine() { show(line) }
    }
  }
}
