import ArgumentParser
import Crypto
import Domain
import Features
import Foundation
import SQL
import SQLiteDriver

/// CPU seconds of the three counts over made-up reports, from the columns or from the cube; the answers are written for
/// the comparison.
struct CountsMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "counts")

  enum What: String, ExpressibleByArgument, CaseIterable {
    case fill, columns, cube, follow
  }

  @Argument var what: What
  @Option(help: "A folder of its own, filled by 'fill'.") var data: String
  @Option(help: "The columns that peers/reports.py wrote.") var input: String?
  @Option(help: "The city whose pack the installation runs by; 'follow' takes the one in force.") var city: String?
  @Option(help: "All answers go here, as little-endian integers.") var output: String?

  private static let rounds = 3

  private struct Cost: Encodable {
    var cpuSeconds: [String: Double] = [:]
    var peakMegabytes = 0.0
    var storedMegabytes: Double?
  }

  func run() async throws {
    if what == .follow { return try await follow() }
    let site = try await site()
    let store = IncidentStore(site, folder: URL(fileURLWithPath: data).appendingPathComponent("incidents"))
    let cube = IncidentCube(site)
    var cost = Cost()
    switch what {
    case .fill:
      let start = StatisticsMeasure.cpuSeconds()
      let months = try SyntheticReports.months(of: input ?? "")
      let read = StatisticsMeasure.cpuSeconds()
      try store.fill(months)
      let columns = StatisticsMeasure.cpuSeconds()
      try await cube.fill(months)
      cost.cpuSeconds = ["read": read - start, "columns": columns - read,
                         "cube": StatisticsMeasure.cpuSeconds() - columns]
    case .columns: cost = try await measure { try store.count($0) }
    case .cube: cost = try await measure { try await cube.count($0) }
    case .follow: break
    }
    await site.database.close()
    try BenchmarkTool.report(cost)
  }

  /// All of an installation's journal folded into a new cube, and all its reports gathered as columns.
  private func follow() async throws {
    let site = try await site()
    let start = StatisticsMeasure.cpuSeconds()
    try await IncidentCube(site).follow()
    let counted = StatisticsMeasure.cpuSeconds()
    let folder = URL(fileURLWithPath: data).appendingPathComponent("incidents")
    let rows = try await IncidentStore(site, folder: folder).refresh().rows
    let gathered = StatisticsMeasure.cpuSeconds()
    let events = try await site.database.read { connection in
      try connection.first("SELECT COUNT(*) FROM journal") { $0.int(0) } ?? 0
    }
    await site.database.close()
    try BenchmarkTool.report(Followed(events: events, rows: rows, cubeSeconds: counted - start,
                                      columnSeconds: gathered - counted))
  }

  private struct Followed: Encodable {
    let events: Int
    let rows: Int
    let cubeSeconds: Double
    let columnSeconds: Double
  }

  private func site() async throws -> Installation {
    let folder = URL(fileURLWithPath: data)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let database = try SQLiteDatabase(path: folder.appendingPathComponent("headwater.sqlite").path)
    try await database.migrate(Installation.migrations)
    let packs: PackShelf
    if let city {
      let archive = try CityPackReader.archive(folder: URL(fileURLWithPath: city))
      packs = PackShelf(current: try CityPackReader.read(archive: archive), archive: archive)
    } else {
      packs = try await database.read { try PackShelf.inForce(on: $0) }
    }
    return Installation(database: database, packs: packs, vault: Vault(master: SymmetricKey(size: .bits256)),
                        now: { Instant(milliseconds: 1_767_225_600_000) }, makeID: { UUID().uuidString })
  }

  /// Each count once to warm up, then several times.
  private func measure(_ count: @escaping (CountQuestion) async throws -> CountTable) async throws -> Cost {
    let counts = SyntheticCounts(count: count)
    var cost = Cost()
    var answers: [Int64] = []
    for (name, ask) in [("months", counts.months), ("top", counts.top), ("night", counts.night)] {
      answers += try await ask()()
      var seconds: [Double] = []
      for _ in 0..<Self.rounds {
        let start = StatisticsMeasure.cpuSeconds()
        _ = try await ask()
        seconds.append(StatisticsMeasure.cpuSeconds() - start)
      }
      cost.cpuSeconds[name] = seconds.sorted()[Self.rounds / 2]
    }
    cost.peakMegabytes = try StatisticsMeasure.peakMegabytes()
    if let output { try answers.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: output)) } }
    return cost
  }
}

