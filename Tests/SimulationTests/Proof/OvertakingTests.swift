import Foundation
import PostgresDriver
import Simulation
import SQL
import Synchronization
import Testing

/// On PostgreSQL, where transactions commit in another order than they began.
@Suite struct OvertakingTests {
  @Test func everythingHoldsWhateverOvertakesWhat() async throws {
    let schemas = try Schemas()
    let trial = try Trials.trial(on: { try await schemas.make() })
    for seed in 1...4 as ClosedRange<UInt64> {
      var faults = FaultPlan()
      faults.overtaken = 0.3
      let outcome = await trial.run(Trial.plan(seed: seed, faults: faults))
      #expect(outcome.violations.isEmpty, "seed \(seed): \(outcome.violations.prefix(5))")
      #expect(outcome.tally.overtaken > 5)
    }
    try await schemas.removeAll()
  }
}

/// Schemas of one server, each an empty database.
private final class Schemas: Sendable {
  private let url: String
  private let names = Mutex<[String]>([])

  struct MissingPostgres: Error, CustomStringConvertible {
    let description = "HEADWATER_TEST_POSTGRES is not set: see bin/postgres, or run bin/test"
  }

  init() throws {
    guard let url = ProcessInfo.processInfo.environment["HEADWATER_TEST_POSTGRES"], !url.isEmpty else {
      throw MissingPostgres()
    }
    self.url = url
  }

  func make() async throws -> any Database {
    let name = "s" + UUID().uuidString.lowercased().filter { $0 != "-" }
    names.withLock { $0.append(name) }
    try await administer("CREATE SCHEMA \(name)")
    return try PostgresDatabase(
      url: url + (url.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)", connections: 3)
  }

  func removeAll() async throws {
    for name in names.withLock({ $0 }) { try await administer("DROP SCHEMA \(name) CASCADE") }
  }

  private func administer(_ sql: String) async throws {
    let server = try PostgresDatabase(url: url, connections: 1)
    try await server.write { try $0.script(sql) }
    await server.close()
  }
}
