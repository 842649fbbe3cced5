import ArgumentParser
import Foundation
import GRDBSQLite
import Journal
import SQL
import SQLiteDriver

/// Events a second: ours appended and verified, the same rows inserted and scanned bare.
struct JournalMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "journal")

  enum What: String, ExpressibleByArgument, CaseIterable {
    case append, verify
    case bareAppend = "bare-append"
    case bareScan = "bare-scan"
  }

  @Argument var what: What
  @Option(help: "The database's file; verify and bare-scan want one that is filled.") var file: String
  @Option var events = 200_000

  static let eventsPerStream = 4
  static let eventsPerCommit = 1_000
  private static let body = #"{"agency":"town-east","allowance":1440,"basis":"cue","by":"rules","due":1768442400000,"#
    + #""kind":"noise.renovation","severity":"ordinary","supporting":["hotline"]}"#

  func run() async throws {
    switch what {
    case .append: try BenchmarkTool.report(try await append())
    case .verify: try BenchmarkTool.report(try await verify())
    case .bareAppend: try BenchmarkTool.report(try await bareAppend())
    case .bareScan: try BenchmarkTool.report(try bareScan())
    }
  }

  private func append() async throws -> Throughput {
    let database = try SQLiteDatabase(path: file)
    try await database.migrate(Journal.migrations)
    let journal = Journal(district: "990106")
    let start = ContinuousClock.now
    for first in stride(from: 0, to: events / Self.eventsPerStream, by: Self.eventsPerCommit / Self.eventsPerStream) {
      try await database.write { connection in
        for stream in first..<first + Self.eventsPerCommit / Self.eventsPerStream {
          let news = (0..<Self.eventsPerStream).map { _ in NewEvent(kind: "assigned", body: Self.body) }
          _ = try journal.append(news, to: Self.stream(stream), expecting: 0, previous: nil, at: 1_768_442_400_000,
                                 actor: "system:benchmark", on: connection)
        }
      }
    }
    let result = Throughput(events, since: start)
    await database.close()
    return result
  }

  private func bareAppend() async throws -> Throughput {
    let schema = try SQLiteDatabase(path: file)
    try await schema.migrate(Journal.migrations)
    await schema.close()
    let database = try BareSQLite(path: file)
    let hash = [UInt8](repeating: 7, count: 32)
    let insert = try database.prepare(
      "INSERT INTO journal (district, stream, version, kind, at, actor, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    let start = ContinuousClock.now
    for first in stride(from: 0, to: events, by: Self.eventsPerCommit) {
      try database.run("BEGIN IMMEDIATE")
      for event in first..<first + Self.eventsPerCommit {
        try database.run(
          insert,
          [.text("990106"), .text(Self.stream(event / Self.eventsPerStream)),
           .integer(Int64(event % Self.eventsPerStream + 1)), .text("assigned"), .integer(1_768_442_400_000),
           .text("system:benchmark"), .text(Self.body), .blob(hash)])
      }
      try database.run("COMMIT")
    }
    return Throughput(events, since: start)
  }

  private func verify() async throws -> Throughput {
    let database = try SQLiteDatabase(path: file)
    let start = ContinuousClock.now
    let report = try await JournalVerification(of: Journal(district: "990106"), trusting: []).run(on: database)
    let result = Throughput(report.events, since: start)
    await database.close()
    guard report.findings.isEmpty else { throw ValidationError("\(report.findings.count) findings") }
    return result
  }

  private func bareScan() throws -> Throughput {
    let database = try BareSQLite(path: file)
    let start = ContinuousClock.now
    var count = 0
    var bytes = 0
    try database.forEach(
      "SELECT stream, version, kind, at, actor, body, hash FROM journal ORDER BY district, stream, version"
    ) { row in
      count += 1
      for column in [0, 2, 4, 5, 6] as [Int32] { bytes += Int(sqlite3_column_bytes(row, column)) }
    }
    guard bytes > 0 else { throw ValidationError("an empty journal") }
    return Throughput(count, since: start)
  }

  private static func stream(_ number: Int) -> String { "case-" + String(format: "%026d", number) }
}
