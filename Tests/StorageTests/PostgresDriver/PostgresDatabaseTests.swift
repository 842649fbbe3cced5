import PostgresDriver
import SQL
import Testing

@Suite struct PostgresDatabaseTests {
  /// Ends every connection to the place but our own.
  private func terminate(_ place: Place) async throws {
    let server = try PostgresDatabase(url: try Place.server(), connections: 1)
    try await server.write { connection in
      try connection.forEach(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = \(place.name) AND pid <> pg_backend_pid()
        """) { _ in }
    }
    await server.close()
  }

  @Test func idleConnectionsThatWereEndedAreReplaced() async throws {
    try await withDatabase(.postgres) { database, place in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      for x in 0..<5 {
        try await terminate(place)
        try await database.write { try $0.run("INSERT INTO t VALUES (\(x))") }
      }
      #expect(try await database.read { try $0.all("SELECT x FROM t ORDER BY x") { $0.int(0) } } == Array(0..<5))
    }
  }

  @Test func aConnectionLostInsideABodyIsReplacedOnce() async throws {
    try await withDatabase(.postgres) { database, _ in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      let tries = Counter()
      try await database.write { connection in
        try connection.run("INSERT INTO t VALUES (\(tries.next()))")
        if tries.count == 1 { try connection.forEach("SELECT pg_terminate_backend(pg_backend_pid())") { _ in } }
      }
      #expect(try await database.read { try $0.all("SELECT x FROM t") { $0.int(0) } } == [2])
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { try $0.forEach("SELECT pg_terminate_backend(pg_backend_pid())") { _ in } }
      }
      guard case .unavailable = error else { Issue.record("\(String(describing: error))"); return }
    }
  }

  @Test func aConnectionLostAtTheCommitIsNotTriedAgain() async throws {
    try await withDatabase(.postgres) { database, _ in
      try await database.write { connection in
        try connection.script(
          """
          CREATE TABLE t (x BIGINT);
          CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
          CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION hang_up()
          """)
      }
      let tries = Counter()
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { try $0.run("INSERT INTO t VALUES (\(tries.next()))") }
      }
      guard case .unavailable = error else { Issue.record("\(String(describing: error))"); return }
      #expect(tries.count == 1)
      #expect(try await database.read { try $0.all("SELECT x FROM t") { $0.int(0) } } == [])
    }
  }

  @Test func anAbsentServerIsUnavailable() async throws {
    let database = try PostgresDatabase(url: "postgres://nobody@/nothing?host=/nowhere", connections: 1)
    for _ in 0..<3 {
      let error = await #expect(throws: DatabaseError.self) { try await database.read { _ in } }
      guard case .unavailable = error else { Issue.record("\(String(describing: error))"); break }
    }
    await database.close()
  }

  @Test func aURLThatMakesNoSense() {
    #expect(throws: DatabaseError.self) { try PostgresDatabase(url: "postgres://user@host/database?nonsense=1") }
  }

  @Test(.timeLimit(.minutes(1))) func wakesSurviveALostConnection() async throws {
    try await withDatabase(.postgres) { database, place in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      let follower = try place.open()
      let wakes = follower.wakes(channel: "survivor")
      for x in 1...3 {
        try await terminate(place)
        try await database.write { connection in
          try connection.run("INSERT INTO t VALUES (\(x))")
          try connection.wake("survivor")
        }
        for await _ in wakes {
          let seen = try await follower.read { try $0.first("SELECT MAX(x) FROM t") { $0.int(0) } }
          if seen == x { break }
        }
      }
      await follower.close()
    }
  }

  @Test func messagesNeverHoldValues() async throws {
    try await withDatabase(.postgres) { database, _ in
      let error = await #expect(throws: DatabaseError.self) {
        try await database.read { try $0.forEach("SELECT CAST(\("a resident's name") AS BIGINT)") { _ in } }
      }
      #expect(!"\(String(describing: error))".contains("resident"))
    }
  }

  @Test func aTableMayChangeUnderAPreparedStatement() async throws {
    try await withDatabase(.postgres) { database, place in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT); INSERT INTO t VALUES (1)") }
      let columns = { try await database.read { try $0.all("SELECT * FROM t") { $0.columnCount } } }
      for _ in 0..<20 { #expect(try await columns() == [1]) }
      let other = try place.open(connections: 1)
      try await other.write { try $0.script("ALTER TABLE t ADD COLUMN y BIGINT") }
      for _ in 0..<20 { #expect(try await columns() == [2]) }
      await other.close()
    }
  }
}
