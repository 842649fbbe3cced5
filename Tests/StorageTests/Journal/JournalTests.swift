import Journal
import SQL
import Testing

@Suite struct JournalTests {
  @Test(arguments: Engine.allCases) func whatIsAppendedIsReadBack(_ engine: Engine) async throws {
    try await withJournal(engine) { database, journal in
      let written = try await database.write { connection in
        try journal.append(
          (1...20).map { NewEvent(kind: "k\($0)", body: #"{"n":\#($0),"街道":"某"}"#) }, to: "s", expecting: 0,
          previous: nil, at: 1_700_000_000_000, actor: "me", on: connection)
      }
      #expect(written.map(\.version) == Array(1...20))
      #expect(Set(written.map(\.position)).count == 20)
      #expect(written.map(\.position) == written.map(\.position).sorted())
      #expect(try await database.read { try journal.read(stream: "s", on: $0) } == written)
      let later = try await database.read { try journal.read(stream: "s", after: 18, on: $0) }
      #expect(later == Array(written.suffix(2)))
      #expect(try await database.read { try journal.read(stream: "t", on: $0) } == [])
    }
  }

  @Test(arguments: Engine.allCases) func theHashDependsOnEverythingButThePlace(_ engine: Engine) async throws {
    try await withJournal(engine) { database, journal in
      let other = Journal(district: "e")
      let hashes = try await database.write { connection -> [[UInt8]] in
        func append(_ journal: Journal, _ stream: String, _ kind: String, _ body: String, at: Int64, _ actor: String)
          throws -> [UInt8]
        {
          try journal.append(
            [NewEvent(kind: kind, body: body)], to: stream, expecting: 0, previous: nil, at: at, actor: actor,
            on: connection)[0].hash
        }
        return [
          try append(journal, "s", "k", "{}", at: 1, "a"), try append(other, "s", "k", "{}", at: 1, "a"),
          try append(journal, "sk", "", "{}", at: 1, "a"), try append(journal, "t", "k", "{}", at: 1, "a"),
          try append(journal, "u", "k", "{ }", at: 1, "a"), try append(journal, "v", "k", "{}", at: 2, "a"),
          try append(journal, "w", "k", "{}", at: 1, "b"),
        ]
      }
      #expect(Set(hashes).count == hashes.count)
      #expect(hashes.allSatisfy { $0.count == 32 })
    }
  }

  @Test(arguments: Engine.allCases) func ofTwoWritersOneIsFirst(_ engine: Engine) async throws {
    try await withJournal(engine) { database, journal in
      let first = try await database.write { try journal.add("one", to: "s", on: $0) }
      try await database.write { try journal.add("two", to: "s", on: $0) }
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try journal.append(
            [NewEvent(kind: "late", body: "{}")], to: "s", expecting: 1, previous: first.hash, at: 1, actor: "me",
            on: connection)
        }
      }
      guard case .conflict = error else { Issue.record("\(String(describing: error))"); return }
      #expect(try await database.read { try journal.read(stream: "s", on: $0) }.map(\.kind) == ["one", "two"])
    }
  }

