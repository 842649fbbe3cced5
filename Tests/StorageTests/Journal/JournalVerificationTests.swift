import Crypto
import Journal
import SQL
import Testing

@Suite struct JournalVerificationTests {
  private let key = Curve25519.Signing.PrivateKey()

  /// Streams `s0` … `s4` of six events each, written in turns.
  private func withHistory(
    _ engine: Engine, _ body: (any Database, JournalVerification) async throws -> Void
  ) async throws {
    try await withJournal(engine) { database, journal in
      try await write(6, to: journal, in: database)
      try await body(database, JournalVerification(of: journal, trusting: [key.publicKey]))
    }
  }

  private func write(_ rounds: Int, to journal: Journal, in database: any Database) async throws {
    try await database.write { connection in
      for round in 0..<rounds {
        for stream in 0..<5 { try journal.add("round \(round)", to: "s\(stream)", on: connection) }
      }
    }
  }

  private func findings(_ verification: JournalVerification, _ database: any Database) async throws
    -> [JournalVerification.Finding]
  {
    try await verification.run(on: database).findings
  }

  @Test(arguments: Engine.allCases) func anUntouchedJournalIsWhole(_ engine: Engine) async throws {
    try await withHistory(engine) { database, verification in
      let visited = Counter()
      let report = try await verification.run(on: database) { streams, connection in
        for (stream, events) in streams {
          #expect(events.count == 6)
          let count = try connection.first("SELECT COUNT(*) FROM journal WHERE stream = \(stream)") { $0.int(0) }
          #expect(count == 6)
          _ = visited.next()
        }
      }
      #expect(report.findings == [])
      #expect((report.streams, report.events) == (5, 30))
      #expect(visited.count == 5)
    }
  }

  @Test(arguments: Engine.allCases) func everyAlterationIsFoundAndWhere(_ engine: Engine) async throws {
    let cases: [(script: String, JournalVerification.Finding)] = [
      (
        "UPDATE journal SET body = '{}' WHERE stream = 's1' AND version = 3",
        .event(stream: "s1", version: 3, .changed)
      ),
      (
        "UPDATE journal SET at = at + 1 WHERE stream = 's1' AND version = 6",
        .event(stream: "s1", version: 6, .changed)
      ),
      (
        "UPDATE journal SET actor = 'x' WHERE stream = 's1' AND version = 1",
        .event(stream: "s1", version: 1, .changed)
      ),
      ("DELETE FROM journal WHERE stream = 's2' AND version = 4", .event(stream: "s2", version: 4, .dropped)),
      ("DELETE FROM journal WHERE stream = 's2' AND version = 1", .event(stream: "s2", version: 1, .dropped)),
      (
        """
        DELETE FROM journal WHERE stream = 's3' AND version = 2;
        UPDATE journal SET version = version + 10 WHERE stream = 's3' AND version > 2;
        UPDATE journal SET version = version - 11 WHERE stream = 's3' AND version > 10
        """, .event(stream: "s3", version: 2, .dropped)
      ),
      (
        """
        UPDATE journal SET version = version + 10 WHERE stream = 's3' AND version > 2;
        UPDATE journal SET version = version - 9 WHERE stream = 's3' AND version > 10;
        INSERT INTO journal (district, stream, version, kind, at, actor, body, hash)
          SELECT district, 's3', 3, 'false', at, actor, body, hash FROM journal WHERE stream = 's4' AND version = 1
        """, .event(stream: "s3", version: 3, .inserted)
      ),
    ]
    for (script, finding) in cases {
      try await withHistory(engine) { database, verification in
        try await database.write { try $0.script(script) }
        let found = try await findings(verification, database)
        #expect(found == [finding])
      }
    }
  }

