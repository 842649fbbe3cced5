import ArgumentParser
import Features
import Foundation
import SQL

struct ModelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Models of kinds, learned from what operators settled.",
    discussion: """
      A model suggests where the rules abstain. It never decides where a danger word stands, and a new one is tried as a \
      shadow first: what it would have said is recorded and shown to nobody. Servers take up a change when they start.
      """,
    subcommands: [Train.self, List.self, Report.self, Use.self])

  struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Learns a new model from the cases that have ended, and makes it the shadow.")

    @OptionGroup var options: InstallationOptions
    @Option(help: "A word or pair of characters must stand in so many cases to be kept.") var casesMin = 5
    @Option(help: "At most so many cases, the latest.") var casesMax = 20_000
    @Option(help: "Folder of the files beside the program (assets).") var assets: String?

    func validate() throws {
      guard casesMin >= 2, casesMax >= 1 else { throw ValidationError("--cases-min is at least 2, --cases-max 1.") }
    }

    func run() async throws {
      let settings = try await options.settings()
      let composition = try await Composition.open(settings, city: nil)
      let segmenter = try Assets.segmenter(pack: composition.site.pack, folder: assets ?? settings.string("assets"))
      let card: ModelCard
      do {
        card = try await TrainModel(composition.site)(segmenter, casesMin: casesMin, limit: casesMax)
      } catch TrainModel.Fault.tooFew(let texts) {
        StandardError.line("""
          \(texts) texts of ended cases: fewer than two kinds have \(TrainModel.casesOfKindMin). Nothing was learned.
          """)
        throw ExitCode(1)
      }
      print(card.text)
      await composition.site.database.close()
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The models there are, the oldest first.")

    @OptionGroup var options: InstallationOptions

    func run() async throws {
      let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
      let shelf = ModelShelf(composition.site)
      let roles = try await shelf.roles()
      for card in try await shelf.cards() {
        let role = card.version == roles[.inUse] ? "in use" : card.version == roles[.shadow] ? "shadow" : ""
        print("\(card.line)  \(role)".trimmingCharacters(in: .whitespaces))
      }
      await composition.site.database.close()
    }
  }

  struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How a model did on texts it had not seen, and since then.")

    @OptionGroup var options: InstallationOptions
    @Argument(help: "The model's version.") var version: String

    func run() async throws {
      let settings = try await options.settings()
      let composition = try await Composition.open(settings, city: nil, usesVault: false)
      guard let card = try await ModelShelf(composition.site).card(version) else {
        throw ValidationError("\(version): no such model; see 'headwater model list'.")
      }
      print(card.text)
      let since = try await ModelSuggestions(composition.site)(model: version)
      print("""
        since then: \(since.suggested) reports, \(since.sure) certain; of \(since.settled) whose case has ended \
        \(since.right) right
        """)
      await composition.site.database.close()
    }
  }

  struct Use: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a model suggest, or keeps it as a shadow, or ends it.")

    @OptionGroup var options: InstallationOptions
    @Argument(help: "The model's version; 'none' for none.") var version: String
    @Flag(help: "Its suggestions are recorded and shown to nobody.") var shadow = false

    func run() async throws {
      let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
      let shelf = ModelShelf(composition.site)
      let chosen = version == "none" ? nil : version
      if let chosen, try await shelf.card(chosen) == nil {
        throw ValidationError("\(version): no such model; see 'headwater model list'.")
      }
      try await shelf.give(shadow ? .shadow : .inUse, to: chosen)
      let roles = try await shelf.roles()
      StandardError.line("""
        in use: \(roles[.inUse] ?? "none"); shadow: \(roles[.shadow] ?? "none"); servers take it up when they start
        """)
      await composition.site.database.close()
    }
  }
}

extension ModelCard {
  fileprivate var line: String {
    let day = Date(timeIntervalSince1970: Double(trainedAt) / 1_000).formatted(.iso8601.year().month().day())
    return "\(version)  \(day)  \(texts) cases  \(kinds.count) kinds  macro-F1 \(Self.rounded(macroF1))"
  }

  /// The whole report.
  fileprivate var text: String {
    let names = kinds.enumerated().map { "  \($0.offset + 1). \($0.element)" }.joined(separator: "\n")
    let table = confusion.enumerated().map { number, row in
      "\(number + 1)".padded(4) + row.map { "\($0)".padded(6) }.joined()
    }.joined(separator: "\n")
    let head = "".padded(4) + kinds.indices.map { "\($0 + 1)".padded(6) }.joined()
    return """
      model \(version), from \(texts) cases, pack \(pack), features of at least \(casesMin) cases
      held out: \(right) of \(texts) right, macro-F1 \(Self.rounded(macroF1)), calibration error \
      \(Self.rounded(calibrationError))
      certain (from \(Self.rounded(certaintyMin))): \(answered), of these \(answeredRight) right
      danger: of \(dangerous) texts of police or critical kinds \(sentAway) would have been sent away; with 95 % \
      confidence at most \(Self.rounded(sentAwayAtMost * 100)) %
      settled (rows) and said (columns):
      \(names)
      \(head)
      \(table)
      """
  }

  private static func rounded(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
