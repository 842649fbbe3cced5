import SQL

/// The streams whose names sort, by their bytes, behind `after` and up to `through`: a share of the journal for one
/// of several threads.
public struct StreamRange: Sendable, Equatable {
  /// Not in the range itself; empty for the beginning.
  public let after: String
  /// The last name of the range; nil for the end.
  public let through: String?

  public init(after: String = "", through: String? = nil) {
    self.after = after
    self.through = through
  }

  public static let all = StreamRange()
}

extension Journal {
  /// Visits the next streams of `range` in the order of their names, each whole and in the order of versions, until
  /// about `rows` events have been read. Returns the range that is left, or nil at the end.
  ///
  /// Several calls need not share a snapshot: what stands in the journal stays. Memory: `rows` events, or the longest
  /// stream.
  public func visitStreams(
    in range: StreamRange, rows: Int = 4_096, on connection: any Connection,
    _ visit: (String, [RecordedEvent]) throws -> Void
  ) throws -> StreamRange? {
    var last = range.after
    var current: [RecordedEvent] = []
    var count = 0
    try connection.forEach(page(of: range, rows: rows)) { row in
      count += 1
      let stream = row.text(0)
      if let first = current.first, first.stream != stream {
        try visit(first.stream, current)
        last = first.stream
        current.removeAll(keepingCapacity: true)
      }
      current.append(event(of: stream, row, from: 1))
    }
    guard let open = current.first?.stream else { return nil }
    if count < rows {
      try visit(open, current)
      return nil
    }
    // The page may end in the middle of a stream; that one is read again, by itself if it fills the page.
    guard last == range.after else { return StreamRange(after: last, through: range.through) }
    try visit(open, try read(stream: open, on: connection))
    return StreamRange(after: open, through: range.through)
  }

  /// Visits every stream of `range` in one snapshot; see ``visitStreams(in:rows:on:_:)``.
  public func forEachStream(
    in range: StreamRange = .all, on connection: any Connection, _ visit: (String, [RecordedEvent]) throws -> Void
  ) throws {
    var rest: StreamRange? = range
    while let part = rest { rest = try visitStreams(in: part, on: connection, visit) }
  }

  /// Cuts the journal into at most `parts` ranges with about as many events each.
  public func ranges(_ parts: Int, on connection: any Connection) throws -> [StreamRange] {
    let count = try connection.first("SELECT COUNT(*) FROM journal WHERE district = \(district)") { $0.int(0) } ?? 0
    var cuts: [String] = []
    for part in 1..<max(parts, 1) where count > 0 {
      let query: Statement = """
        SELECT stream FROM journal WHERE district = \(district) ORDER BY stream, version
        LIMIT 1 OFFSET \(count * part / parts)
        """
      if let cut = try connection.first(query, { $0.text(0) }), cut != cuts.last { cuts.append(cut) }
    }
    return zip([""] + cuts, cuts.map { Optional($0) } + [nil]).map { StreamRange(after: $0, through: $1) }
  }

  private func page(of range: StreamRange, rows: Int) -> Statement {
    let end: Statement = range.through.map { "AND stream <= \($0)" } ?? ""
    return """
      SELECT stream, version, xact, sequence, kind, at, actor, body, hash FROM journal
      WHERE district = \(district) AND stream > \(range.after) \(end) ORDER BY stream, version LIMIT \(rows)
      """
  }
}
