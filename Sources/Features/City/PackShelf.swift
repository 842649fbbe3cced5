import Domain
import SQL
import Synchronization

/// The pack in force and those that judged the cases still running: each case keeps the version that judged it.
public final class PackShelf: Sendable {
  public let current: CityPack
  /// Reads reports by the cues and danger words of the pack in force.
  public let triage: TriageReader
  private let archive: PackArchive
  private let older = Mutex<[String: CityPack]>([:])

  /// - Parameter archive: the rules of `current` as they are stored.
  public init(current: CityPack, archive: PackArchive) {
    self.current = current
    self.archive = archive
    triage = TriageReader(pack: current)
  }

  public static let migrations: [Migration] = [
    Migration(
      "packs/1",
      """
      CREATE TABLE city_packs (
        district TEXT NOT NULL, version TEXT NOT NULL, stored_at BIGINT NOT NULL, content TEXT NOT NULL,
        PRIMARY KEY (district, version));
      """)
  ]

  /// Puts the pack in force and keeps it, so that its cases can be judged by it when it is long replaced. Repeatable.
  public func store(at instant: Instant, on connection: any Connection) throws {
    try connection.run(
      """
      INSERT INTO city_packs (district, version, stored_at, content)
      VALUES (\(current.district), \(current.version), \(instant.milliseconds), \(archive.encoded))
      ON CONFLICT (district, version) DO UPDATE SET stored_at = excluded.stored_at
      """)
  }

  /// The pack that was last put in force: what a command that names no city works with.
  /// - Throws: ``PackMissing`` on a database that has none yet.
  public static func inForce(on connection: any Connection) throws -> PackShelf {
    let query: Statement = "SELECT version, content FROM city_packs ORDER BY stored_at DESC LIMIT 1"
    let stored = try connection.first(query) { ($0.text(0), $0.text(1)) }
    guard let stored, let archive = PackArchive(encoded: stored.1) else {
      throw PackMissing(version: stored?.0 ?? "")
    }
    return PackShelf(current: try CityPackReader.read(archive: archive), archive: archive)
  }

  /// - Throws: ``PackMissing`` when the database does not hold that version.
  public func pack(_ version: String, on connection: any Connection) throws -> CityPack {
    if version == current.version { return current }
    if let known = older.withLock({ $0[version] }) { return known }
    let content = try connection.first(
      "SELECT content FROM city_packs WHERE district = \(current.district) AND version = \(version)"
    ) { $0.text(0) }
    guard let archive = content.flatMap(PackArchive.init(encoded:)) else { throw PackMissing(version: version) }
    let pack = try CityPackReader.read(archive: archive)
    older.withLock { $0[version] = pack }
    return pack
  }
}

/// A case refers to a version of the pack that the database does not hold.
public struct PackMissing: Error, Sendable, Hashable {
  public let version: String
}
