import ArgumentParser
import Foundation
import Statistics

/// A map of hot spots on real events, judged by what happened after it, beside plain counts of three years.
struct HotSpotMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "hot-spots")

  @Option(help: "Cell and day of each event, little-endian doubles.") var input: String
  @Option var columns: Int
  @Option var rows: Int
  @Option(help: "The day of the map that counts.") var day: Double
  @Option(help: "Days of the maps by which it is chosen, with their horizon all before that day.") var mapDays: String
  @Option var horizon: Double

  struct Found: Encodable {
    let area: Double
    let memory: Double
    let blur: Double
    let shared: Double
    let pai: Double
    let peiStar: Double
    /// Of the map of plain counts of the three years before.
    let plainPai: Double
    let plainPeiStar: Double
  }

  func run() async throws {
    let numbers = try StatisticsMeasure.read(input)
    let cells = stride(from: 0, to: numbers.count, by: 2).map { Int(numbers[$0]) }
    let days = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
    let grid = Grid(columns: columns, rows: rows, cell: 200)
    let earlier = mapDays.split(separator: ",").compactMap { Double($0) }
    guard earlier.allSatisfy({ $0 + horizon <= day }) else { throw ValidationError("a map that looks ahead") }
    var counts = [Double](repeating: 0, count: grid.count)
    for (cell, time) in zip(cells, days) where time < day && time >= day - 1_096 { counts[cell] += 1 }
    try BenchmarkTool.report([0.01, 0.05].compactMap { area -> Found? in
      let best = HotSpotForecast.chosen(
        cells: cells, days: days, on: grid, mapDays: earlier, horizon: horizon, area: area)
      guard
        let found = best.accuracy(cells: cells, days: days, on: grid, day: day, horizon: horizon, area: area),
        let plain = HotSpotForecast.accuracy(
          of: counts, cells: cells, days: days, day: day, horizon: horizon, area: area)
      else { return nil }
      return Found(
        area: area, memory: best.memory, blur: best.blur, shared: best.shared, pai: found.pai, peiStar: found.peiStar,
        plainPai: plain.pai, plainPeiStar: plain.peiStar)
    })
  }
}
