import ArgumentParser
import Features
import Foundation
import Language
import SQL

struct WordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "words", abstract: "How texts are cut into words, and which words reports have.",
    subcommands: [Cut.self, Top.self])

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

  /// Counts what has not been counted, then tells.
  struct Top: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The words of a period's reports, with how far they rose above the same months a year before.",
      discussion: """
        Of cases that have ended. Stop words, numbers and names of persons are left out, and so are words of fewer than \
        five reports. Each look into the vault is an event of the journal.
        """)

    @OptionGroup var options: InstallationOptions
    @Option(help: "First month, such as 2026-01.") var from: String
    @Option(help: "Last month.") var to: String
    @Option(help: "Only this kind and those below it.") var kind: String?
    @Option(help: "Only this division and below.") var division: String?
    @Option(help: "Folder of the files beside the program (assets).") var assets: String?

    func run() async throws {
      guard let first = Self.month(from), let last = Self.month(to), first <= last else {
        throw ValidationError("--from and --to are months such as 2026-01, in order.")
      }
      let settings = try await options.settings()
      let composition = try await Composition.open(settings, city: nil)
      let segmenter = try Assets.segmenter(pack: composition.site.pack, folder: assets ?? settings.string("assets"))
      try await CountWords(composition.site, segmenter).run()
      let words = try await ReadWords(composition.site)(
        months: first...last, before: first - 12...last - 12, kinds: kind.map { [$0] }, division: division)
      print("word,reports,year_before,z")
      for word in words { print("\(word.word),\(word.reports),\(word.before),\(String(format: "%.2f", word.z))") }
      await composition.site.database.close()
    }

    private static func month(_ text: String) -> Int? {
      let parts = text.split(separator: "-").compactMap { Int($0) }
      guard parts.count == 2, (1...12).contains(parts[1]) else { return nil }
      return ReadWords.monthNumber(year: parts[0], month: parts[1])
    }
  }
}
