import SQL

/// What is remembered of imports: how far each source's last run came, and which of its rows are known.
///
/// A row is known by its fingerprint and by which of its equals it is: of n equal rows in a file all n are taken in
/// the first time, none the second time, and of n + 1 one. The counts and the position are written by the transaction
/// that writes the rows, so that a run that was killed goes on where it stopped.
struct ImportLedger: Sendable {
  let district: String
  let source: String

  static let migrations: [Migration] = [
    Migration("import/1") { dialect in
      """
      CREATE TABLE import_runs (
        district TEXT NOT NULL, source TEXT NOT NULL, run BIGINT NOT NULL,
        position BIGINT NOT NULL, line BIGINT NOT NULL, prefix \(dialect.blobType) NOT NULL,
        rejects_bytes BIGINT NOT NULL, row_count BIGINT NOT NULL, added BIGINT NOT NULL, known BIGINT NOT NULL,
        rejected BIGINT NOT NULL, is_ended BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (district, source));
      CREATE TABLE import_rows (
        district TEXT NOT NULL, fingerprint \(dialect.blobType) NOT NULL,
        run BIGINT NOT NULL, seen BIGINT NOT NULL, stored BIGINT NOT NULL, fresh BIGINT NOT NULL,
        PRIMARY KEY (district, fingerprint))\(dialect == .sqlite ? " WITHOUT ROWID" : "");
      """
    }
  ]

  struct Run: Sendable, Hashable {
    var run: Int
    /// Bytes of the file that are done, the line behind them, and their SHA-256.
    var position: Int
    var line: Int
    var prefix: [UInt8]
    /// Length of the file of rejects that belongs to this position.
    var rejectsBytes: Int
    var counts: ImportCounts
    var isEnded: Bool
  }

  func lastRun(on connection: any Connection) throws -> Run? {
    try connection.first(
      """
      SELECT run, position, line, prefix, rejects_bytes, row_count, added, known, rejected, is_ended FROM import_runs
      WHERE district = \(district) AND source = \(source)
      """
    ) { row in
      Run(run: row.int(0), position: row.int(1), line: row.int(2), prefix: row.blob(3), rejectsBytes: row.int(4),
          counts: ImportCounts(rows: row.int(5), added: row.int(6), known: row.int(7), rejected: row.int(8)),
          isEnded: row.int(9) == 1)
    }
  }

  /// Begins a run, in place of the one before it.
  func begin(_ run: Run, at milliseconds: Int64, on connection: any Connection) throws {
    let counts = run.counts
    try connection.run(
      """
      INSERT INTO import_runs (district, source, run, position, line, prefix, rejects_bytes, row_count, added, known,
        rejected, is_ended, at)
      VALUES (\(district), \(source), \(run.run), \(run.position), \(run.line), \(run.prefix), \(run.rejectsBytes),
        \(counts.rows), \(counts.added), \(counts.known), \(counts.rejected), \(run.isEnded), \(milliseconds))
      ON CONFLICT (district, source) DO UPDATE SET run = excluded.run, position = excluded.position,
        line = excluded.line, prefix = excluded.prefix, rejects_bytes = excluded.rejects_bytes,
        row_count = excluded.row_count, added = excluded.added, known = excluded.known,
        rejected = excluded.rejected, is_ended = excluded.is_ended, at = excluded.at
      """)
  }

  /// Moves the run on from `before`.
  /// - Throws: ``ImportFailure/overtaken`` if somebody else has moved it.
  func advance(_ run: Run, from before: Run, at milliseconds: Int64, on connection: any Connection) throws {
    let counts = run.counts
    let changed = try connection.run(
      """
      UPDATE import_runs SET position = \(run.position), line = \(run.line), prefix = \(run.prefix),
        rejects_bytes = \(run.rejectsBytes), row_count = \(counts.rows), added = \(counts.added),
        known = \(counts.known), rejected = \(counts.rejected), is_ended = \(run.isEnded), at = \(milliseconds)
      WHERE district = \(district) AND source = \(source) AND run = \(before.run) AND position = \(before.position)
        AND is_ended = 0
      """)
    guard changed == 1 else { throw ImportFailure.overtaken }
  }

  /// Takes note of rows, and tells how many of each are new. A fingerprint holds its source.
  /// - Parameters:
  ///   - counts: by fingerprint, how often it stands in this part of the file.
  ///   - isKey: the fingerprint is that of a key: another row of the same key is the same row.
  func claim(_ counts: [(fingerprint: [UInt8], count: Int)], run: Int, isKey: Bool, on connection: any Connection)
    throws -> [[UInt8]: Int]
  {
    var fresh: [[UInt8]: Int] = [:]
    fresh.reserveCapacity(counts.count)
    for start in stride(from: 0, to: counts.count, by: Self.rowsPerStatement) {
      let part = counts[start..<min(start + Self.rowsPerStatement, counts.count)]
      let texts = isKey ? Self.keyTexts : Self.texts
      let values = part.flatMap { row -> [Value] in
        let count = Value.integer(Int64(isKey ? 1 : row.count))
        return [.text(district), .blob(row.fingerprint), .integer(Int64(run)), count, count, count]
      }
      try connection.forEach(Statement(sql: texts[part.count - 1], values: values)) { row in
        fresh[row.blob(0)] = row.int(1)
      }
    }
    return fresh
  }

  private static let rowsPerStatement = 8
  private static let texts = (1...rowsPerStatement).map { insert($0) + counting }
  private static let keyTexts = (1...rowsPerStatement).map {
    insert($0) + " ON CONFLICT (district, fingerprint) DO NOTHING RETURNING fingerprint, fresh"
  }

  private static func insert(_ rows: Int) -> String {
    let places = (0..<rows).map { row in
      "(" + (1...6).map { "$\(row * 6 + $0)" }.joined(separator: ", ") + ")"
    }
    return "INSERT INTO import_rows (district, fingerprint, run, seen, stored, fresh) VALUES "
      + places.joined(separator: ", ")
  }

  /// Seen so often in this run; new are those beyond what was ever stored.
  private static let counting = {
    let seen = "(CASE WHEN import_rows.run = excluded.run THEN import_rows.seen ELSE 0 END + excluded.seen)"
    let isMore = "\(seen) > import_rows.stored"
    return """
       ON CONFLICT (district, fingerprint) DO UPDATE SET seen = \(seen), run = excluded.run,
        stored = CASE WHEN \(isMore) THEN \(seen) ELSE import_rows.stored END,
        fresh = CASE WHEN \(isMore) THEN \(seen) - import_rows.stored ELSE 0 END
      RETURNING fingerprint, fresh
      """
  }()
}

/// What became of the rows of an import.
public struct ImportCounts: Sendable, Hashable {
  public internal(set) var rows = 0
  public internal(set) var added = 0
  /// Taken in by an earlier run, or earlier in this file.
  public internal(set) var known = 0
  public internal(set) var rejected = 0

  public init(rows: Int = 0, added: Int = 0, known: Int = 0, rejected: Int = 0) {
    self.rows = rows
    self.added = added
    self.known = known
    self.rejected = rejected
  }
}
