import Crypto
import Domain
import Features
import Foundation
import SQL
import Synchronization
import Testing

/// A folder of a test's own.
struct Desk {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("import-" + UUID().uuidString)

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  func remove() throws { try FileManager.default.removeItem(at: folder) }

  func write(_ text: String, to name: String = "calls.csv") throws -> ImportInput {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return .file(url)
  }

  var rejects: URL { folder.appendingPathComponent("rejects.csv") }
  func readRejects() throws -> String { String(decoding: try Data(contentsOf: rejects), as: UTF8.self) }
}

@Suite struct ImportFileTests {
  static let mapping = """
    source: old-desk
    door: "12345"
    latitude: lat
    longitude: lng
    time: {column: when, format: yyyy-MM-dd HH:mm}
    text: [what, more]
    kind: {column: title, table: {"Dept: DRILLING -": noise.renovation, OWED: dispute.wages}}
    division: {column: town}
    """

  static let header = "when,title,what,more,lat,lng,town\n"
  static let good = """
    2025-03-01 08:00,Dept: drilling,吵,,29.41,124.01,
    2025-03-01 08:00,Dept: drilling,吵,,29.41,124.01,
    2025-03-02 08:00,owed,"two
    lines",more,,,West
    2025-03-03 08:00,noise.renovation,x,,29.41,124.03,
    2025-03-04 08:00,Renovation noise,x,,31,121,东镇

    """
  static let bad = """
    2025-03-05 08:00,unheard of,x,,29.41,124.01,
    2025-03-05 08:00,owed,x,,29.41
    2025-03-05 08:61,owed,x,,29.41,124.01,
    2025-03-05 08:00,owed,x,,31,121,
    2125-03-05 08:00,owed,x,,29.41,124.01,
    2025-03-05 08:00,owed,x,,north,124.01,
    2025-03-05 08:00,ow"ed,x,,29.41,124.01,
    2025-03-05 08:00,owed,x,,99,124.01,East

    """

  private func mapping(_ text: String = mapping) throws -> ImportMapping {
    try ImportMapping.read(text, name: "mapping.yaml", pack: try CityPackReader.read(archive: SmallCity.archive))
  }

  private func withDesk<T>(_ body: (Desk) async throws -> T) async throws -> T {
    let desk = try Desk()
    let outcome: Result<T, any Error>
    do { outcome = .success(try await body(desk)) } catch { outcome = .failure(error) }
    try desk.remove()
    return try outcome.get()
  }

  private func expectSound(_ site: Installation, cases: Int) async throws {
    let report = try await VerifyInstallation(site, trusting: [])()
    #expect(report.faults.isEmpty && report.cases == cases && report.events == cases)
  }

  private func all(_ site: Installation) async throws -> [CaseSummary] {
    try await ListCases(site)(.init(), for: TestSite.actor(.system), limit: 500).cases
  }

