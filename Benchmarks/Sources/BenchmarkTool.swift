import ArgumentParser
import Foundation

/// What the benchmarks need in Swift: measures inside one process, the bare peers, a crowd of followers. Started by
/// `Benchmarks/run`, which sets ours and the peer against each other; each command prints one line of JSON.
@main
struct BenchmarkTool: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmarks", abstract: "Parts of Benchmarks/run.",
    subcommands: [
      JournalMeasure.self, BareIntake.self, FollowMeasure.self, Recount.self,
      StatisticsMeasure.self, WorstTenMeasure.self, HotSpotMeasure.self, CountsMeasure.self, LanguageMeasure.self,
      EditionMeasure.self,
    ])

  static func report(_ result: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(result), as: UTF8.self))
  }
}

struct Throughput: Encodable {
  let count: Int
  let seconds: Double
  let perSecond: Double

  init(_ count: Int, since start: ContinuousClock.Instant) {
    let parts = start.duration(to: .now).components
    self.count = count
    seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    perSecond = Double(count) / seconds
  }
}
