import Domain
import Language
import SQL

/// Keeps counts of words: month × kind × division, of cases that have ended, from the vault's texts, each a journalled
/// look. A report is counted once, by the kind that stood when its case had ended. Runs on any node, as often as one
/// likes.
public struct CountWords: Sendable {
  private let site: Installation
  private let words: CountableWords

  public init(_ site: Installation, _ segmenter: Segmenter) {
    self.site = site
    words = CountableWords(segmenter)
  }

  static let migrations: [Migration] = [
    Migration(
      "words/1",
      """
      CREATE TABLE word_counts (
        district TEXT NOT NULL, month BIGINT NOT NULL, kind TEXT NOT NULL, division TEXT NOT NULL, word TEXT NOT NULL,
        reports BIGINT NOT NULL, PRIMARY KEY (district, month, kind, division, word));
      CREATE TABLE word_counted (
        district TEXT NOT NULL, report TEXT NOT NULL, PRIMARY KEY (district, report));
      """)
  ]

  /// Counts what has not been counted.
  /// - Returns: reports that were counted.
  @discardableResult
  public func run() async throws -> Int {
    var counted = 0
    while true {
      let done = try await site.database.write { connection in try batch(on: connection) }
      counted += done
      if done < VaultTexts.batch { return counted }
    }
  }

  private func batch(on connection: any Connection) throws -> Int {
    let reports = try connection.all(
      """
      SELECT r.id, r.case_id, r.vault, c.kind, r.division, r.said_at, r.is_first
      FROM case_reports r JOIN cases c ON c.district = r.district AND c.id = r.case_id
      LEFT JOIN word_counted w ON w.district = r.district AND w.report = r.id
      WHERE r.district = \(site.district) AND w.report IS NULL AND r.vault IS NOT NULL AND c.phase = 'closed'
        AND c.kind IS NOT NULL
      ORDER BY r.said_at, r.id LIMIT \(VaultTexts.batch)
      """, VaultTexts.report)
    let texts = try VaultTexts(site: site).read(reports, for: .count, on: connection)
    for (report, text) in zip(reports, texts) {
      try connection.run("INSERT INTO word_counted (district, report) VALUES (\(site.district), \(report.id))")
      let month = CountMonth(report.saidAt, site.pack.calendar.zone).number
      for word in text.map(words.words) ?? [] {
        try connection.run(
          """
          INSERT INTO word_counts (district, month, kind, division, word, reports)
          VALUES (\(site.district), \(month), \(report.kind), \(report.division), \(word), 1)
          ON CONFLICT (district, month, kind, division, word) DO UPDATE SET reports = word_counts.reports + 1
          """)
      }
    }
    return reports.count
  }
}