  @Test(arguments: Engine.allCases) func recordsHistory(engine: Engine) async throws {
    try await withDesk { desk in
      try await withSite(engine) { test in
        let result = try await ImportFile(test.site, mapping: mapping())(desk.write(Self.header + Self.good))
        #expect(result == counts(rows: 5, added: 5))
        let cases = try await all(test.site).reversed().map { $0 }
        #expect(cases.map(\.kind) == ["noise.renovation", "noise.renovation", "dispute.wages", "noise.renovation",
                                      "noise.renovation"])
        #expect(cases.map(\.division) == [SmallCity.east, SmallCity.east, SmallCity.west, SmallCity.west,
                                          SmallCity.east])
        #expect(cases.allSatisfy { $0.phase == .closed && $0.dueAt == nil && $0.closedAt == nil })
        let first = try #require(CivilDate("2025-03-01"))
        #expect(cases[0].openedAt == test.site.pack.calendar.zone.instant(first, minute: 480))
        // A point outside the city is not put on the map.
        #expect(cases[4].point == nil && cases[2].point == nil && cases[3].point != nil)
        try await expectSound(test.site, cases: 5)
      }
    }
  }

  private func counts(rows: Int, added: Int = 0, known: Int = 0, rejected: Int = 0) -> ImportCounts {
    ImportCounts(rows: rows, added: added, known: known, rejected: rejected)
  }

  @Test(arguments: Engine.allCases) func theSameFileAgainAddsNothing(engine: Engine) async throws {
    try await withDesk { desk in
      try await withSite(engine) { test in
        let importing = ImportFile(test.site, mapping: try mapping(), batchRows: 2)
        let input = try desk.write(Self.header + Self.good)
        _ = try await importing(input)
        #expect(try await importing(input) == counts(rows: 5, known: 5))
        // Another of the equal rows, and one that is new.
        let more = Self.good + "2025-03-01 08:00,Dept: drilling,吵,,29.41,124.01,\n2025-04-01 08:00,owed,y,,,,West\n"
        #expect(try await importing(desk.write(Self.header + more)) == counts(rows: 7, added: 2, known: 5))
        #expect(try await importing(desk.write(Self.header + Self.good)) == counts(rows: 5, known: 5))
        try await expectSound(test.site, cases: 7)
      }
    }
  }

  @Test func anotherSourceIsAnotherMatter() async throws {
    try await withDesk { desk in
      try await withSite { test in
        let input = try desk.write(Self.header + Self.good)
        _ = try await ImportFile(test.site, mapping: mapping())(input)
        let other = Self.mapping.split(separator: "\n").dropFirst().joined(separator: "\n") + "\nsource: other"
        #expect(try await ImportFile(test.site, mapping: mapping(other))(input) == counts(rows: 5, added: 5))
      }
    }
  }

  @Test func aKeyTellsRowsApartByItself() async throws {
    try await withDesk { desk in
      try await withSite { test in
        let importing = ImportFile(test.site, mapping: try mapping(Self.mapping + "\nkey: [when, title]"))
        let input = try desk.write(Self.header + Self.good)
        #expect(try await importing(input) == counts(rows: 5, added: 4, known: 1))
        let changed = "2025-03-01 08:00,Dept: drilling,changed,,29.41,124.01,\n"
        #expect(try await importing(desk.write(Self.header + changed)) == counts(rows: 1, known: 1))
      }
    }
  }

  @Test func rejectsAreWrittenWithLineAndReason() async throws {
    try await withDesk { desk in
      try await withSite { test in
        let importing = ImportFile(test.site, mapping: try mapping(), batchRows: 3)
        let input = try desk.write(Self.header + Self.good + Self.bad)
        for added in [5, 0] {
          let result = try await importing(input, rejects: desk.rejects)
          #expect(result == counts(rows: 13, added: added, known: 5 - added, rejected: 8))
          #expect(try desk.readRejects() == """
            line,reason_zh,reason_en,row
            8,"对照表中没有“title”的值","the table has no entry for title","2025-03-05 08:00,unheard of,x,,29.41,124.01,"
            9,"应有 7 列,实有 5 列","5 columns instead of 7","2025-03-05 08:00,owed,x,,29.41"
            10,"“when”不符合时间格式","when is no time of the given format","2025-03-05 08:61,owed,x,,29.41,124.01,"
            11,"位置不在辖区内","outside the city","2025-03-05 08:00,owed,x,,31,121,"
            12,"时间不可能(未来或 1970 年以前)","an impossible time: in the future, or before 1970","2125-03-05 08:00,owed,x,,29.41,124.01,"
            13,"“lat”不是坐标","lat is no coordinate","2025-03-05 08:00,owed,x,,north,124.01,"
            14,"引号位置错误","a quote in the wrong place","2025-03-05 08:00,ow""ed,x,,29.41,124.01,"
            15,"坐标不存在","an impossible coordinate","2025-03-05 08:00,owed,x,,99,124.01,East"

            """)
        }
        let permissions = try FileManager.default.attributesOfItem(atPath: desk.rejects.path)[.posixPermissions]
        #expect(permissions as? Int == 0o600)
      }
    }
  }

  /// Fails at every statement and around every commit in turn; each time the run is taken up again until it ends.
  @Test(arguments: Engine.allCases) func aStoppedRunGoesOnWhereItWas(engine: Engine) async throws {
    try await withDesk { desk in
      let input = try desk.write(Self.header + Self.good + Self.bad)
      let whole = try await withSite { test in
        _ = try await ImportFile(test.site, mapping: mapping())(input, rejects: desk.rejects)
        return try desk.readRejects()
      }
      for step in stride(from: 1, to: 140, by: engine == .sqlite ? 7 : 47) {
        try await withSite(engine) { test in
          let fault = OneFault(at: step)
          let faulty = test.over(FaultyDatabase(test.site.database) { fault.strikes($0) })
          let importing = ImportFile(faulty, mapping: try mapping(), batchRows: 2)
          var result: ImportCounts?
          while result == nil {
            do { result = try await importing(input, rejects: desk.rejects) } catch is DatabaseError { fault.note() }
          }
          #expect(result == counts(rows: 13, added: 5, rejected: 8), "step \(step)")
          #expect(try desk.readRejects() == whole, "step \(step)")
          #expect(try await all(test.site).count == 5, "step \(step)")
          try await expectSound(test.site, cases: 5)
        }
      }
    }
  }

  /// Strikes once, at the n-th point that a database passes.
  private final class OneFault: Sendable {
    private let left: Mutex<Int>
    private let strikes = Mutex(0)

    init(at step: Int) { left = Mutex(step) }

    func strikes(_ point: FaultyDatabase.Point) -> Bool {
      left.withLock { left in
        left -= 1
        return left == 0
      }
    }

    /// One fault, one failure: anything more is an error of the program.
    func note() {
      let count = strikes.withLock { count in
        count += 1
        return count
      }
      #expect(count == 1)
    }
  }

  @Test func anInterruptedFileThatWasChangedBeginsAnew() async throws {
    try await withDesk { desk in
      try await withSite { test in
        let fault = OneFault(at: 40)
        let faulty = test.over(FaultyDatabase(test.site.database) { fault.strikes($0) })
        await #expect(throws: DatabaseError.self) {
          try await ImportFile(faulty, mapping: mapping(), batchRows: 1)(desk.write(Self.header + Self.good))
        }
        let before = try await all(test.site).count
        #expect(before > 0 && before < 5)
        let changed = Self.header + "2025-02-01 08:00,owed,new,,,,West\n" + Self.good
        let result = try await ImportFile(test.site, mapping: mapping())(desk.write(changed))
        #expect(result == counts(rows: 6, added: 6 - before, known: before))
        try await expectSound(test.site, cases: 6)
      }
    }
  }

  @Test func theReportersWordsAreInTheVaultAlone() async throws {
    try await withDesk { desk in
      try await withSite { test in
        let secret = "2025-03-01 08:00,owed,Wang Wu 13800000000,,29.41,124.01,\n"
        _ = try await ImportFile(test.site, mapping: mapping())(desk.write(Self.header + secret))
        let texts = try await test.site.database.read { connection in
          try connection.all("SELECT body, actor FROM journal") { $0.text(0) + $0.text(1) }
        }
        #expect(texts.count == 1 && !texts[0].contains("Wang") && !texts[0].contains("138"))
      }
    }
  }

  @Test func aFileThatDoesNotFitIsRefusedBeforeAnythingIsStored() async throws {
    try await withDesk { desk in
      try await withSite { test in
        let importing = ImportFile(test.site, mapping: try mapping())
        await #expect(throws: ImportFailure.columnsMissing(["lat", "lng", "more", "title", "town"])) {
          try await importing(desk.write("when,what\n1,2\n"))
        }
        await #expect(throws: ImportFailure.headerMissing) { try await importing(desk.write("")) }
        await #expect(throws: ImportFailure.columnTwice("what")) {
          try await importing(desk.write("what," + Self.header))
        }
        await #expect(throws: ImportFailure.inputUnreadable) {
          try await importing(.file(desk.folder.appendingPathComponent("none.csv")))
        }
        #expect(try await all(test.site).isEmpty)
      }
    }
  }

  @Test func rowsThatAreNotUTF8AreRejected() async throws {
    try await withDesk { desk in
      try await withSite { test in
        let url = desk.folder.appendingPathComponent("latin.csv")
        let row = Array("2025-03-01 08:00,owed,caf".utf8) + [0xE9] + Array(",,29.41,124.01,\n".utf8)
        try Data(Array(Self.header.utf8) + row).write(to: url)
        let result = try await ImportFile(test.site, mapping: mapping())(.file(url), rejects: desk.rejects)
        #expect(result == counts(rows: 1, rejected: 1))
        #expect(try desk.readRejects().contains("2,\"不是 UTF-8 编码\",\"not UTF-8\",\"2025-03-01 08:00,owed,caf\u{FFFD}"))
      }
    }
  }
}
