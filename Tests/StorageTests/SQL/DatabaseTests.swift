import SQL
import Testing

/// What both engines promise alike.
@Suite struct DatabaseTests {
  @Test(arguments: Engine.allCases) func valuesComeBackAsTheyWere(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { connection in
        try connection.script(
          """
          CREATE TABLE t (id BIGINT PRIMARY KEY, i BIGINT, r DOUBLE PRECISION, t TEXT, b \(connection.dialect.blobType))
          """)
        let values: [(Int64?, Double?, String?, [UInt8]?)] = [
          (.max, .greatestFiniteMagnitude, "汉字 🚓 ' \" \\ \n", [0, 1, 255]), (.min, -0.1, "", []),
          (nil, nil, nil, nil),
        ]
        for (id, (integer, real, text, blob)) in values.enumerated() {
          try connection.run("INSERT INTO t VALUES (\(id), \(integer), \(real), \(text), \(blob))")
        }
        var id = 0
        try connection.forEach("SELECT i, r, t, b FROM t ORDER BY id") { row in
          #expect(row.columnCount == 4)
          #expect(row.optionalInteger(0) == values[id].0)
          #expect(row.optionalReal(1) == values[id].1)
          #expect(row.optionalText(2) == values[id].2)
          #expect(row.optionalBlob(3) == values[id].3)
          id += 1
        }
        #expect(id == 3)
      }
    }
  }

  @Test(arguments: Engine.allCases) func statementsInOneGoStandInTheirOrderOrNotAtAll(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { try $0.script("CREATE TABLE t (id BIGINT PRIMARY KEY, x BIGINT)") }
      func add(_ ids: [Int], then x: Int) async throws {
        try await database.write { connection in
          // The update is never prepared before what fails.
          let insertions = ids.map { Statement("INSERT INTO t VALUES (\($0), 0)") }
          try connection.run(insertions + ["UPDATE t SET x = x * 10 + \(x) WHERE id > 0"])
        }
      }
      await #expect(throws: DatabaseError.self) { try await add([1, 2, 2], then: 7) }
      try await add([1], then: 1)
      try await database.write { try $0.run([]) }
      await #expect(throws: DatabaseError.self) { try await add([2, 1], then: 2) }
      try await add([2, 3], then: 3)
      let rows = try await database.read { try $0.all("SELECT x FROM t ORDER BY id") { $0.int(0) } }
      #expect(rows == [13, 3, 3])
    }
  }

  @Test(arguments: Engine.allCases) func pairsAreTallied(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { try $0.script("CREATE TABLE t (id BIGINT PRIMARY KEY, t TEXT, n BIGINT)") }
      var expected: Set<Tallied> = [Tallied(key: "", number: -1, count: 1)]
      try await database.write { try $0.run("INSERT INTO t VALUES (0, '', -1)") }
      for key in 1...300 {
        let text = key.isMultiple(of: 2) ? "\(key)" : "榕溪\(key)号"
        expected.insert(Tallied(key: text, number: key % 3, count: key % 7 + 1))
        expected.insert(Tallied(key: text, number: 1 << 40, count: 1))
        try await database.write { connection in
          for row in 0...key % 7 { try connection.run("INSERT INTO t VALUES (\(key * 10 + row), \(text), \(key % 3))") }
          try connection.run("INSERT INTO t VALUES (\(key * 10 + 9), \(text), \(1 << 40))")
        }
      }
      func tallied(_ query: Statement) async throws -> [Tallied] { try await database.write { try $0.tally(query) } }
      let found = try await tallied("SELECT t AS key, n AS number FROM t WHERE n > \(-2)")
      #expect(Set(found) == expected && found.count == expected.count)
      #expect(try await tallied("SELECT t AS key, n AS number FROM t WHERE n < \(-2)").isEmpty)
      // What a query that fails on its way has counted is in no later answer.
      let beyond = "CASE WHEN id = 3001 THEN ABS(-9223372036854775807 - 1 + n) ELSE n END"
      let fails = Statement(sql: "SELECT t AS key, \(beyond) AS number FROM t ORDER BY id")
      await #expect(throws: DatabaseError.self) { try await tallied(fails) }
      let one = try await tallied("SELECT t AS key, n AS number FROM t WHERE id = 0")
      #expect(one == [Tallied(key: "", number: -1, count: 1)])
    }
  }

  @Test(arguments: Engine.allCases) func sumsAndCountsAreIntegers(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      let numbers = try await database.write { connection in
        try connection.script("CREATE TABLE n (x BIGINT)")
        for x in [1, 20_000, 4_000_000_000, -7] { try connection.run("INSERT INTO n VALUES (\(x))") }
        return try connection.all("SELECT SUM(x), COUNT(*), SUM(-x), 3, COALESCE(SUM(x) * 0, 0) FROM n") { row in
          (0..<5).map(row.integer)
        }
      }
      #expect(numbers == [[4_000_019_994, 4, -4_000_019_994, 3, 0]])
      let mean = try await database.read { try $0.first("SELECT AVG(x) FROM n") { $0.real(0) } }
      #expect(mean == 1_000_004_998.5)
    }
  }

  @Test(arguments: Engine.allCases) func aStatementTakesNullsAndValuesInTurn(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { connection in
        try connection.script("CREATE TABLE t (id BIGINT, a TEXT, b BIGINT)")
        let rows: [(String?, Int?)] = [(nil, nil), ("x", nil), (nil, 1), ("y", 2), (nil, nil)]
        for (id, row) in rows.enumerated() {
          let changed = try connection.run("INSERT INTO t VALUES (\(id), \(row.0), \(row.1))")
          #expect(changed == 1)
        }
        let count = try connection.first("SELECT COUNT(*) FROM t WHERE a IS NULL OR b = \(2)") { $0.int(0) }
        #expect(count == 4)
        #expect(try connection.run("UPDATE t SET a = \("z") WHERE id < \(3)") == 3)
        #expect(try connection.run("DELETE FROM t WHERE a = \("nobody")") == 0)
      }
    }
  }

  @Test(arguments: Engine.allCases) func queriesMayBeNested(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      let pairs = try await database.write { connection in
        try connection.script("CREATE TABLE t (x BIGINT); INSERT INTO t VALUES (1), (2)")
        var pairs: [[Int]] = []
        let query: Statement = "SELECT x FROM t ORDER BY x"
        try connection.forEach(query) { outer in
          let x = outer.int(0)
          try connection.forEach(query) { pairs.append([x, $0.int(0)]) }
        }
        return pairs
      }
      #expect(pairs == [[1, 1], [1, 2], [2, 1], [2, 2]])
    }
  }

  private struct Rejection: Error, Equatable {}

  @Test(arguments: Engine.allCases) func aBodyThatThrowsLeavesNothing(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      await #expect(throws: Rejection()) {
        try await database.write { connection in
          try connection.run("INSERT INTO t VALUES (\(1))")
          throw Rejection()
        }
      }
      #expect(try await database.read(count) == 0)
    }
  }

  @Test(arguments: Engine.allCases) func aRejectionDoesNotUndoItsNeighbours(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      let rejected = try await withThrowingTaskGroup(of: Bool.self) { group in
        for x in 0..<100 {
          group.addTask {
            do {
              try await database.write { connection in
                try connection.run("INSERT INTO t VALUES (\(x))")
                if x.isMultiple(of: 5) { throw Rejection() }
              }
              return false
            } catch is Rejection { return true }
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(rejected == 20)
      #expect(try await database.read(count) == 80)
      let left = try await database.read { try $0.all("SELECT x FROM t WHERE x % 5 = 0") { $0.int(0) } }
      #expect(left.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases) func aRuleBrokenAtTheCommitIsItsCallersAlone(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { connection in
        try connection.script(
          """
          CREATE TABLE p (id BIGINT PRIMARY KEY);
          CREATE TABLE t (x BIGINT REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED);
          INSERT INTO p VALUES (0)
          """)
      }
      let broken = try await withThrowingTaskGroup(of: Bool.self) { group in
        for x in 0..<50 {
          group.addTask {
            do {
              try await database.write { try $0.run("INSERT INTO t VALUES (\(x == 7 ? 1 : 0))") }
              return false
            } catch DatabaseError.constraint { return true }
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(broken == 1)
      #expect(try await database.read(count) == 49)
    }
  }

  @Test(arguments: Engine.allCases) func aFailedStatementSpoilsTheTransaction(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT PRIMARY KEY)") }
      await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try connection.run("INSERT INTO t VALUES (\(1))")
          _ = try? connection.run("INSERT INTO t VALUES (\(1))")
          #expect(throws: DatabaseError.self) { try connection.run("INSERT INTO t VALUES (\(2))") }
        }
      }
      #expect(try await database.read(count) == 0)
    }
  }

  @Test(arguments: Engine.allCases) func aReadCannotWrite(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      _ = try? await database.read { try $0.run("INSERT INTO t VALUES (\(1))") }
      #expect(try await database.read(count) == 0)
    }
  }

  @Test(arguments: Engine.allCases) func onlyGuardsAreConflicts(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { connection in
        try connection.script(
          """
          CREATE TABLE t (a BIGINT NOT NULL, b BIGINT, c BIGINT);
          CREATE UNIQUE INDEX t_version_guard ON t (a, b); CREATE UNIQUE INDEX t_c ON t (c);
          INSERT INTO t VALUES (1, 1, 1)
          """)
      }
      let cases: [(Statement, isConflict: Bool)] = [
        ("INSERT INTO t VALUES (1, 1, 2)", true), ("INSERT INTO t VALUES (2, 2, 1)", false),
        ("INSERT INTO t VALUES (NULL, 1, 3)", false),
      ]
      for (statement, isConflict) in cases {
        let error = await #expect(throws: DatabaseError.self) { try await database.write { try $0.run(statement) } }
        switch error {
        case .conflict: #expect(isConflict)
        case .constraint: #expect(!isConflict)
        default: Issue.record("\(String(describing: error))")
        }
      }
    }
  }

  @Test(arguments: Engine.allCases) func aConflictIsTriedAgain(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      let tries = Counter()
      try await database.write { connection in
        try connection.run("INSERT INTO t VALUES (\(1))")
        if tries.next() < 3 { throw DatabaseError.conflict("as if another node had been first") }
      }
      #expect(tries.count == 3)
      #expect(try await database.read(count) == 1)
    }
  }

  @Test(arguments: Engine.allCases) func everyNodeMayMigrateAtOnce(_ engine: Engine) async throws {
    try await withDatabase(engine) { database, place in
      let migrations = [
        Migration("one", "CREATE TABLE one (x BIGINT); INSERT INTO one VALUES (1)"),
        Migration("two") { dialect in "CREATE TABLE two (x \(dialect.blobType))" },
      ]
      let other = engine == .sqliteInMemory ? database : try place.open()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for node in [database, other, database, other] { group.addTask { try await node.migrate(migrations) } }
        try await group.waitForAll()
      }
      #expect(try await other.read { try $0.all("SELECT x FROM one") { $0.int(0) } } == [1])
      if engine != .sqliteInMemory { await other.close() }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: Engine.allCases)
  func followersAreWokenAfterACommit(_ engine: Engine) async throws {
    try await withDatabase(engine) { database, place in
      // The follower is on another node, or in what might be another process.
      let follower = engine == .sqliteInMemory ? database : try place.open()
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      let wakes = follower.wakes(channel: "news")
      async let seen: Int = {
        for await _ in wakes {
          let count = try await follower.read(count)
          if count > 0 { return count }
        }
        return 0
      }()
      try await database.write { connection in
        try connection.run("INSERT INTO t VALUES (\(1))")
        try connection.wake("news")
      }
      #expect(try await seen == 1)
      if engine != .sqliteInMemory { await follower.close() }
    }
  }

  @Test(arguments: Engine.allCases) func aClosedDatabaseSaysSo(_ engine: Engine) async throws {
    try await withDatabase(engine) { database in
      await database.close()
      await #expect(throws: DatabaseError.self) { try await database.write { _ in } }
      await #expect(throws: DatabaseError.self) { try await database.read { _ in } }
    }
  }

  @Sendable private func count(_ connection: any Connection) throws -> Int {
    try connection.first("SELECT COUNT(*) FROM t") { $0.int(0) } ?? -1
  }
}
