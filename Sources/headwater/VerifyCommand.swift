import ArgumentParser
import Crypto
import Domain
import Features
import Foundation
import Journal
import SQL

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Reckons every hash and checkpoint again, folds every case and compares every view.",
    discussion: "Reads only, and may run beside a server. Exit status 1 if anything differs; each finding says where.")

  @OptionGroup var options: InstallationOptions

  func run() async throws {
    let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
    let start = ContinuousClock.now
    let report = try await VerifyInstallation(composition.site, trusting: [composition.checkpointKey.publicKey])()
    let seconds = start.duration(to: .now).seconds
    for fault in report.faults { print(fault.text) }
    let rate = Int(Double(report.events) / max(seconds, 0.001))
    print("""
      \(report.streams) streams, \(report.events) events, \(report.cases) cases: \
      \(report.faults.isEmpty ? "all hold" : "\(report.faults.count) finding(s)")
      """)
    if let checkpoint = report.checkpoint {
      print("last checkpoint \(checkpoint.number), root \(checkpoint.root.hexadecimal)")
    }
    StandardError.line("\(rate) events/s, \(String(format: "%.2f", seconds)) s")
    guard report.faults.isEmpty else { throw ExitCode(1) }
    await composition.site.database.close()
  }
}

struct RebuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Re-creates all views from the journal, in one transaction.",
    discussion: "Stop the servers first: they would wait until it is done.")

  @OptionGroup var options: InstallationOptions

  func run() async throws {
    let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
    let start = ContinuousClock.now
    let report = try await RebuildViews(composition.site)()
    try await IncidentCube(composition.site).follow()
    let seconds = start.duration(to: .now).seconds
    print("\(report.cases) cases rebuilt from \(report.events) events")
    let rate = Int(Double(report.events) / max(seconds, 0.001))
    StandardError.line("\(rate) events/s, \(String(format: "%.2f", seconds)) s")
    await composition.site.database.close()
  }
}

extension VerifyInstallation.Fault {
  var text: String {
    switch self {
    case .journal(.event(let stream, let version, let fault)): "journal: \(stream), version \(version): \(fault)"
    case .journal(.checkpoint(let number, let fault)): "journal: checkpoint \(number): \(fault)"
    case .unreadable(let stream, let kind): "journal: \(stream): an event of kind '\(kind)' cannot be read"
    case .view(let table, let id): "view \(table): case \(id) differs from its events"
    case .numbering(let sort, let year): "documents \(sort) \(year): the numbers have a gap"
    case .counts(let level, let period): "counts by \(level), \(period): differ from the journal"
    case .orphans(let table, let count): "view \(table): \(count) row(s) without a stream"
    }
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
