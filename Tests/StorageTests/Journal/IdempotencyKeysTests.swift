import Journal
import SQL
import Testing

@Suite struct IdempotencyKeysTests {
  private let keys = IdempotencyKeys(district: "d")

  @Test(arguments: Engine.allCases) func aRepeatedKeyGetsTheFirstAnswer(_ engine: Engine) async throws {
    try await withJournal(engine) { database, _ in
      let claims = try await database.write { connection in
        let first = try keys.claim(scope: "s", key: "k", bodyHash: [1], at: 5, on: connection)
        try keys.record(answer: "done", scope: "s", key: "k", on: connection)
        return [
          first, try keys.claim(scope: "s", key: "k", bodyHash: [1], at: 6, on: connection),
          try keys.claim(scope: "s", key: "k", bodyHash: [2], at: 6, on: connection),
          try keys.claim(scope: "t", key: "k", bodyHash: [2], at: 6, on: connection),
        ]
      }
      #expect(claims == [.new, .repeated(answer: "done"), .otherBody, .new])
    }
  }

  @Test(arguments: Engine.allCases) func ofSimultaneousClaimsOneIsNew(_ engine: Engine) async throws {
    try await withJournal(engine) { database, _ in
      let claims = try await withThrowingTaskGroup(of: IdempotencyKeys.Claim.self) { group in
        for _ in 0..<12 {
          group.addTask {
            try await database.write { connection in
              let claim = try keys.claim(scope: "s", key: "k", bodyHash: [1], at: 5, on: connection)
              if claim == .new { try keys.record(answer: "once", scope: "s", key: "k", on: connection) }
              return claim
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(claims.filter { $0 == .new }.count == 1)
      #expect(claims.filter { $0 == .repeated(answer: "once") }.count == 11)
    }
  }

  private struct Crash: Error {}

  @Test(arguments: Engine.allCases) func aClaimGoesWithItsTransaction(_ engine: Engine) async throws {
    try await withJournal(engine) { database, _ in
      await #expect(throws: Crash.self) {
        try await database.write { connection in
          _ = try keys.claim(scope: "s", key: "k", bodyHash: [1], at: 5, on: connection)
          throw Crash()
        }
      }
      let claim = try await database.write { try keys.claim(scope: "s", key: "k", bodyHash: [2], at: 6, on: $0) }
      #expect(claim == .new)
    }
  }

  @Test(arguments: Engine.allCases) func onlyOldKeysAreSwept(_ engine: Engine) async throws {
    try await withJournal(engine) { database, _ in
      let day = IdempotencyKeys.keptMilliseconds
      try await database.write { connection in
        for at in [0, day, 2 * day] {
          _ = try keys.claim(scope: "s", key: "\(at)", bodyHash: [1], at: at, on: connection)
        }
      }
      let swept = try await database.write { try keys.sweep(at: 2 * day, on: $0) }
      #expect(swept == 1)
      let claim = try await database.write { try keys.claim(scope: "s", key: "0", bodyHash: [1], at: 1, on: $0) }
      #expect(claim == .new)
    }
  }
}
