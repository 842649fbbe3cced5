import SQL
import Testing

@Suite struct FaultyDatabaseTests {
  @Test(arguments: Engine.allCases) func whatStandsAfterEachFault(_ engine: Engine) async throws {
    let cases: [(FaultyDatabase.Point, rowsLeft: Int)] = [
      (.beforeStatement(transaction: 1, statement: 1), 0), (.afterStatement(transaction: 1, statement: 1), 0),
      (.beforeStatement(transaction: 1, statement: 2), 0), (.afterStatement(transaction: 1, statement: 2), 0),
      (.beforeCommit(transaction: 1), 0), (.afterCommit(transaction: 1), 2),
    ]
    for (fault, rowsLeft) in cases {
      try await withDatabase(engine) { database in
        try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
        let faulty = FaultyDatabase(database) { $0 == fault }
        await #expect(throws: DatabaseError.unavailable("a fault was injected")) { try await insertTwo(faulty) }
        #expect(try await database.read { try $0.all("SELECT x FROM t") { $0.int(0) } }.count == rowsLeft)
        try await insertTwo(faulty)
        #expect(try await faulty.read { try $0.all("SELECT x FROM t") { $0.int(0) } }.count == rowsLeft + 2)
      }
    }
  }

  private func insertTwo(_ database: FaultyDatabase) async throws {
    try await database.write { connection in
      for x in 1...2 { try connection.run("INSERT INTO t VALUES (\(x))") }
    }
  }
}
