import ArgumentParser
import Domain
import Features
import Foundation
import SQL

struct CountsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counts",
    abstract: "How many reports there were, by place, kind, division and time.",
    discussion: """
      Folds in first what is new in the journal. Days are the city's. Small counts are hidden, and with them as many \
      others as it takes that no difference within a line or a column of the table tells them; a table that is to be \
      published belongs into an edition. What counts: docs/counting.md.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json }

  @OptionGroup var options: InstallationOptions
  @Option(help: "First day, YYYY-MM-DD.") var from: String
  @Option(help: "Last day, YYYY-MM-DD, included.") var to: String
  @Option(help: "Counted apart, joined by commas: month, day, place, division, kind, weekday, hour.") var by: String?
  @Option(help: "Only this division and below.") var division: String?
  @Option(help: "Only these places, joined by commas.") var places: String?
  @Option(help: "Only these kinds, joined by commas.") var kinds: String?
  @Option(help: "Only these hours, such as 21-3: from nine in the evening to three in the morning.") var hours: String?
  @Option(help: "Counts below this are hidden; 1 hides none.") var least = 5
  @Option(help: "csv or json.") var format: Format = .csv

  func run() async throws {
    let question = try question()
    let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
    let cube = IncidentCube(composition.site)
    try await cube.follow()
    let start = ContinuousClock.now
    let answer: CountsReport
    do { answer = CountsReport(try await cube.count(question), below: least) } catch CountFault.tooFine(let groups) {
      throw ValidationError("\(groups) groups at once are too many: leave out a dimension of --by.")
    }
    StandardError.line("\(String(format: "%.3f", start.duration(to: .now).seconds)) s")
    print(format == .csv ? answer.csv : try answer.json, terminator: "")
    await composition.site.database.close()
  }

  private func question() throws -> CountQuestion {
    guard let first = CivilDate(from), let last = CivilDate(to), first <= last else {
      throw ValidationError("--from and --to are days (YYYY-MM-DD), the first not after the last.")
    }
    func list(_ text: String?) -> [String]? { text?.split(separator: ",").map(String.init) }
    let dimensions = try (list(by) ?? []).map { word in
      guard let dimension = CountQuestion.Dimension(rawValue: word) else {
        let words = CountQuestion.Dimension.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--by is of: \(words).")
      }
      return dimension
    }
    return CountQuestion(
      from: first, to: last.adding(days: 1), by: Set(dimensions), places: list(places).map(Set.init),
      division: division, kinds: list(kinds).map(Set.init), hours: try hours.map(Self.hours))
  }

  /// `21-3`: the hours from 21 up to, but without, 3.
  private static func hours(_ text: String) throws -> Set<Int> {
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, ends.allSatisfy({ (0...24).contains($0) }), ends[0] != ends[1] else {
      throw ValidationError("--hours is a span such as 21-3.")
    }
    return Set(ends[0] < ends[1] ? Array(ends[0]..<ends[1]) : Array(ends[0]..<24) + Array(0..<ends[1]))
  }
}
