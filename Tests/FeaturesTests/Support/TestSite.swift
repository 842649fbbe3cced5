import Crypto
import Domain
import Features
import Foundation
import Journal
import SQL
import SQLiteDriver

/// An installation of a test's own, empty but for its schema and its pack (``SmallCity`` unless told otherwise).
struct TestSite: Sendable {
  let site: Installation
  let clock: TestClock
  private let place: TestPlace

  /// Another node on the same database: its own connections on PostgreSQL, the same embedded engine on SQLite.
  func withNode<T>(_ body: (Installation) async throws -> T) async throws -> T {
    guard place.engine != .sqlite else { return try await body(site.copy(database: site.database)) }
    let database = try place.open()
    do {
      let answer = try await body(site.copy(database: database))
      await database.close()
      return answer
    } catch {
      await database.close()
      throw error
    }
  }

  /// The same installation with another database in between, such as one that fails where it is told to.
  func over(_ database: any Database) -> Installation { site.copy(database: database) }

  /// Somebody of the given role, in the whole district unless told otherwise.
  static func actor(
    _ role: Role, division: String = SmallCity.district, agency: String? = nil, squad: String? = nil
  ) -> Actor {
    Actor(id: "account:test-\(role.rawValue)", role: role, division: division, agency: agency, squad: squad)
  }

  fileprivate init(place: TestPlace, database: any Database, packs: PackShelf, clock: TestClock) {
    self.place = place
    self.clock = clock
    site = Installation(
      database: database, packs: packs, vault: Vault(master: SymmetricKey(size: .bits256)), now: { clock.now },
      makeID: { Identifier.make(at: clock.now) })
  }
}

/// Runs `body` with an empty installation, and cleans up behind it.
func withSite<T>(
  _ engine: Engine = .sqlite, packs: PackShelf? = nil, body: (TestSite) async throws -> T
) async throws -> T {
  let packs = try packs ?? SmallCity.shelf()
  let place = TestPlace(engine: engine)
  try await place.create()
  let database = try place.open()
  let outcome: Result<T, any Error>
  do {
    try await database.migrate(Installation.migrations)
    let test = TestSite(place: place, database: database, packs: packs, clock: TestClock())
    try await database.write { try packs.store(at: TestClock.start, on: $0) }
    outcome = .success(try await body(test))
  } catch { outcome = .failure(error) }
  await database.close()
  try await place.remove()
  return try outcome.get()
}

extension Installation {
  fileprivate func copy(database: any Database) -> Installation {
    Installation(database: database, packs: packs, vault: vault, plates: plates, now: now, makeID: makeID)
  }
}
