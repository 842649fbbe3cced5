import Journal
import SQL
import SQLiteDriver
import Testing

@Suite struct JournalTests {
  @Test func appendReadTail() async throws {
    let database = try SQLiteDatabase(path: ":memory:")
    try await database.migrate(Journal.migrations)
    let journal = Journal(district: "d")
    let first = try await database.write { connection in
      try journal.append(
        [NewEvent(kind: "a", body: "{}"), NewEvent(kind: "b", body: "{\"x\":1}")], to: "s", expecting: 0,
        previous: nil, at: 5, actor: "me", on: connection)
    }
    #expect(first.map(\.version) == [1, 2])
    await #expect(throws: DatabaseError.self) {
      try await database.write { connection in
        try journal.append(
          [NewEvent(kind: "a", body: "{}")], to: "s", expecting: 1, previous: first[0].hash, at: 5, actor: "me",
          on: connection)
      }
    }
    let tail = try await database.read { try journal.tail(after: .start, limit: 10, on: $0) }
    #expect(tail == first)
    #expect(try await database.read { try journal.read(stream: "s", on: $0) } == first)
    #expect(try await database.read { try journal.head(on: $0) } == first[1].position)
    await database.close()
  }
}
