import Journal
import SQL

/// An empty journal of the district `d` on an engine.
func withJournal<T>(_ engine: Engine, _ body: (any Database, Journal) async throws -> T) async throws -> T {
  try await withDatabase(engine) { database in
    try await database.migrate(Journal.migrations)
    return try await body(database, Journal(district: "d"))
  }
}

extension Journal {
  /// Appends one event behind whatever the stream holds.
  @discardableResult
  func add(_ kind: String, to stream: String, on connection: any Connection) throws -> RecordedEvent {
    let last = try read(stream: stream, on: connection).last
    let version = last?.version ?? 0
    return try append(
      [NewEvent(kind: kind, body: #"{"n":\#(version)}"#)], to: stream, expecting: version, previous: last?.hash,
      at: 1_700_000_000_000 + Int64(version), actor: "tester", on: connection)[0]
  }
}

/// The first `count` events, as a follower comes to see them.
func follow(_ journal: Journal, in database: any Database, count: Int) async throws -> [RecordedEvent] {
  var events: [RecordedEvent] = []
  let wakes = database.wakes(channel: Journal.channel)
  while events.count < count {
    try Task.checkCancellation()
    let position = events.last?.position ?? .start
    let next = try await database.read { try journal.tail(after: position, limit: 7, on: $0) }
    events += next
    if next.isEmpty { for await _ in wakes { break } }
  }
  return events
}
