import ArgumentParser
import Domain
import Features
import Foundation
import Journal
import SQL
import SQLiteDriver

/// The rates counted again the plain way: every case folded from its events, every fact looked at. Shares no query and
/// no view with the program.
struct Recount: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "recount")

  @Option(help: "Folder of an embedded installation.") var data: String
  @Option(help: "Milliseconds since 1970 in UTC, as the JSON of 'headwater rates' has them.") var from: Int64
  @Option var to: Int64
  @Option var asOf: Int64
  @Option(help: "agency, division, kind or door; the whole if missing.") var by: String?

  struct Count: Encodable {
    let rate: String
    let group: String
    var denominator = 0
    var numerator = 0
    var notYetDue = 0
  }

  func run() async throws {
    let database = try SQLiteDatabase(path: data + "/headwater.sqlite")
    let district = try await database.read { try PackShelf.inForce(on: $0) }.current.district
    let counts = try await database.read { connection in
      var counts: [String: Count] = [:]
      try Journal(district: district).forEachStream(on: connection) { stream, events in
        guard stream.hasPrefix("case-"), let state = try folded(stream, events) else { return }
        for fact in RateFact.facts(of: state) { add(fact, to: &counts) }
      }
      return counts
    }
    await database.close()
    try BenchmarkTool.report(counts.values.sorted { ($0.rate, $0.group) < ($1.rate, $1.group) })
  }

  /// The case as it was; nil before it was opened.
  private func folded(_ stream: String, _ events: [RecordedEvent]) throws -> CaseState? {
    var state: CaseState?
    for event in events where event.at <= asOf {
      let body = try CaseEventCodec.decode(kind: event.kind, body: event.body)
      let at = Instant(milliseconds: event.at)
      if state == nil {
        state = CaseState(id: String(stream.dropFirst("case-".count)), founding: body, at: at)
      } else {
        state?.evolve(body, at: at)
      }
    }
    return state
  }

  private func add(_ fact: RateFact, to counts: inout [String: Count]) {
    let isKnown = fact.knownAt.map { $0.milliseconds <= asOf } ?? false
    let counted = (isKnown ? fact.countedAt : fact.startedAt).milliseconds
    guard counted >= from, counted < to else { return }
    let group = group(fact)
    var count = counts[fact.rate.rawValue + " " + group] ?? Count(rate: fact.rate.rawValue, group: group)
    if isKnown {
      count.denominator += 1
      if fact.isHit { count.numerator += 1 }
    } else {
      count.notYetDue += 1
    }
    counts[fact.rate.rawValue + " " + group] = count
  }

  private func group(_ fact: RateFact) -> String {
    switch by {
    case "agency": fact.agency
    case "division": fact.division
    case "kind": fact.kind
    case "door": fact.door
    default: ""
    }
  }
}
