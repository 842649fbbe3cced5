import ArgumentParser
import Domain
import Features
import Foundation
import SQL

struct RatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rates",
    abstract: "The six rates and the repeat-report rate of a period.",
    discussion: """
      Days are the city's. As of an instant: only what had happened by then is seen; what was not yet due is in \
      neither part. Formulas: docs/six-rates.md.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

  @OptionGroup var options: InstallationOptions
  @Option(help: "First day, YYYY-MM-DD.") var from: String
  @Option(help: "Last day, YYYY-MM-DD, included.") var to: String
  @Option(help: "As of this instant (RFC 3339, such as 2026-01-31T16:00:00Z). Now if missing.") var asOf: String?
  @Option(help: "Broken down by: agency, division, kind, door.") var by: String?
  @Option(help: "Only this division and below.") var division: String?
  @Option(help: "table, csv or json.") var format: Format = .table

  func run() async throws {
    guard let first = CivilDate(from), let last = CivilDate(to), first <= last else {
      throw ValidationError("--from and --to are days (YYYY-MM-DD), the first not after the last.")
    }
    let instant = try asOf.map { text in
      guard let date = try? Date(text, strategy: .iso8601) else {
        throw ValidationError("--as-of is an instant such as 2026-01-31T16:00:00Z.")
      }
      return Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1_000))
    }
    let dimension = try by.map { word in
      guard let dimension = ReadRates.Dimension(rawValue: word) else {
        let words = ReadRates.Dimension.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--by is one of: \(words).")
      }
      return dimension
    }
    let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
    let zone = composition.site.pack.calendar.zone
    let query = ReadRates.Query(
      from: zone.instant(first), to: zone.instant(last.adding(days: 1)), asOf: instant ?? composition.site.now(),
      by: dimension, division: division)
    let start = ContinuousClock.now
    let reader = Actor(id: "system:command-line", role: .system, division: composition.site.district)
    let lines = try await ReadRates(composition.site)(query, for: reader)
    StandardError.line("\(String(format: "%.3f", start.duration(to: .now).seconds)) s")
    let report = RatesReport(lines: lines, query: query, pack: composition.site.pack)
    switch format {
    case .table: print(report.table)
    case .csv: print(report.csv, terminator: "")
    case .json: print(try report.json)
    }
    await composition.site.database.close()
  }
}