  @Test(arguments: Engine.allCases, [2, 4]) func swappedEventsAreFound(_ engine: Engine, with other: Int) async throws {
    try await withHistory(engine) { database, verification in
      try await database.write { connection in
        try connection.script(
          """
          UPDATE journal SET version = 99 WHERE stream = 's0' AND version = 1;
          UPDATE journal SET version = 1 WHERE stream = 's0' AND version = \(other);
          UPDATE journal SET version = \(other) WHERE stream = 's0' AND version = 99
          """)
      }
      let found = try await findings(verification, database)
      #expect(found == [
        .event(stream: "s0", version: 1, .swapped(with: other)),
        .event(stream: "s0", version: other, .swapped(with: 1)),
      ])
    }
  }

  @Test(arguments: Engine.allCases) func swappedBodiesAreFound(_ engine: Engine) async throws {
    try await withHistory(engine) { database, verification in
      try await database.write { connection in
        let rows = try connection.all(
          "SELECT body, kind, at FROM journal WHERE stream = 's0' AND version IN (2, 3) ORDER BY version"
        ) { ($0.text(0), $0.text(1), $0.integer(2)) }
        for (version, row) in [(2, rows[1]), (3, rows[0])] {
          try connection.run(
            """
            UPDATE journal SET body = \(row.0), kind = \(row.1), at = \(row.2)
            WHERE stream = 's0' AND version = \(version)
            """)
        }
      }
      let found = try await findings(verification, database)
      #expect(found == [
        .event(stream: "s0", version: 2, .swapped(with: 3)), .event(stream: "s0", version: 3, .swapped(with: 2)),
      ])
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: Engine.allCases)
  func checkpointsFindWhatTheChainsCannot(_ engine: Engine) async throws {
    let cases: [(script: String, JournalVerification.CheckpointFault)] = [
      ("DELETE FROM journal WHERE stream = 's2'", .content(streamsMissing: 1, eventsMissing: 6)),
      ("DELETE FROM journal WHERE stream = 's2' AND version > 4", .content(streamsMissing: 0, eventsMissing: 2)),
      ("UPDATE journal_checkpoints SET root = signature WHERE number = 2", .signature),
      ("UPDATE journal_checkpoints SET events = 31 WHERE number = 2", .signature),
      ("DELETE FROM journal_checkpoints WHERE number = 1", .chain),
    ]
    for (script, fault) in cases {
      try await withHistory(engine) { database, verification in
        let first = try await seal(verification, database, events: 30)
        let second = try await seal(verification, database, events: 30)
        #expect((first.number, second.number) == (1, 2))
        #expect(second.previous == first.root)
        // What comes after a checkpoint does not disturb it.
        try await database.write { connection in
          try Journal(district: "d").add("later", to: "s1", on: connection)
          try Journal(district: "d").add("later", to: "s9", on: connection)
        }
        let report = try await verification.run(on: database)
        #expect(report.findings == [])
        #expect(report.lastCheckpoint == second)
        try await database.write { try $0.script(script) }
        #expect(try await findings(verification, database).contains(.checkpoint(number: 2, fault)))
      }
    }
  }

  /// Seals once `events` events have settled: on PostgreSQL other tests' transactions may still be open.
  private func seal(
    _ verification: JournalVerification, _ database: any Database, events: Int
  ) async throws -> Checkpoint {
    _ = try await follow(Journal(district: "d"), in: database, count: events)
    return try await verification.seal(at: 7, by: key, in: database)
  }

  @Test(.timeLimit(.minutes(5)), arguments: Engine.allCases)
  func aRewrittenStreamIsFoundByTheCheckpoint(_ engine: Engine) async throws {
    try await withHistory(engine) { database, verification in
      _ = try await seal(verification, database, events: 30)
      let journal = Journal(district: "d")
      // One stream is forged from its beginning, with a chain that fits, in its old places.
      try await database.write { connection in
        let old = try journal.read(stream: "s3", on: connection)
        try connection.run("DELETE FROM journal WHERE stream = 's3'")
        for event in old {
          let forged = try journal.add("forged", to: "s3", on: connection)
          try connection.run(
            """
            UPDATE journal SET xact = \(event.position.transaction), sequence = \(event.position.sequence)
            WHERE stream = 's3' AND version = \(forged.version)
            """)
        }
      }
      let fault = JournalVerification.CheckpointFault.content(streamsMissing: 0, eventsMissing: 0)
      #expect(try await findings(verification, database) == [.checkpoint(number: 1, fault)])
      await #expect(throws: JournalVerification.NotWhole(findings: [.checkpoint(number: 1, fault)])) {
        try await verification.seal(at: 8, by: key, in: database)
      }
    }
  }

  @Test func aStrangersSignatureDoesNotCount() async throws {
    try await withHistory(.sqliteInMemory) { database, verification in
      _ = try await verification.seal(at: 1, by: Curve25519.Signing.PrivateKey(), in: database)
      let found = try await findings(verification, database)
      #expect(found == [.checkpoint(number: 1, .signature)])
    }
  }
}
