import SQL

/// The truth: an append-only list of events for each stream of one district, each linked to the one before it by a
/// hash. Every function runs inside the transaction of the connection it is given.
public struct Journal: Sendable {
  public let district: String

  /// - Parameter district: the first part of every key, so that an engine can distribute by it.
  public init(district: String) { self.district = district }

  /// Writes `events` behind the last event of `stream` and wakes the followers of ``channel``.
  /// - Parameters:
  ///   - version: that of the last event that the decision was based on; 0 for a new stream.
  ///   - previous: the hash of that event; nil for a new stream.
  ///   - at: the time of the command, in milliseconds since 1970-01-01T00:00:00Z.
  /// - Throws: ``DatabaseError/conflict(_:)`` if another writer was first: load again and decide again.
  public func append(
    _ events: [NewEvent], to stream: String, expecting version: Int, previous: [UInt8]?, at: Int64, actor: String,
    on connection: any Connection
  ) throws -> [RecordedEvent] {
    precondition((version == 0) == (previous == nil), "a version comes with its hash")
    guard !events.isEmpty else { return [] }
    let hashes = chain(events, of: stream, behind: version, previous: previous, at: at, actor: actor)
    var recorded: [RecordedEvent] = []
    recorded.reserveCapacity(events.count)
    for start in stride(from: 0, to: events.count, by: Self.rowsPerInsert) {
      let part = start..<min(start + Self.rowsPerInsert, events.count)
      var values: [Value] = []
      values.reserveCapacity(part.count * Self.valuesPerRow)
      for index in part {
        values += [
          .text(district), .text(stream), .integer(Int64(version + index + 1)), .text(events[index].kind),
          .integer(at), .text(actor), .text(events[index].body), .blob(hashes[index]),
        ]
      }
      let positions = try insert(part.count, values, behind: version + start, on: connection)
      for index in part {
        recorded.append(
          RecordedEvent(
            stream: stream, version: version + index + 1, position: positions[index - start],
            kind: events[index].kind, at: at, actor: actor, body: events[index].body, hash: hashes[index]))
      }
    }
    try connection.wake(Self.channel)
    return recorded
  }

  /// The events of one stream with a version above `version`, in order.
  public func read(
    stream: String, after version: Int = 0, on connection: any Connection
  ) throws -> [RecordedEvent] {
    let query: Statement = """
      SELECT version, xact, sequence, kind, at, actor, body, hash FROM journal
      WHERE district = \(district) AND stream = \(stream) AND version > \(version) ORDER BY version
      """
    return try connection.all(query) { row in event(of: stream, row, from: 0) }
  }

  /// The last event of one stream: what the next one is appended behind.
  public func last(of stream: String, on connection: any Connection) throws -> RecordedEvent? {
    let query: Statement = """
      SELECT version, xact, sequence, kind, at, actor, body, hash FROM journal
      WHERE district = \(district) AND stream = \(stream) ORDER BY version DESC LIMIT 1
      """
    return try connection.first(query) { row in event(of: stream, row, from: 0) }
  }

  /// At most `limit` events behind `position`, in the order of positions, and never past a transaction that may still
  /// commit in between: whoever goes on from the last position misses nothing and sees every stream in its order.
  public func tail(after position: Position, limit: Int, on connection: any Connection) throws -> [RecordedEvent] {
    let query: Statement
    switch connection.dialect {
    case .sqlite:
      // The plus keeps SQLite from walking the district's index and sorting; positions are in the order of the rows.
      query = """
        SELECT stream, version, xact, sequence, kind, at, actor, body, hash FROM journal
        WHERE +district = \(district) AND sequence > \(position.sequence) ORDER BY sequence LIMIT \(limit)
        """
    case .postgres:
      query = """
        SELECT stream, version, xact, sequence, kind, at, actor, body, hash FROM journal
        WHERE district = \(district) AND (xact, sequence) > (\(position.transaction), \(position.sequence))
          AND \(literal: Self.isSettled) ORDER BY xact, sequence LIMIT \(limit)
        """
    }
    return try connection.all(query) { row in event(of: row.text(0), row, from: 1) }
  }

