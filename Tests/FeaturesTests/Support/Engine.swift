import Foundation
import PostgresDriver
import SQL
import SQLiteDriver

/// What use cases are tested on.
enum Engine: String, CaseIterable, Sendable { case sqlite, postgres }

/// PostgreSQL's tests were started without a server; they must fail, not vanish.
struct MissingPostgres: Error, CustomStringConvertible {
  var description: String {
    "HEADWATER_TEST_POSTGRES is not set: export HEADWATER_TEST_POSTGRES=$(bin/postgres) or run bin/test"
  }
}

/// An empty database of a test's own: memory, or a schema of the server that `HEADWATER_TEST_POSTGRES` names.
struct TestPlace: Sendable {
  let engine: Engine
  private let name = "f" + UUID().uuidString.lowercased().filter { $0 != "-" }

  init(engine: Engine) { self.engine = engine }

  /// On PostgreSQL another database object on the same schema; on SQLite always an empty one.
  func open() throws -> any Database {
    switch engine {
    case .sqlite: try SQLiteDatabase(path: ":memory:", durability: .none)
    case .postgres:
      try PostgresDatabase(url: try Self.server() + "options=-csearch_path%3D\(name)", connections: 4)
    }
  }

  func create() async throws {
    if engine == .postgres { try await administer("CREATE SCHEMA \(name)") }
  }

  func remove() async throws {
    if engine == .postgres { try await administer("DROP SCHEMA \(name) CASCADE") }
  }

  private static func server() throws -> String {
    guard let url = ProcessInfo.processInfo.environment["HEADWATER_TEST_POSTGRES"], !url.isEmpty else {
      throw MissingPostgres()
    }
    return url + (url.contains("?") ? "&" : "?")
  }

  private func administer(_ sql: String) async throws {
    let server = try PostgresDatabase(url: try Self.server(), connections: 1)
    try await server.write { try $0.script(sql) }
    await server.close()
  }
}
