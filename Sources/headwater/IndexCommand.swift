import ArgumentParser
import Domain
import Features
import Foundation
import SQL
import Web

struct IndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Makes an edition of the safety index: pages, tables and maps in a folder.",
    discussion: """
      The edition is numbered and frozen with the last checkpoint of the journal. The same reports and the same \
      definition (index.json of the pack) give the same edition, byte for byte.
      """)

  @OptionGroup var options: InstallationOptions
  @Option(help: "The pack's folder, put in force; without it the one that was in force last.") var city: String?
  @Option(help: "First day, YYYY-MM-DD.") var from: String
  @Option(help: "Last day, YYYY-MM-DD, included.") var to: String
  @Option(help: "Only this division and below.") var division: String?
  @Option(help: "Compared with: last-year or period-before.") var compare = EditionQuery.Comparison.lastYear
  @Option(help: "The folder to write to.") var out: String

  func run() async throws {
    guard let first = CivilDate(from), let last = CivilDate(to),
      let query = EditionQuery(from: first, to: last, comparison: compare, division: division)
    else {
      throw ValidationError(
        "--from and --to are days (YYYY-MM-DD), the first not after the last, and not more than a year for last-year.")
    }
    let composition = try await Composition.open(try await options.settings(), city: city, usesVault: false)
    let start = ContinuousClock.now
    let edition: Edition
    do {
      edition = try await MakeEdition(composition.site, incidents: composition.incidents)(query)
    } catch MakeEdition.Fault.noDefinition {
      throw ValidationError("The pack in force has no index.json: nothing says what to publish.")
    } catch MakeEdition.Fault.unknownDivision(let code) {
      throw ValidationError("--division: there is no division \(code).")
    }
    await composition.site.database.close()
    let folder = URL(fileURLWithPath: out, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let print = EditionPrint(edition, pack: composition.site.pack, decoration: composition.mapDecoration)
    var files = try print.files()
    for language in [Language.zh, .en] {
      do {
        files["edition.\(language.rawValue).pdf"] = try await print.pdf(language)
      } catch {
        StandardError.line("No PDF: rsvg-convert failed; is librsvg2-bin installed? 未生成 PDF,请安装 librsvg2-bin。")
      }
    }
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    StandardError.line("\(String(format: "%.2f", start.duration(to: .now).seconds)) s")
    let days = "\(edition.period.from) to \(edition.period.to)"
    Swift.print("Edition \(edition.number), \(days): \(files.count) files in \(out)")
  }
}

extension EditionQuery.Comparison: ExpressibleByArgument {}
