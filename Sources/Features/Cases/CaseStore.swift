import Domain
import Journal
import SQL

/// Loads and appends cases inside one transaction: the journal first, the views from what it says.
struct CaseStore {
  let site: Installation
  let connection: any Connection

  func load(_ id: String) throws -> CaseRecord? {
    try CaseRecord(id: id, events: site.journal.read(stream: CaseRecord.stream(id), on: connection))
  }

  /// - Throws: ``Rejection/unknownCase``.
  func existing(_ id: String) throws -> CaseRecord {
    guard let record = try load(id) else { throw Rejection.unknownCase }
    return record
  }

  /// Decides by the pack that judged the case.
  func decider(for state: CaseState) throws -> CaseDecider {
    CaseDecider(pack: try site.packs.pack(state.pack, on: connection))
  }

  /// Appends events to the stream and folds them in; the views are written by ``writeViews(_:replacing:)``.
  func append(_ events: [CaseEvent], to record: inout CaseRecord, by actor: String, at: Instant) throws {
    guard !events.isEmpty else { return }
    let recorded = try site.journal.append(
      events.map(CaseEventCodec.encode), to: CaseRecord.stream(record.state.id), expecting: record.state.version,
      previous: record.lastHash, at: at.milliseconds, actor: actor, on: connection)
    for event in events { record.evolve(event, at: at) }
    record.lastHash = recorded[recorded.count - 1].hash
  }

  func writeViews(_ record: CaseRecord, replacing before: CaseRecord) throws {
    let grid = site.pack.grid
    try CaseViews(record, grid: grid).write(
      replacing: CaseViews(before, grid: grid), district: site.district, on: connection)
  }

  /// Loads, decides, appends, writes the views: one command on one case.
  /// - Returns: the case after it. A stream's time never runs backwards, whatever a node's clock says.
  @discardableResult
  func perform(_ action: CaseCommand.Action, on id: String, by actor: Actor, at now: Instant) throws -> CaseRecord {
    let before = try existing(id)
    return try perform(action, on: before, by: actor, at: now)
  }

  func perform(_ action: CaseCommand.Action, on before: CaseRecord, by actor: Actor, at now: Instant,
               own: OwnTime? = nil) throws -> CaseRecord {
    let at = max(now, before.state.lastAt)
    let command = CaseCommand(action, by: actor, at: at, own: own)
    let decided = try decider(for: before.state).decide(command, before.state)
    guard !decided.isEmpty else { return before }
    let events = try DocumentNumbers(site: site, connection: connection).number(decided, at: at)
    var record = before
    try append(events, to: &record, by: actor.id, at: at)
    try writeViews(record, replacing: before)
    return record
  }
}
