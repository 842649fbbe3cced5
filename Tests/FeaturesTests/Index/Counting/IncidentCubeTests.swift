import Domain
import Features
import Foundation
import SQL
import Testing

@Suite struct IncidentCubeTests {
  private static let (first, last) = (CivilDate(dayNumber: 20_350), CivilDate(dayNumber: 20_560))

  /// Every question that can be put about these days, narrowed in every way.
  private static let questions: [CountQuestion] = {
    let sets = CountQuestion.Dimension.allCases.reduce([[]] as [Set<CountQuestion.Dimension>]) { sets, dimension in
      sets + sets.map { $0.union([dimension]) }
    }
    return sets.flatMap { by in
      [
        CountQuestion(from: first, to: last, by: by),
        CountQuestion(from: CivilDate(dayNumber: 20_400), to: CivilDate(dayNumber: 20_467), by: by, places: ["P1", ""]),
        CountQuestion(from: CivilDate(dayNumber: 20_420), to: last, by: by, division: SmallCity.east,
                      kinds: ["noise.renovation", "crime.theft"]),
        CountQuestion(from: first, to: last, by: by, hours: [21, 22, 23, 0, 1, 2]),
      ]
    }
  }()

  private func lines(_ table: CountTable) -> [String] {
    table.counts.indices.map { row in
      table.columns.keys.sorted().map { "\($0) \(table.name($0, row: row))" }.joined(separator: ", ")
        + ": \(table.counts[row])"
    }.sorted()
  }

  /// Counted one by one.
  private func recount(_ question: CountQuestion, _ table: IncidentTable) -> [String] {
    var counts: [String: Int] = [:]
    for row in 0..<table.count {
      let date = CivilDate(dayNumber: Int(table.day[row]))
      let place = table.places[Int(table.place[row])], kind = table.kinds[Int(table.kind[row])]
      let division = table.divisions[Int(table.division[row])], hour = Int(table.hour[row])
      guard question.from <= date, date < question.to, question.places?.contains(place) ?? true,
        question.kinds?.contains(kind) ?? true, question.hours?.contains(hour) ?? true,
        question.division.map(division.hasPrefix) ?? true
      else { continue }
      let names = question.by.sorted().map { dimension in
        let name = switch dimension {
        case .month: String(date.text.prefix(7))
        case .day: date.text
        case .place: place
        case .division: division
        case .kind: kind
        case .weekday: String(date.weekday)
        case .hour: String(hour)
        }
        return "\(dimension) \(name)"
      }
      counts[names.joined(separator: ", "), default: 0] += 1
    }
    return counts.map { "\($0): \($1)" }.sorted()
  }

  /// Cube and columns answer every question as a plain recount does, whatever happened to cases in between.
  @Test(.timeLimit(.minutes(5)), arguments: Engine.allCases, [4, 5] as [UInt64])
  func everyQuestionIsAnsweredAsByARecount(engine: Engine, seed: UInt64) async throws {
    try await withSite(engine) { test in
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cube-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: folder) }
      let (cube, store) = (IncidentCube(test.site), IncidentStore(test.site, folder: folder))
      var random = SeededRandom(seed: seed)
      for _ in 0..<3 {
        try await test.happenings(40, random: &random)
        try await test.untilCounted(cube)
        try await test.expectWhole()
        // The rebuild has forgotten the counts: from the start again.
        try await test.untilCounted(cube)
      }
      try await store.refresh()
      let span = IncidentStoreTests.always
      let table = try await IncidentTable.read(from: span.lowerBound, to: span.upperBound, of: test.site)
      for question in Self.questions {
        let wanted = recount(question, table)
        #expect(lines(try await cube.count(question)) == wanted, "seed \(seed), \(question)")
        #expect(lines(try store.count(question)) == wanted, "seed \(seed), \(question)")
      }
    }
  }

  /// Nodes that fold side by side, and one that dies at each point of a transaction in turn, count each report once.
  @Test(.timeLimit(.minutes(5)), arguments: Engine.allCases)
  func whoeverFoldsAndDiesEachReportIsCountedOnce(engine: Engine) async throws {
    try await withSite(engine) { test in
      var random = SeededRandom(seed: 6)
      let points: [FaultyDatabase.Point] = [
        .beforeCommit(transaction: 2), .afterCommit(transaction: 2), .beforeCommit(transaction: 4),
        .afterStatement(transaction: 2, statement: 3), .afterCommit(transaction: 4),
        .afterStatement(transaction: 4, statement: 5),
      ]
      for point in points {
        try await test.happenings(12, random: &random)
        let dying = test.over(FaultyDatabase(test.site.database) { $0 == point })
        _ = try? await IncidentCube(dying).follow()
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<4 { group.addTask { try await IncidentCube(test.site).follow() } }
          try await group.waitForAll()
        }
      }
      try await test.untilCounted(IncidentCube(test.site))
      #expect(try await VerifyInstallation(test.site, trusting: [])().faults == [])
    }
  }

  /// A journal restored into another cluster: transactions count from 1 again.
  @Test(.timeLimit(.minutes(5)), arguments: Engine.allCases)
  func anotherJournalIsCountedFromTheStart(engine: Engine) async throws {
    try await withSite(engine) { test in
      var random = SeededRandom(seed: 8)
      try await test.happenings(20, random: &random)
      try await test.untilCounted(IncidentCube(test.site))
      try await test.site.database.write { connection in
        try connection.script("UPDATE incident_cubes SET position = '999999999999-999999999999'")
      }
      try await test.happenings(10, random: &random)
      try await test.untilCounted(IncidentCube(test.site))
      #expect(try await VerifyInstallation(test.site, trusting: [])().faults == [])
    }
  }

  @Test(arguments: Engine.allCases, [
    ("day", "DELETE FROM incident_days WHERE day = (SELECT MIN(day) FROM incident_days)"),
    ("spot-kind", """
      UPDATE incident_months SET cells = (SELECT cells FROM incident_days LIMIT 1) WHERE level = 'spot-kind'
      """),
  ])
  func anAlteredCountIsFound(engine: Engine, tampering: (level: String, sql: String)) async throws {
    try await withSite(engine) { test in
      var random = SeededRandom(seed: 7)
      try await test.happenings(20, random: &random)
      try await test.untilCounted(IncidentCube(test.site))
      try await test.site.database.write { try $0.script(tampering.sql) }
      let faults = try await VerifyInstallation(test.site, trusting: [])().faults
      #expect(!faults.isEmpty)
      for fault in faults {
        guard case .counts(tampering.level, _) = fault else {
          Issue.record("\(fault)")
          continue
        }
      }
    }
  }
}

extension TestSite {
  fileprivate func untilCounted(_ cube: IncidentCube) async throws {
    try await untilSettled()
    try await cube.follow()
  }
}