  @Test(arguments: Engine.allCases) func manyWritersOfOneStreamAllGetThrough(_ engine: Engine) async throws {
    try await withJournal(engine) { database, journal in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<40 {
          group.addTask { _ = try await database.write { try journal.add("\(index)", to: "s", on: $0) } }
        }
        try await group.waitForAll()
      }
      let events = try await database.read { try journal.read(stream: "s", on: $0) }
      #expect(events.map(\.version) == Array(1...40))
      #expect(Set(events.map(\.kind)).count == 40)
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: Engine.allCases)
  func aFollowerSeesEveryEventOnceAndInOrder(_ engine: Engine) async throws {
    try await withJournal(engine) { database, journal in
      async let followed = follow(journal, in: database, count: 200)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<4 {
          group.addTask {
            for _ in 0..<50 { _ = try await database.write { try journal.add("k", to: "s\(writer % 3)", on: $0) } }
          }
        }
        try await group.waitForAll()
      }
      let events = try await followed
      #expect(events.map(\.position) == events.map(\.position).sorted())
      #expect(Set(events.map(\.position)).count == 200)
      for stream in ["s0", "s1", "s2"] {
        let versions = events.filter { $0.stream == stream }.map(\.version)
        #expect(versions == Array(1...(stream == "s0" ? 100 : 50)))
      }
      let head = try await database.read { try journal.head(on: $0) }
      #expect(head == events.last?.position)
    }
  }

  @Test(.timeLimit(.minutes(1))) func aLateCommitIsNotSkipped() async throws {
    try await withJournal(.postgres) { database, journal in
      let (isWritten, mayCommit) = (Gate(), Gate())
      async let slow = database.write { connection in
        let event = try journal.add("slow", to: "a", on: connection)
        isWritten.open()
        mayCommit.pass()
        return event
      }
      // Whatever fails below, nobody is left waiting.
      defer { mayCommit.open() }
      let fast = try await database.write { connection in
        isWritten.pass()
        return try journal.add("fast", to: "b", on: connection)
      }
      // The later position has been committed, the earlier one has not: neither may be shown, nor be the head.
      #expect(try await database.read { try journal.tail(after: .start, limit: 10, on: $0) } == [])
      #expect(try await database.read { try journal.head(on: $0) } == .start)
      #expect(try await database.read { try journal.read(stream: "b", on: $0) } == [fast])
      mayCommit.open()
      let first = try await slow
      #expect(first.position < fast.position)
      #expect(try await follow(journal, in: database, count: 2) == [first, fast])
    }
  }

  @Test(.timeLimit(.minutes(1))) func anOldTransactionDoesNotAppendBehindAYoungerOne() async throws {
    try await withJournal(.postgres) { database, journal in
      let (hasId, mayAppend) = (Gate(), Gate())
      let tries = Counter()
      async let old = database.write { connection in
        // Takes a transaction id, then waits until a younger transaction has appended to the stream.
        try connection.forEach("SELECT pg_current_xact_id()") { _ in }
        if tries.next() == 1 {
          hasId.open()
          mayAppend.pass()
        }
        return try journal.add("second", to: "s", on: connection)
      }
      defer { mayAppend.open() }
      let first = try await database.write { connection in
        hasId.pass()
        return try journal.add("first", to: "s", on: connection)
      }
      mayAppend.open()
      let second = try await old
      #expect(tries.count == 2)
      #expect((first.version, second.version) == (1, 2))
      #expect(try await follow(journal, in: database, count: 2) == [first, second])
    }
  }

  @Test(.timeLimit(.minutes(1))) func whoReadsSlowlyIsNotStarvedByWhoWritesFast() async throws {
    try await withJournal(.postgres) { database, journal in
      let (tries, isDone) = (Counter(), Counter())
      async let rival: Void = {
        while isDone.count == 0, !Task.isCancelled {
          try await database.write { try journal.add("fast", to: "s", on: $0) }
        }
      }()
      try await database.write { connection in
        let last = try journal.last(of: "s", on: connection)
        // Long enough for the rival to append several times, which it does again after every defeat.
        _ = tries.next()
        try connection.forEach("SELECT pg_sleep(0.1)") { _ in }
        _ = try journal.append(
          [NewEvent(kind: "slow", body: "{}")], to: "s", expecting: last?.version ?? 0, previous: last?.hash,
          at: 1_700_000_000_000, actor: "tester", on: connection)
      }
      _ = isDone.next()
      try await rival
      #expect(tries.count <= 3)
    }
  }

  @Test func positionsAreReadBackFromTheirText() {
    let position = Position(transaction: 12, sequence: 345)
    #expect(position.text == "12-345")
    #expect(Position("12-345") == position)
    for text in ["", "12", "12-", "-1-2", "a-b", "1-2-3", "99999999999999999999-1"] { #expect(Position(text) == nil) }
    #expect(Position(transaction: 1, sequence: 9) < Position(transaction: 2, sequence: 1))
  }

  @Test(arguments: Engine.allCases) func rangesVisitEveryStreamWholeAndOnce(_ engine: Engine) async throws {
    try await withJournal(engine) { database, journal in
      try await database.write { connection in
        // Names whose order by bytes is not that of an alphabet, and a stream longer than a page.
        for stream in ["b", "B", "ä", "案", "a", "a-1", "a0", "Z"] {
          for _ in 0..<(stream == "a" ? 30 : 3) { try journal.add("k", to: stream, on: connection) }
        }
      }
      for parts in [1, 2, 3, 20] {
        let visited = try await database.read { connection in
          var visited: [(stream: String, count: Int)] = []
          for range in try journal.ranges(parts, on: connection) {
            var rest: StreamRange? = range
            while let part = rest {
              rest = try journal.visitStreams(in: part, rows: 7, on: connection) { stream, events in
                #expect(events.map(\.version) == Array(1...events.count))
                visited.append((stream, events.count))
              }
            }
          }
          return visited
        }
        #expect(visited.map(\.stream) == ["B", "Z", "a", "a-1", "a0", "b", "ä", "案"])
        #expect(visited.map(\.count) == [3, 3, 30, 3, 3, 3, 3, 3])
      }
    }
  }

  @Test func hotQueriesUseTheirIndexesOnSQLite() async throws {
    try await withJournal(.sqlite) { database, _ in
      let plans: [(Statement, String)] = [
        ("SELECT * FROM journal WHERE +district = \("d") AND sequence > \(1) ORDER BY sequence LIMIT 5", "PRIMARY KEY"),
        (
          "SELECT * FROM journal WHERE district = \("d") AND stream > \("a") ORDER BY stream, version LIMIT 5",
          "journal_version_guard"
        ),
      ]
      for (query, index) in plans {
        let plan = try await database.read { try $0.all("EXPLAIN QUERY PLAN \(query)") { $0.text(3) } }
        #expect(plan.count == 1)
        #expect(plan.first?.contains(index) == true)
      }
    }
  }

  @Test func hotQueriesUseTheirIndexesOnPostgreSQL() async throws {
    try await withJournal(.postgres) { database, _ in
      let plans: [(Statement, String)] = [
        (
          """
          SELECT * FROM journal WHERE district = 'd' AND (xact, sequence) > (1, 2)
            AND xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY xact, sequence LIMIT 5
          """, "Index Scan using journal_order"
        ),
        (
          "SELECT * FROM journal WHERE district = 'd' AND stream > 'a' ORDER BY stream, version LIMIT 5",
          "Index Scan using journal_version_guard"
        ),
      ]
      for (query, index) in plans {
        let plan = try await database.write { connection in
          // An empty table is scanned unless that is forbidden.
          try connection.script("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
          return try connection.all("EXPLAIN (COSTS off) \(query)") { $0.text(0) }.joined(separator: "\n")
        }
        #expect(plan.contains(index))
        #expect(!plan.contains("Sort"))
      }
    }
  }
}
