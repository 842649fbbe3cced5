/// One step of the schema, forward only, in one transaction.
public struct Migration: Sendable {
  public let name: String
  let script: @Sendable (Dialect) -> String

  /// - Parameter script: statements separated by semicolons, the same for both engines unless it looks at the dialect.
  public init(_ name: String, script: @escaping @Sendable (Dialect) -> String) {
    self.name = name
    self.script = script
  }

  public init(_ name: String, _ script: String) { self.init(name) { _ in script } }
}

extension Database {
  /// Brings the schema to the last of `migrations`; those already run are skipped. Safe to call on every node at once.
  public func migrate(_ migrations: [Migration]) async throws {
    try await write { connection in
      if connection.dialect == .postgres {
        // One node migrates, the others wait here for as long as it takes: 7241 is ours alone.
        try connection.script("SELECT pg_advisory_xact_lock(7241, hashtext(current_schema()))")
      }
      try connection.script("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY)")
      let done = Set(try connection.all("SELECT name FROM schema_migrations") { $0.text(0) })
      for migration in migrations where !done.contains(migration.name) {
        try connection.script(migration.script(connection.dialect))
        try connection.run("INSERT INTO schema_migrations (name) VALUES (\(migration.name))")
      }
    }
  }
}
