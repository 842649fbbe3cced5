import Domain
import SQL

/// What waits for its time: the rungs of deadlines, and silence that counts as agreement.
///
/// Rows are claimed with a lease, and what follows is an ordinary command: a node that dies, or a row worked twice or
/// late, does no harm. Runs anywhere, on every node.
public struct Scheduler: Sendable {
  private let site: Installation
  /// Names this node in leases.
  private let node: String

  public init(_ site: Installation, node: String) {
    self.site = site
    self.node = node
  }

  public static let lease = Span.seconds(60)
  public static let batch = 100

  struct Work: Sendable {
    let caseID: String
    let step: String
    let rung: Int
  }

  /// Works off what is due now, at most one batch.
  /// - Returns: how many rows were claimed; fewer than ``batch`` means that nothing more is due.
  public func run() async throws -> Int {
    let now = site.now()
    let claimed = try await site.database.write { try claim(at: now, on: $0) }
    for work in claimed { try await perform(work, at: now) }
    try await site.database.write { try beat(at: now, on: $0) }
    return claimed.count
  }

  private func claim(at now: Instant, on connection: any Connection) throws -> [Work] {
    let skip: Statement = connection.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
    let due = try connection.all(
      """
      SELECT case_id, step, rung FROM case_deadlines
      WHERE district = \(site.district) AND fires_at <= \(now) AND lease_until <= \(now)
      ORDER BY fires_at LIMIT \(Self.batch)\(skip)
      """
    ) { Work(caseID: $0.text(0), step: $0.text(1), rung: $0.int(2)) }
    for work in due {
      try connection.run(
        """
        UPDATE case_deadlines SET lease_until = \(now + Self.lease), leased_by = \(node)
        WHERE district = \(site.district) AND case_id = \(work.caseID) AND step = \(work.step)
        """)
    }
    return due
  }

  private func perform(_ work: Work, at now: Instant) async throws {
    let actor = Actor(id: "system:scheduler", role: .system, division: site.district)
    let action: CaseCommand.Action? = work.step == CaseViews.silence
      ? .close : DeadlineStep(rawValue: work.step).map { .notice($0, rung: work.rung) }
    guard let action else { return }
    do {
      try await site.database.write { connection in
        _ = try CaseStore(site: site, connection: connection).perform(action, on: work.caseID, by: actor, at: now)
      }
    } catch is Rejection {
      // Something happened to the case since the row was claimed; its row says what comes next, if anything.
    }
  }

  /// Leaves a sign of life, which the watchdog reads.
  private func beat(at now: Instant, on connection: any Connection) throws {
    try connection.run(
      """
      INSERT INTO scheduler_beats (district, node, at) VALUES (\(site.district), \(node), \(now))
      ON CONFLICT (district, node) DO UPDATE SET at = excluded.at
      """)
  }

  public static let migrations: [Migration] = [
    Migration(
      "oversight/1 scheduler",
      """
      CREATE TABLE scheduler_beats (
        district TEXT NOT NULL, node TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (district, node));
      """)
  ]
}