  /// The position of the last event that followers may see; ``Position/start`` for an empty journal.
  public func head(on connection: any Connection) throws -> Position {
    let query: Statement
    switch connection.dialect {
    case .sqlite:
      query = "SELECT xact, sequence FROM journal WHERE +district = \(district) ORDER BY sequence DESC LIMIT 1"
    case .postgres:
      query = """
        SELECT xact, sequence FROM journal WHERE district = \(district) AND \(literal: Self.isSettled)
        ORDER BY xact DESC, sequence DESC LIMIT 1
        """
    }
    let head = try connection.first(query) { row in
      Position(transaction: row.integer(0), sequence: row.integer(1))
    }
    return head ?? .start
  }

  /// What ``SQL/Database/wakes(channel:)`` is asked for to follow the journal.
  public static let channel = "journal"

  /// Every transaction below the oldest that is still open has ended, so that no row can appear among these any more.
  private static let isSettled: StaticString = "xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

  // MARK: - Rows

  /// The row's `version, xact, sequence, kind, at, actor, body, hash`, beginning at column `first`.
  func event(of stream: String, _ row: any Row, from first: Int) -> RecordedEvent {
    RecordedEvent(
      stream: stream, version: row.int(first),
      position: Position(transaction: row.integer(first + 1), sequence: row.integer(first + 2)),
      kind: row.text(first + 3), at: row.integer(first + 4), actor: row.text(first + 5), body: row.text(first + 6),
      hash: row.blob(first + 7))
  }

  private func chain(
    _ events: [NewEvent], of stream: String, behind version: Int, previous: [UInt8]?, at: Int64, actor: String
  ) -> [[UInt8]] {
    var hasher = EventHasher(district: district)
    var last = previous
    return events.enumerated().map { index, event in
      let hash = hasher.hash(
        after: last, stream: stream, version: version + index + 1, kind: event.kind, at: at, actor: actor,
        body: event.body)
      last = hash
      return hash
    }
  }

  /// Inserts the rows and returns their positions in the order of versions.
  private func insert(
    _ count: Int, _ values: [Value], behind version: Int, on connection: any Connection
  ) throws -> [Position] {
    var positions = [Position](repeating: .start, count: count)
    let isPostgres = connection.dialect == .postgres
    let text = isPostgres ? Self.insertsOrdered[count - 1] : Self.inserts[count - 1]
    try connection.forEach(Statement(sql: text, values: values)) { row in
      let position = Position(transaction: row.integer(1), sequence: row.integer(2))
      if isPostgres, let before = row.optionalInteger(3), before > position.transaction {
        throw DatabaseError.conflict("the stream was written by a transaction that began later")
      }
      positions[row.int(0) - version - 1] = position
    }
    return positions
  }

  static let valuesPerRow = 8
  /// One statement writes up to this many events, so that there are only as many texts to prepare.
  static let rowsPerInsert = 8

  private static let inserts = (1...rowsPerInsert).map { insertText($0) + " RETURNING version, xact, sequence" }

  /// PostgreSQL: a transaction may get its id, wait, and then append behind an event of a later id that has committed
  /// meanwhile; followers would see the two in the wrong order. The id of the event before tells; such an append is
  /// a conflict, and the second attempt has a later id. (REPEATABLE READ would rule it out too, but would also make
  /// every counter that two commands touch a conflict.)
  private static let insertsOrdered = inserts.map {
    $0 + """
      , (SELECT before.xact FROM journal AS before WHERE before.district = journal.district
        AND before.stream = journal.stream AND before.version = journal.version - 1)
      """
  }

  static func insertText(_ rows: Int) -> String {
    let places = (0..<rows).map { row in
      "(" + (1...valuesPerRow).map { "$\(row * valuesPerRow + $0)" }.joined(separator: ", ") + ")"
    }
    return "INSERT INTO journal (district, stream, version, kind, at, actor, body, hash) VALUES "
      + places.joined(separator: ", ")
  }
}
