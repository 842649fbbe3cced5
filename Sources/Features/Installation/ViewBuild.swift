import Domain
import SQL

/// By which definition the views of an installation were built, so that a program or a pack that would build them
/// otherwise can tell that a rebuild is due.
public struct ViewBuild: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  static let migrations: [Migration] = [
    Migration("views/1 build", "CREATE TABLE view_builds (district TEXT PRIMARY KEY, definition TEXT NOT NULL);")
  ]

  /// Raised whenever the same events give other rows. Columns, the formulas of the rates and the grid count by
  /// themselves.
  static let reckoning = 2

  var definition: String {
    let grid = site.pack.grid
    let tables = CaseViews.tables.map { "\($0.name)(\(($0.keys + $0.values).joined(separator: " ")))" }
    return "reckoning \(Self.reckoning), rates \(Rate.formulaVersion), grid \(grid.origin.latitude) "
      + "\(grid.origin.longitude) \(grid.cellMetres): " + tables.joined(separator: " ")
  }

  /// To be called when an installation is opened: one without cases has nothing that was built otherwise.
  public func begin() async throws {
    guard try await site.database.read({ try stored(on: $0) }) == nil else { return }
    try await site.database.write { connection in
      let aCase = try connection.first("SELECT id FROM cases WHERE district = \(site.district) LIMIT 1") { $0.text(0) }
      if aCase == nil { try note(on: connection) }
    }
  }

  /// All views are built by the definition of this program and pack.
  func note(on connection: any Connection) throws {
    try connection.run(
      """
      INSERT INTO view_builds (district, definition) VALUES (\(site.district), \(definition))
      ON CONFLICT (district) DO UPDATE SET definition = excluded.definition
      """)
  }

  /// False where it cannot be known: an installation from before this was noted.
  func isCurrent(on connection: any Connection) throws -> Bool { try stored(on: connection) == definition }

  private func stored(on connection: any Connection) throws -> String? {
    try connection.first("SELECT definition FROM view_builds WHERE district = \(site.district)") { $0.text(0) }
  }
}
