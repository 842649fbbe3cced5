import Domain
import SQL

/// Erases what the vault holds of cases that ended longer ago than the pack keeps it (`Windows.retention`), counted
/// from the last thing that happened to them. Runs anywhere, on every node: the second one finds nothing left.
public struct Retention: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// Cases in one transaction, so that intake never waits long.
  public static let batch = 50

  /// Cases that this program cannot fold, so that nobody knows which entries are theirs. All others were worked off.
  public struct Incomplete: Error, Sendable, Hashable {
    public let cases: [String]
    public init(cases: [String]) { self.cases = cases }
  }

  /// Works off what is due now.
  /// - Returns: how many entries were erased.
  /// - Throws: ``Incomplete``.
  @discardableResult
  public func run() async throws -> Int {
    var erased = 0
    var unreadable: [String] = []
    var last: EndedCase?
    while true {
      let due = try await due(after: last)
      guard let end = due.last else { break }
      let outcome = try await site.database.write { connection in try erase(due, on: connection) }
      erased += outcome.erased
      unreadable += outcome.unreadable
      last = end
    }
    guard unreadable.isEmpty else { throw Incomplete(cases: unreadable) }
    return erased
  }

  private struct EndedCase: Sendable {
    let id: String
    /// As of which it was found ended; whatever happens to it afterwards brings it back here.
    let version: Int
    let lastAt: Instant
  }

  private struct Outcome: Sendable {
    var erased = 0
    var unreadable: [String] = []
  }

  private func due(after last: EndedCase?) async throws -> [EndedCase] {
    let before = site.now() - site.pack.windows.retention
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT c.id, c.version, c.last_at FROM cases c
        LEFT JOIN vault_retention r ON r.district = c.district AND r.case_id = c.id
        WHERE c.district = \(site.district) AND c.phase IN ('closed', 'merged') AND c.last_at <= \(before)
          AND (c.last_at, c.id) > (\(last?.lastAt ?? Instant(milliseconds: .min)), \(last?.id ?? ""))
          AND (r.version IS NULL OR r.version < c.version)
        ORDER BY c.last_at, c.id LIMIT \(Self.batch)
        """
      ) { EndedCase(id: $0.text(0), version: $0.int(1), lastAt: Instant(milliseconds: $0.integer(2))) }
    }
  }

  private func erase(_ due: [EndedCase], on connection: any Connection) throws -> Outcome {
    var outcome = Outcome()
    for ended in due {
      do { outcome.erased += try erase(ended, on: connection) } catch is CaseEventCodec.Unreadable {
        outcome.unreadable.append(ended.id)
      }
    }
    return outcome
  }

  private func erase(_ ended: EndedCase, on connection: any Connection) throws -> Int {
    let (state, references) = try VaultReferences.load(ended.id, site, on: connection)
    // Something happened to it since it was found: another time.
    guard state.version == ended.version else { return 0 }
    var erased = 0
    for reference in references.contents.keys.sorted()
    where try EraseEntry.erase(reference, .retention, by: "system:retention", site, connection) { erased += 1 }
    try connection.run(
      """
      INSERT INTO vault_retention (district, case_id, version) VALUES (\(site.district), \(ended.id), \(ended.version))
      ON CONFLICT (district, case_id) DO UPDATE SET version = excluded.version
      """)
    return erased
  }

  static let migrations: [Migration] = [
    Migration(
      "people/5 retention",
      """
      CREATE TABLE vault_retention (
        district TEXT NOT NULL, case_id TEXT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (district, case_id));
      CREATE INDEX cases_ended ON cases (district, last_at, id) WHERE phase IN ('closed', 'merged');
      """)
  ]
}
