import ArgumentParser
import Foundation
import Statistics

/// CPU seconds of one kernel on data that a peer is given too; the result is written for the comparison.
struct StatisticsMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "statistics")

  enum What: String, ExpressibleByArgument, CaseIterable {
    case quartic, gaussian, star, moran, knox, farrington
    case nearRepeat = "near-repeat"
  }

  @Argument var what: What
  @Option(help: "Numbers, little-endian doubles, one record after another.") var input: String
  @Option(help: "The result goes here, likewise.") var output: String?

  func run() async throws {
    let numbers = try Self.read(input)
    let start = Self.cpuSeconds()
    let result = compute(numbers)
    let seconds = Self.cpuSeconds() - start
    if let output { try Self.write(result, to: output) }
    try BenchmarkTool.report(Cost(cpuSeconds: seconds, peakMegabytes: Self.peakMegabytes()))
  }

  struct Cost: Encodable {
    let cpuSeconds: Double
    let peakMegabytes: Double
  }

  private func compute(_ numbers: [Double]) -> [Double] {
    let grid = Grid(columns: 512, rows: 512, cell: 40)
    func column(_ column: Int, of width: Int) -> [Double] {
      stride(from: column, to: numbers.count, by: width).map { numbers[$0] }
    }
    switch what {
    case .quartic:
      return Density.of(x: column(0, of: 2), y: column(1, of: 2), on: grid, kernel: .quartic(radius: 300))
    case .gaussian:
      return Density.of(x: column(0, of: 2), y: column(1, of: 2), on: grid, kernel: .gaussian(deviation: 300))
    case .star:
      let found = GetisOrd.star(numbers, .queen(columns: 100, rows: 100), draws: 999, seed: 1)
      return found.values + found.chanceAbove
    case .moran:
      let found = LocalMoran.of(numbers, .queen(columns: 100, rows: 100), draws: 999, seed: 1)
      return found.values + found.chanceAbove
    case .knox:
      let found = Knox.test(x: column(0, of: 3), y: column(1, of: 3), days: column(2, of: 3), distance: 200, time: 14,
                            seed: 1)
      return [Double(found.spacePairs), Double(found.timePairs), Double(found.bothPairs), found.simulatedMean,
              found.simulatedDeviation, found.chance]
    case .nearRepeat:
      let found = NearRepeat.table(
        x: column(0, of: 3), y: column(1, of: 3), days: column(2, of: 3).map { Int($0) },
        distances: [0, 0.1, 201, 401, 601], times: [0, 2, 3, 4, 15], seed: 1)
      return (found.observed.joined().map(Double.init)) + found.ratio.joined() + found.chance.joined()
    case .farrington:
      // Series of 320 weeks one after another; the last 52 of each are judged by five years before.
      var method = Farrington()
      method.errors = .asSurveillance
      return stride(from: 0, to: numbers.count, by: 320).flatMap { start in
        method.bounds(numbers[start..<start + 320].map { Int($0) }, weeks: 268..<320).map { $0?.upper ?? .nan }
      }
    }
  }

  static func read(_ path: String) throws -> [Double] {
    try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  }

  private static func write(_ numbers: [Double], to path: String) throws {
    try numbers.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
  }

  static func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  /// NB: not `getrusage`, whose peak begins with that of the process that started this one.
  static func peakMegabytes() throws -> Double {
    let lines = try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n")
    let kilobytes = lines.first { $0.hasPrefix("VmHWM") }?.split(separator: " ").dropFirst().first
    return (kilobytes.flatMap { Double($0) } ?? 0) / 1024
  }
}
