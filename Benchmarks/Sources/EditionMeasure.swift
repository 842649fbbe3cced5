import ArgumentParser
import Domain
import Features
import Foundation

/// A whole edition out of two tables of reports: made-up ones of Rongxi, or real ones from a file.
struct EditionMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "edition")

  @Option(help: "So many made-up reports, half of them in the period before.") var reports = 0
  @Option(help: "The pack's folder, for made-up ones.") var city = "Cities/rongxi"
  @Option(help: "Real ones: CSV of date, hour, longitude, latitude, kind, division; sorted.") var input: String?
  @Option(help: "First day of the period.") var from = "2026-01-01"
  @Option(help: "Last day of it.") var to = "2026-06-30"
  @Option(help: "Compared with: last-year or period-before.") var compare = EditionQuery.Comparison.lastYear

  struct Found: Encodable {
    let reports: Int
    let seconds: Double
    let cpuSeconds: Double
    let peakMegabytes: Double
    let bytes: Int
  }

  func run() async throws {
    guard let first = CivilDate(from), let last = CivilDate(to),
      let query = EditionQuery(from: first, to: last, comparison: compare)
    else { throw ValidationError("days that are none") }
    let reports: (now: IncidentTable, before: IncidentTable)
    let pack: CityPack
    if let input {
      let file = try RealReports(path: input)
      pack = file.pack
      reports = (file.table(query.days), file.table(query.before))
    } else {
      pack = try CityPackReader.read(folder: URL(fileURLWithPath: city, isDirectory: true))
      reports = (table(query.days, pack, seed: 1), table(query.before, pack, seed: 2))
    }
    let (start, cpu) = (ContinuousClock.now, StatisticsMeasure.cpuSeconds())
    guard let edition = EditionMaker.edition(now: reports.now, before: reports.before, query, pack: pack) else {
      throw ValidationError("the pack has no index.json")
    }
    let bytes = try edition.dataFiles(pack).values.reduce(0) { $0 + $1.count }
    let whole = Throughput(reports.now.count + reports.before.count, since: start)
    try BenchmarkTool.report(Found(
      reports: whole.count, seconds: whole.seconds, cpuSeconds: StatisticsMeasure.cpuSeconds() - cpu,
      peakMegabytes: try StatisticsMeasure.peakMegabytes(), bytes: bytes))
  }

  /// Reports that crowd towards some places and evenings, of all kinds.
  private func table(_ days: ClosedRange<CivilDate>, _ pack: CityPack, seed: UInt64) -> IncidentTable {
    var random = Draws(state: seed)
    let kinds = pack.leafKinds.map(\.code)
    let centres = pack.places.map { pack.grid.metres(of: $0.centre) }
    let length = days.upperBound.dayNumber - days.lowerBound.dayNumber + 1
    var table = IncidentTable()
    let count = reports / 2
    table.reserveCapacity(count)
    var row = IncidentTable.Given()
    for number in 0..<count {
      let place = Int(random.share() * random.share() * Double(pack.places.count))
      let day = days.lowerBound.dayNumber + number * length / count
      row.day = Int32(day)
      row.hour = UInt8(max(random.share(), random.share()) * 24)
      row.seconds = Int64(day) * 86_400 + Int64(row.hour) * 3_600
      row.east = Float(centres[place].x + (random.share() - 0.5) * 300)
      row.north = Float(centres[place].y + (random.share() - 0.5) * 300)
      row.kind = kinds[Int(random.share() * random.share() * Double(kinds.count))]
      row.place = pack.places[place].code
      row.division = pack.places[place].division
      row.door = random.share() < 0.3 ? "12345" : "110"
      row.isFirst = random.share() < 0.8
      table.append(row)
    }
    return table
  }
}

extension EditionQuery.Comparison: ExpressibleByArgument {}

/// SplitMix64.
private struct Draws {
  var state: UInt64

  mutating func share() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((value ^ (value >> 31)) >> 11) / 9_007_199_254_740_992
  }
}
