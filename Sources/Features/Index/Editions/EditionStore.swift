import Domain
import Foundation
import Journal
import SQL

/// The editions that were frozen: numbered from 1, never changed.
public struct EditionStore: Sendable {
  public struct Line: Sendable, Hashable {
    public let number: Int
    public let days: ClosedRange<String>
    public let area: String
    /// The raw value of an ``EditionQuery/Comparison``.
    public let comparison: String
  }

  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  static let migrations: [Migration] = [
    Migration(
      "index/1 editions",
      """
      CREATE TABLE index_editions (
        district TEXT NOT NULL, number BIGINT NOT NULL, area TEXT NOT NULL, first_day TEXT NOT NULL,
        last_day TEXT NOT NULL, comparison TEXT NOT NULL, fingerprint TEXT NOT NULL, content TEXT NOT NULL,
        PRIMARY KEY (district, number));
      CREATE UNIQUE INDEX index_editions_once ON index_editions (district, fingerprint);
      """)
  ]

  /// The latest first.
  public func list() async throws -> [Line] {
    try await site.database.read { connection in
      try connection.all(
        """
        SELECT number, first_day, last_day, area, comparison FROM index_editions WHERE district = \(site.district)
        ORDER BY number DESC
        """
      ) { Line(number: $0.int(0), days: $0.text(1)...$0.text(2), area: $0.text(3), comparison: $0.text(4)) }
    }
  }

  /// - Returns: nil where there is no such edition.
  public func edition(_ number: Int) async throws -> Edition? {
    let content = try await site.database.read { connection in
      try connection.first(
        "SELECT content FROM index_editions WHERE district = \(site.district) AND number = \(number)"
      ) { $0.text(0) }
    }
    return try content.map { try JSONDecoder().decode(Edition.self, from: Data($0.utf8)) }
  }

  /// Freezes an edition under the next number, with the last checkpoint of the journal. The same findings by the same
  /// definition are the edition that they were before: it keeps its number and its checkpoint.
  func freeze(_ edition: Edition) async throws -> Edition {
    let fingerprint = try edition.fingerprint
    return try await site.database.write { connection in
      let known = try connection.first(
        """
        SELECT content FROM index_editions WHERE district = \(site.district) AND fingerprint = \(fingerprint)
        """
      ) { $0.text(0) }
      if let known { return try JSONDecoder().decode(Edition.self, from: Data(known.utf8)) }
      var frozen = edition
      let last = try connection.first(
        "SELECT COALESCE(MAX(number), 0) FROM index_editions WHERE district = \(site.district)") { $0.int(0) }
      frozen.number = (last ?? 0) + 1
      if let checkpoint = try site.journal.checkpoints(on: connection).last {
        frozen.source.checkpoint = checkpoint.number
        frozen.source.root = checkpoint.root.hexadecimal
      }
      try connection.run(
        """
        INSERT INTO index_editions
          (district, number, area, first_day, last_day, comparison, fingerprint, content)
        VALUES (\(site.district), \(frozen.number), \(frozen.area.code), \(frozen.period.from), \(frozen.period.to),
          \(frozen.comparison), \(fingerprint), \(try SortedJSON.text(frozen)))
        """)
      return frozen
    }
  }
}