/// The reports that `peers/reports.py` made, as tables of months.
private enum SyntheticReports {
  static func months(of path: String) throws -> [IncidentTable] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    let rows = bytes.count / 24
    return bytes.withUnsafeBytes { bytes in
      func column<T>(_ at: Int, _ type: T.Type) -> UnsafeBufferPointer<T> {
        let part = bytes[at * rows..<at * rows + rows * MemoryLayout<T>.size]
        return UnsafeRawBufferPointer(rebasing: part).bindMemory(to: type)
      }
      let (seconds, place, kind) = (column(0, Int64.self), column(8, Int32.self), column(12, Int32.self))
      let (east, north) = (column(16, Float.self), column(20, Float.self))
      var months: [IncidentTable] = []
      var month = ""
      for row in 0..<rows {
        let day = Int(seconds[row] / 86_400)
        if row == 0 || day != Int(seconds[row - 1] / 86_400) {
          let of = String(CivilDate(dayNumber: day).text.prefix(7))
          if of != month { months.append(IncidentTable()) }
          month = of
        }
        var given = IncidentTable.Given()
        (given.seconds, given.day, given.hour) = (seconds[row], Int32(day), UInt8(seconds[row] % 86_400 / 3_600))
        (given.east, given.north) = (east[row], north[row])
        (given.kind, given.place) = (Self.kinds[Int(kind[row])], Self.places[Int(place[row])])
        (given.division, given.door) = ("310000", "import")
        months[months.count - 1].append(given)
      }
      return months
    }
  }

  static let kinds = (0..<12).map { "kind-\($0)" }
  /// Codes sort as the numbers that they stand for.
  static let places = (1_000..<1_400).map { "P\($0)" }

  static func kind(_ code: String) -> Int64 { Int64(code.dropFirst("kind-".count)) ?? -1 }
  static func place(_ code: String) -> Int64 { (Int64(code.dropFirst()) ?? 0) - 1_000 }
}

/// The three counts, each as the rows that the peers give, one behind the other.
private struct SyntheticCounts {
  let count: (CountQuestion) async throws -> CountTable

  private static func january(_ year: Int) -> CivilDate {
    CivilDate(year: year, month: 1, day: 1) ?? CivilDate(dayNumber: 0)
  }

  /// By month, place and kind, over all four years. What is returned makes the rows: only the table is measured.
  func months() async throws -> () -> [Int64] {
    let table = try await count(CountQuestion(
      from: Self.january(2022), to: Self.january(2026), by: [.place, .kind, .month]))
    return {
      let rows = table.counts.indices.map { row in
        [Int64(table.columns[.month]?[row] ?? 0), Self.place(table, row), Self.kind(table, row),
         Int64(table.counts[row])]
      }
      return rows.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
    }
  }

  /// The twenty places of each kind with most reports of the last year, and how many they had the year before.
  func top() async throws -> () -> [Int64] {
    let (kinds, places) = (12, 400)
    var counts = [[Int64]](repeating: [Int64](repeating: 0, count: kinds * places), count: 2)
    for (year, from) in [2025, 2024].enumerated() {
      let table = try await count(CountQuestion(
        from: Self.january(from), to: Self.january(from + 1), by: [.place, .kind]))
      let kindOf = table.kinds.list.map(SyntheticReports.kind), placeOf = table.places.list.map(SyntheticReports.place)
      guard let kind = table.columns[.kind], let place = table.columns[.place] else { continue }
      for row in table.counts.indices {
        counts[year][Int(kindOf[Int(kind[row])]) * places + Int(placeOf[Int(place[row])])] = Int64(table.counts[row])
      }
    }
    let rows = (0..<kinds).flatMap { kind in
      let first = kind * places
      let ranked = (first..<first + places).filter { counts[0][$0] + counts[1][$0] > 0 }
        .sorted { (-counts[0][$0], $0) < (-counts[0][$1], $1) }
      return ranked.prefix(20).flatMap { [Int64(kind), Int64($0 - first), counts[0][$0], counts[1][$0]] }
    }
    return { rows }
  }

  /// The twenty places with most reports between nine in the evening and three in the morning.
  func night() async throws -> () -> [Int64] {
    let table = try await count(CountQuestion(
      from: Self.january(2022), to: Self.january(2026), by: [.place], hours: [21, 22, 23, 0, 1, 2]))
    let rows = table.counts.indices.map { (n: Int64(table.counts[$0]), place: Self.place(table, $0)) }
    let ranked = rows.sorted { (-$0.n, $0.place) < (-$1.n, $1.place) }
    return { ranked.prefix(20).flatMap { [$0.place, $0.n] } }
  }

  private static func place(_ table: CountTable, _ row: Int) -> Int64 {
    SyntheticReports.place(table.name(.place, row: row))
  }

  private static func kind(_ table: CountTable, _ row: Int) -> Int64 {
    SyntheticReports.kind(table.name(.kind, row: row))
  }
}
