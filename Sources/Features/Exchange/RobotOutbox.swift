import Domain
import SQL

/// What the group robots of squads and agencies are to be told: put down while following the journal, and kept until it
/// has been said. A row names a case and what happened to it, no more; what is said of it is put together when it is.
///
/// Runs on every node. The place in the journal moves on in the transaction that puts the rows down, so that nothing is
/// told twice or left out; rows are claimed with a lease.
public struct RobotOutbox: Sendable {
  private let site: Installation
  private let follow: FollowCases
  /// Codes of the squads and agencies that have a robot.
  private let recipients: Set<String>

  public init(_ site: Installation, recipients: Set<String>) {
    self.site = site
    self.recipients = recipients
    follow = FollowCases(site)
  }

  /// One thing to be told.
  public struct Entry: Sendable, Hashable {
    public let id: String
    public let recipient: String
    public let caseID: String
    public let step: Step
    public let at: Instant
    public let attempts: Int
  }

  public static let lease = Span.seconds(60)
  /// What nobody could be told for so long is no news any more.
  public static let ageMax = Span.hours(12)
  private static let batchMax = 200

  static let migrations: [Migration] = [
    Migration(
      "exchange/1 robots",
      """
      CREATE TABLE robot_places (district TEXT PRIMARY KEY, position TEXT NOT NULL);
      CREATE TABLE robot_entries (
        district TEXT NOT NULL, id TEXT NOT NULL, recipient TEXT NOT NULL, case_id TEXT NOT NULL, step TEXT NOT NULL,
        at BIGINT NOT NULL, due_at BIGINT NOT NULL, attempts BIGINT NOT NULL, PRIMARY KEY (district, id));
      CREATE INDEX robot_entries_due ON robot_entries (district, due_at);
      """)
  ]

  // MARK: - Following

  /// Goes on in the journal from where any node stopped. The first time it begins at the end: old news are no news.
  public func gather() async throws {
    while try await gatherBatch() {}
  }

  /// - Returns: whether there may be more.
  private func gatherBatch() async throws -> Bool {
    let district = site.district
    let stored = try await site.database.read { connection in
      try connection.first("SELECT position FROM robot_places WHERE district = \(district)") { $0.text(0) }
    }
    guard let stored, let place = FollowPosition(stored) else {
      let head = try await follow.head()
      try await site.database.write { connection in
        try connection.run(
          """
          INSERT INTO robot_places (district, position) VALUES (\(district), \(head.text))
          ON CONFLICT (district) DO NOTHING
          """)
      }
      return false
    }
    let batch = try await follow(after: place, limit: Self.batchMax)
    guard batch.position != place else { return false }
    let entries = batch.changes.compactMap(entry)
    return try await site.database.write { connection in
      let moved = try connection.run(
        """
        UPDATE robot_places SET position = \(batch.position.text)
        WHERE district = \(district) AND position = \(stored)
        """)
      // Another node was first.
      guard moved == 1 else { return false }
      for entry in entries {
        try connection.run(
          """
          INSERT INTO robot_entries (district, id, recipient, case_id, step, at, due_at, attempts)
          VALUES (\(district), \(entry.id), \(entry.recipient), \(entry.caseID), \(entry.step.rawValue), \(entry.at),
            \(entry.at), 0)
          """)
      }
      return batch.isFull
    }
  }

  private func entry(_ change: CaseChange) -> Entry? {
    let body: String? = switch change.step {
    case .assigned, .jointlyOrdered: change.state.assignment?.agency
    case .dispatched: change.state.squad
    case .noticed: change.state.notices.last?.event.agency
    case .reopened: change.state.agency
    default: nil
    }
    guard let body, recipients.contains(body) else { return nil }
    return Entry(id: site.makeID(), recipient: body, caseID: change.state.id, step: change.step, at: change.at,
                 attempts: 0)
  }

  // MARK: - Telling

  /// Claims what is due, the oldest first.
  public func claim() async throws -> [Entry] {
    let now = site.now()
    return try await site.database.write { connection in
      try connection.run(
        "DELETE FROM robot_entries WHERE district = \(site.district) AND at < \(now - Self.ageMax)")
      let skip: Statement = connection.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
      let due = try connection.all(
        """
        SELECT id, recipient, case_id, step, at, attempts FROM robot_entries
        WHERE district = \(site.district) AND due_at <= \(now) ORDER BY due_at, id LIMIT \(Self.batchMax)\(skip)
        """
      ) { row in
        Step(rawValue: row.text(3)).map {
          Entry(id: row.text(0), recipient: row.text(1), caseID: row.text(2), step: $0,
                at: Instant(milliseconds: row.integer(4)), attempts: row.int(5))
        }
      }.compactMap { $0 }
      for entry in due {
        try connection.run(
          """
          UPDATE robot_entries SET due_at = \(now + Self.lease), attempts = attempts + 1
          WHERE district = \(site.district) AND id = \(entry.id)
          """)
      }
      return due
    }
  }

  /// The robot has said it.
  public func done(_ entries: [Entry]) async throws {
    try await site.database.write { connection in
      for entry in entries {
        try connection.run("DELETE FROM robot_entries WHERE district = \(site.district) AND id = \(entry.id)")
      }
    }
  }

  /// It could not: later again, each time twice as late, up to a quarter of an hour.
  public func failed(_ entries: [Entry]) async throws {
    let now = site.now()
    try await site.database.write { connection in
      for entry in entries {
        let wait = min(Span.seconds(5 << min(entry.attempts, 10)), .minutes(15))
        try connection.run(
          """
          UPDATE robot_entries SET due_at = \(now + wait) WHERE district = \(site.district) AND id = \(entry.id)
          """)
      }
    }
  }

  /// The case as it stands now; nil where it is gone.
  public func summary(_ entry: Entry) async throws -> CaseSummary? {
    try await site.database.read { connection in
      try CaseStore(site: site, connection: connection).load(entry.caseID).map { CaseSummary($0.state) }
    }
  }
}
