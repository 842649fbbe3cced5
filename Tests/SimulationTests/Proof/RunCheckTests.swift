import Domain
import Features
import Foundation
import Simulation
import SQL
import Synchronization
import Testing

/// The checks must be able to fail: each broken promise is found for what it is.
@Suite struct RunCheckTests {
  @Test func aReportThatIsAcknowledgedAndNotKeptIsFound() async throws {
    let trial = try Trials.trial(wrap: { Saboteur($0, .losesReports) })
    let outcome = await trial.run(Trial.plan(seed: 1, faults: nil))
    #expect(outcome.violations.contains { if case .lost = $0 { true } else { false } })
  }

  @Test func aReportThatTookEffectTwiceIsFound() async throws {
    let trial = try Trials.trial(wrap: { Saboteur($0, .forgetsKeys) })
    let outcome = await trial.run(Trial.plan(seed: 1, days: 6))
    #expect(outcome.violations.contains { if case .unasked = $0 { true } else { false } })
    #expect(outcome.violations.contains { if case .answeredTwice = $0 { true } else { false } })
  }

  @Test func aDeadlineThatNobodyKeepsIsFound() async throws {
    let trial = try Trials.trial(wrap: { Saboteur($0, .sleeps) })
    let outcome = await trial.run(Trial.plan(seed: 1))
    #expect(outcome.violations.contains { if case .forgotten = $0 { true } else { false } })
  }

  @Test(arguments: Damage.all) func damageIsFound(_ damage: Damage) async throws {
    let outcome = try await Trials.trial().run(Trial.plan(seed: 1, faults: nil)) { site in
      let changed = try await site.database.write { try $0.run(Statement(sql: damage.sql)) }
      #expect(changed > 0)
    }
    #expect(outcome.violations.contains(where: damage.isFound), "\(outcome.violations.prefix(3))")
  }

  @Test func aFailingRunIsMadeSmaller() async throws {
    let trial = try Trials.trial(wrap: { Saboteur($0, .losesReports) })
    let failing = await trial.run(Trial.plan(seed: 1, days: 4))
    let small = await trial.shrink(failing)
    #expect(!small.holds)
    #expect(small.plan.faults == nil)
    #expect(small.plan.days < 4 || small.plan.reportsPerDay < failing.plan.reportsPerDay)
    let again = await trial.run(small.plan)
    #expect(again.violations == small.violations)
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: String
    let isFound: @Sendable (Violation) -> Bool

    static let all = [
      Damage("a view is wrong", "UPDATE cases SET holder = 'hotline', phase = 'desk' WHERE phase = 'closed'") {
        if case .verification = $0 { true } else { false }
      },
      Damage("a rate counts too many", "UPDATE rate_facts SET hit_at = 0 WHERE rate = 'complaint'") {
        if case .rate(.complaint, _, _, _, _) = $0 { true } else { false }
      },
      Damage("words are gone", "DELETE FROM vault_keys") { if case .vault = $0 { true } else { false } },
      Damage("notes are gone", "DELETE FROM vault_entries") { if case .note = $0 { true } else { false } },
      Damage("a report is in two cases", """
        INSERT INTO journal (district, stream, version, kind, at, actor, body, hash)
        SELECT district, 'case-' || substr(stream, 6, 25) || 'X', 1, kind, at, actor, body, hash FROM journal
        WHERE version = 1 AND kind = 'opened' LIMIT 1
        """) { if case .doubled = $0 { true } else { false } },
      Damage("an event is gone", "DELETE FROM journal WHERE version = 2") {
        if case .order = $0 { true } else { false }
      },
      Damage("a dangerous case was sent away", """
        UPDATE journal SET body = replace(body, '"dangers":[]', '"dangers":["weapon"]')
        WHERE kind = 'opened' AND body LIKE '%"dangers":[]%'
        """) { if case .diverted = $0 { true } else { false } },
      Damage("a signature is by nobody who was asked", """
        UPDATE journal SET body = '{"agency":"nobody","basis":"person","isPolice":false,"supporting":[]}'
        WHERE kind = 'assigned'
        """) { if case .custody = $0 { true } else { false } },
    ]

    init(_ name: String, _ sql: String, isFound: @Sendable @escaping (Violation) -> Bool) {
      testDescription = name
      self.sql = sql
      self.isFound = isFound
    }
  }
}

/// Stands between the people and the program and breaks one promise.
private final class Saboteur: CityService {
  enum Deed { case losesReports, forgetsKeys, sleeps }

  private let base: any CityService
  private let deed: Deed
  private let count = Mutex(0)

  init(_ base: any CityService, _ deed: Deed) {
    self.base = base
    self.deed = deed
  }

  func receive(_ report: IncomingReport, by actor: Actor, key: RequestKey?) async throws -> Receipt {
    let number = count.withLock { count in
      count += 1
      return count
    }
    if deed == .losesReports, number.isMultiple(of: 5) {
      return Receipt(report: "R\(number)", case: "C\(number)", phase: .desk, kind: nil, agency: nil,
                     receivedAt: Instant(milliseconds: 0))
    }
    return try await base.receive(report, by: actor, key: deed == .forgetsKeys ? nil : key)
  }

  func handle(_ request: HandleCase.Request, case id: String, by actor: Actor, key: RequestKey?) async throws
    -> CaseAnswer
  {
    try await base.handle(request, case: id, by: actor, key: key)
  }

  func merge(_ id: String, into target: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer {
    try await base.merge(id, into: target, by: actor, key: key)
  }

  func unmerge(_ id: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer {
    try await base.unmerge(id, by: actor, key: key)
  }

  func show(_ id: String, for actor: Actor) async throws -> CaseAnswer { try await base.show(id, for: actor) }

  func runScheduler() async throws -> Int { deed == .sleeps ? 0 : try await base.runScheduler() }
}
