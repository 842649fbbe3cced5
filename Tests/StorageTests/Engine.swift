import Foundation
import PostgresDriver
import SQL
import SQLiteDriver

/// What every storage test runs on.
enum Engine: String, CaseIterable, Sendable { case sqlite, sqliteInMemory, postgres }

/// PostgreSQL's tests were started without a server; they must fail, not vanish.
struct MissingPostgres: Error, CustomStringConvertible {
  var description: String {
    "HEADWATER_TEST_POSTGRES is not set: export HEADWATER_TEST_POSTGRES=$(bin/postgres) or run bin/test"
  }
}

/// An empty database of a test's own: a file, memory, or a schema.
struct Place: Sendable {
  let engine: Engine
  let name = "t" + UUID().uuidString.lowercased().filter { $0 != "-" }

  /// The file of the embedded engine.
  var path: String {
    engine == .sqliteInMemory ? ":memory:" : FileManager.default.temporaryDirectory.path + "/\(name).sqlite"
  }

  /// Opens another database object on the same place.
  func open(connections: Int = 4) throws -> any Database {
    engine == .postgres
      ? try PostgresDatabase(url: try url(), connections: connections) : try SQLiteDatabase(path: path)
  }

  /// Connections to this place can be told by their application name, which is the place's.
  func url() throws -> String {
    let server = try Self.server()
    return server + (server.contains("?") ? "&" : "?")
      + "options=-csearch_path%3D\(name)&application_name=\(name)"
  }

  static func server() throws -> String {
    guard let url = ProcessInfo.processInfo.environment["HEADWATER_TEST_POSTGRES"], !url.isEmpty else {
      throw MissingPostgres()
    }
    return url
  }

  fileprivate func create() async throws {
    if engine == .postgres { try await administer("CREATE SCHEMA \(name)") }
  }

  fileprivate func remove() async throws {
    if engine == .postgres { try await administer("DROP SCHEMA \(name) CASCADE") }
    if engine == .sqlite {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
  }

  private func administer(_ sql: String) async throws {
    let server = try PostgresDatabase(url: try Self.server(), connections: 1)
    try await server.write { try $0.script(sql) }
    await server.close()
  }
}

/// Runs `body` with an empty database, and cleans up behind it.
func withDatabase<T>(_ engine: Engine, _ body: (any Database, Place) async throws -> T) async throws -> T {
  let place = Place(engine: engine)
  try await place.create()
  let database = try place.open()
  let outcome: Result<T, any Error>
  do { outcome = .success(try await body(database, place)) } catch { outcome = .failure(error) }
  await database.close()
  try await place.remove()
  return try outcome.get()
}

func withDatabase<T>(_ engine: Engine, _ body: (any Database) async throws -> T) async throws -> T {
  try await withDatabase(engine) { database, _ in try await body(database) }
}

/// Lets one thread wait for another inside bodies, which may block.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func open() { semaphore.signal() }
  func pass() { semaphore.wait() }
}
