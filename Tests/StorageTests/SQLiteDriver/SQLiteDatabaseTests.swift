import Foundation
import SQL
import SQLiteDriver
import Testing

@Suite struct SQLiteDatabaseTests {
  private func pragma(_ name: String, of database: any Database) async throws -> String? {
    try await database.write { try $0.first(Statement(sql: "PRAGMA \(name)")) { $0.text(0) } }
  }

  @Test func answeredWritesAreForcedToTheDisk() async throws {
    try await withDatabase(.sqlite) { database in
      let settings = [
        try await pragma("synchronous", of: database), try await pragma("journal_mode", of: database),
        try await pragma("foreign_keys", of: database),
      ]
      #expect(settings == ["2", "wal", "1"])
    }
  }

  @Test func withoutDurabilityNothingIsForced() async throws {
    let database = try SQLiteDatabase(path: ":memory:", durability: .none)
    #expect(try await pragma("synchronous", of: database) == "0")
    await database.close()
  }

  /// `concurrentPerform` leaves memory of libdispatch with the thread that called it, freed when the thread ends; a
  /// second time, and the process is aborted, if the thread's connection is let go only then.
  @Test func aThreadThatUsedAllCoresEndsWell() async throws {
    @Sendable func nest(_ depth: Int) {
      if depth > 0 { DispatchQueue.concurrentPerform(iterations: 1) { _ in nest(depth - 1) } }
    }
    for _ in 0..<20 {
      let database = try SQLiteDatabase(path: ":memory:", durability: .none)
      try await database.write { _ in nest(16) }
      await database.close()
    }
  }

  @Test func aReadKeepsItsSnapshotWhileTheWriterGoesOn() async throws {
    try await withDatabase(.sqlite) { database in
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      let (begun, written) = (Gate(), Gate())
      async let counts = database.read { connection in
        let count = { try connection.first("SELECT COUNT(*) FROM t") { $0.int(0) } ?? -1 }
        let first = try count()
        begun.open()
        written.pass()
        return [first, try count()]
      }
      try await database.write { connection in
        begun.pass()
        try connection.run("INSERT INTO t VALUES (\(1))")
      }
      written.open()
      #expect(try await counts == [0, 0])
    }
  }

  @Test func aBackupUnderLoadHoldsWhatWasAnsweredBefore() async throws {
    try await withDatabase(.sqlite) { opened, place in
      let database = try #require(opened as? SQLiteDatabase)
      try await database.write { try $0.script("CREATE TABLE t (x BIGINT)") }
      for x in 0..<500 { try await database.write { try $0.run("INSERT INTO t VALUES (\(x))") } }
      let copy = place.path + ".copy"
      async let load: Void = {
        for x in 500..<1_000 { try await database.write { try $0.run("INSERT INTO t VALUES (\(x))") } }
      }()
      try await database.backup(to: copy)
      try await load
      let restored = try SQLiteDatabase(path: copy)
      let numbers = try await restored.read { try $0.all("SELECT x FROM t ORDER BY x") { $0.int(0) } }
      #expect(numbers.count >= 500)
      #expect(numbers == Array(0..<numbers.count))
      #expect(try await pragma("integrity_check", of: restored) == "ok")
      await restored.close()
      await #expect(throws: DatabaseError.failed("\(copy) exists")) { try await database.backup(to: copy) }
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
    }
  }

  @Test func aPathThatCannotBeOpened() {
    #expect(throws: DatabaseError.self) { try SQLiteDatabase(path: "/nowhere/at/all.sqlite") }
  }
}
