import Domain
import SQL

/// The row of a scenario that was decided about: a pure function of its stream, a column for each thing that lists ask.
/// How it came to be is read from the stream. Where the columns change, ``ViewBuild/reckoning`` is raised.
enum ScenarioViews {
  static let table = ViewTable(
    "scenarios", keys: ["id"],
    values: [
      "version", "kind", "place", "from_hour", "to_hour", "verdict", "role", "reason", "note", "decided_at", "edition",
      "first_day", "last_day", "at_least", "share", "share_elsewhere",
    ])

  static func row(_ record: ScenarioRecord) -> ViewTable.Row {
    let (scenario, standing) = (record.state.scenario, record.state.standing)
    let (body, evidence) = (standing.body, standing.body.evidence)
    return .init(
      key: [.text(scenario.id)],
      values: [
        record.version.sqlValue, .text(scenario.kind), .text(scenario.place), scenario.from.sqlValue,
        scenario.to.sqlValue, .text(standing.verdict.rawValue), .text(body.role.rawValue), .text(body.reason),
        body.note.sqlValue, standing.at.sqlValue, evidence.edition.sqlValue, .text(evidence.firstDay),
        .text(evidence.lastDay), evidence.atLeast.sqlValue, evidence.share.sqlValue, evidence.shareElsewhere.sqlValue,
      ])
  }

  static let migrations: [Migration] = [
    Migration(
      "index/3 scenarios",
      """
      CREATE TABLE scenarios (
        district TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL,
        from_hour BIGINT NOT NULL, to_hour BIGINT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN (\(ScenarioVerdict.allCases.quoted))),
        role TEXT NOT NULL, reason TEXT NOT NULL, note TEXT, decided_at BIGINT NOT NULL, edition BIGINT NOT NULL,
        first_day TEXT NOT NULL, last_day TEXT NOT NULL, at_least BIGINT NOT NULL, share DOUBLE PRECISION NOT NULL,
        share_elsewhere DOUBLE PRECISION NOT NULL, PRIMARY KEY (district, id));
      """)
  ]
}
