import Domain
import SQL

/// The read models of cases: what is shown, searched, counted and waited for. All of it is a pure function of a
/// ``CaseRecord``, so that one definition serves the transaction that appends, `verify` and `rebuild`.
struct CaseViews: Sendable {
  /// In the order of ``tables``.
  let rows: [[ViewTable.Row]]

  static let caseTable = ViewTable(
    "cases", keys: ["id"],
    values: [
      "version", "pack", "phase", "phase_since", "holder_role", "holder", "desk", "agency", "squad", "kind",
      "jurisdiction", "severity", "door", "division", "place", "place_key", "latitude", "longitude", "cell_column",
      "cell_row", "reports", "is_dangerous", "outcome", "opened_at", "last_at", "due_at", "closed_at", "paused_at",
      "merged_into", "refusals", "returns",
    ])
  static let reportTable = ViewTable(
    "case_reports", keys: ["id", "case_id"],
    values: ["door", "kind", "place_key", "division", "said_at", "received_at", "vault", "repeats",
             "closed_at", "latitude", "longitude", "is_first"])
  static let deadlineTable = ViewTable(
    "case_deadlines", keys: ["case_id", "step"], values: ["rung", "fires_at", "due_at", "division"],
    onChange: ", lease_until = 0, leased_by = NULL")
  static let rateTable = ViewTable(
    "rate_facts", keys: ["rate", "case_id", "fact", "version"],
    values: ["agency", "division", "kind", "door", "started_at", "counted_at", "seen_at", "known_at", "hit_at",
             "lost_at", "void_at"])
  static let noticeTable = ViewTable(
    "case_notices", keys: ["case_id", "number"],
    values: ["notice", "step", "rung", "addressee", "agency", "division", "started_at", "due_at", "at", "settled_at",
             "rectified_at"])
  static let documentTable = ViewTable(
    "case_documents", keys: ["case_id", "version"],
    values: ["sort", "year", "number", "text", "agency", "division", "at"])
  static let lossTable = ViewTable(
    "case_losses", keys: ["case_id"], values: ["kind", "division", "said_at", "yuan"])
  static let tables = [caseTable, reportTable, deadlineTable, rateTable, noticeTable, documentTable, lossTable]

  /// The step under which a silent reporter's agreement waits among the deadlines.
  static let silence = "silence"

  /// - Parameter grid: of the pack in force: cells are compared between cases of all versions.
  init(_ record: CaseRecord, grid: Grid) {
    let state = record.state
    rows = [
      [Self.caseRow(state, grid)],
      state.mergedInto == nil ? state.reports.map { Self.reportRow($0, state, grid) } : [],
      Self.deadlineRows(state),
      record.ledger.rows.map { Self.rateRow($0, case: state.id) },
      state.notices.enumerated().map { Self.noticeRow($1, number: $0 + 1, state) },
      state.documents.map { Self.documentRow($0, state) },
      Self.lossRows(state),
    ]
  }

  private static func caseRow(_ state: CaseState, _ grid: Grid) -> ViewTable.Row {
    let first = state.firstReport
    let cell = first.point.map(grid.cell)
    let due = state.pausedAt == nil ? state.openDues.map(\.at).min() : nil
    return .init(
      key: [.text(state.id)],
      values: [
        state.version.sqlValue, .text(state.pack), .text(state.phase.rawValue), state.phaseSince.sqlValue,
        .text(state.holder.role.rawValue), .text(state.holder.body), .text(state.desk),
        (state.assignment?.agency ?? state.agency).sqlValue, state.squadAtWork.sqlValue,
        state.judgement?.kind.sqlValue ?? .null, state.judgement?.jurisdiction.rawValue.sqlValue ?? .null,
        .text((state.judgement?.severity ?? .ordinary).rawValue),
        .text(first.door), .text(first.division), first.place.sqlValue, placeKey(first, grid).sqlValue,
        first.point?.latitude.sqlValue ?? .null, first.point?.longitude.sqlValue ?? .null,
        cell?.column.sqlValue ?? .null, cell?.row.sqlValue ?? .null, state.reports.count.sqlValue,
        (!state.dangers.isEmpty).sqlValue, state.outcome?.rawValue.sqlValue ?? .null, state.firstReportAt.sqlValue,
        state.lastAt.sqlValue, due?.sqlValue ?? .null, state.closedAt?.sqlValue ?? .null,
        state.pausedAt?.sqlValue ?? .null, state.mergedInto.sqlValue, state.refusals.sqlValue, state.returns.sqlValue,
      ])
  }

  /// The same place: its code, or else the cell of 250 m; nil where only the division is known.
  static func placeKey(_ report: ReportFacts, _ grid: Grid) -> String? {
    if let place = report.place { return place }
    guard let cell = report.point.map(grid.cell) else { return nil }
    return "\(cellPrefix)\(cell.column):\(cell.row)"
  }

  /// What the key of a place begins with that is no place of the pack.
  static let cellPrefix = "cell:"

  private static func reportRow(_ report: CaseState.Report, _ state: CaseState, _ grid: Grid) -> ViewTable.Row {
    let facts = report.facts
    return .init(
      key: [.text(facts.id), .text(state.id)],
      values: [
        .text(facts.door), (state.judgement?.kind ?? facts.kind).sqlValue,
        placeKey(facts, grid).sqlValue, .text(facts.division), facts.saidAt.sqlValue, facts.receivedAt.sqlValue,
        facts.vault.sqlValue, (state.judgement?.repeats[facts.id]).sqlValue, state.closedAt?.sqlValue ?? .null,
        facts.point?.latitude.sqlValue ?? .null, facts.point?.longitude.sqlValue ?? .null,
        (facts.id == state.firstReport.id).sqlValue,
      ])
  }

  private static func deadlineRows(_ state: CaseState) -> [ViewTable.Row] {
    guard !state.phase.isEnded, state.pausedAt == nil else { return [] }
    var rows = state.openDues.compactMap { due -> ViewTable.Row? in
      let rung = state.nextRung(due)
      guard due.rungs.indices.contains(rung) else { return nil }
      return row(state, due.step.rawValue, rung: rung, fires: due.rungs[rung], due: due.at)
    }
    if state.phase == .answered, let agrees = state.round.silenceAgreesAt {
      rows.append(row(state, silence, rung: 0, fires: agrees, due: agrees))
    }
    return rows
  }

  private static func row(_ state: CaseState, _ step: String, rung: Int, fires: Instant, due: Instant)
    -> ViewTable.Row
  {
    .init(key: [.text(state.id), .text(step)],
          values: [rung.sqlValue, fires.sqlValue, due.sqlValue, .text(state.firstReport.division)])
  }

  private static func rateRow(_ row: RateLedger.Row, case id: String) -> ViewTable.Row {
    let fact = row.fact
    return .init(
      key: [.text(fact.rate.rawValue), .text(id), .text(fact.key), row.version.sqlValue],
      values: [
        .text(fact.agency), .text(fact.division), .text(fact.kind), .text(fact.door), fact.startedAt.sqlValue,
        fact.countedAt.sqlValue, row.seenAt.sqlValue, row.knownAt.sqlValue, row.hitAt.sqlValue, row.lostAt.sqlValue,
        row.voidAt.sqlValue,
      ])
  }

  private static func noticeRow(_ notice: CaseState.Notice, number: Int, _ state: CaseState) -> ViewTable.Row {
    let event = notice.event
    return .init(
      key: [.text(state.id), number.sqlValue],
      values: [
        .text(event.notice.rawValue), .text(event.step.rawValue), event.rung.sqlValue, .text(event.addressee),
        .text(event.agency), .text(state.firstReport.division), event.from.sqlValue, event.due.sqlValue,
        notice.at.sqlValue, notice.settledAt?.sqlValue ?? .null, notice.rectifiedAt?.sqlValue ?? .null,
      ])
  }

  private static func documentRow(_ issued: CaseState.Issued, _ state: CaseState) -> ViewTable.Row {
    .init(
      key: [.text(state.id), issued.version.sqlValue],
      values: [
        .text(issued.sort.rawValue), issued.document.year.sqlValue, issued.document.number.sqlValue,
        .text(issued.document.text), .text(issued.agency), .text(state.firstReport.division), issued.at.sqlValue,
      ])
  }

  /// One where an outcome that stands says what was lost, so that a new report writes nothing here.
  private static func lossRows(_ state: CaseState) -> [ViewTable.Row] {
    guard let loss = state.loss, let kind = state.judgement?.kind, state.mergedInto == nil else { return [] }
    let first = state.firstReport
    return [.init(key: [.text(state.id)],
                  values: [.text(kind), .text(first.division), first.saidAt.sqlValue, loss.sqlValue])]
  }

  /// What writes the views of cases none of which has any yet, table by table, so that statements are full.
  static func insertions(_ views: [CaseViews], district: String) -> [Statement] {
    tables.enumerated().flatMap { index, table in
      table.insertions(views.flatMap { $0.rows[index] }, district: district)
    }
  }

  /// Writes what differs from `before`.
  func write(replacing before: CaseViews, district: String, on connection: any Connection) throws {
    for (table, (rows, old)) in zip(Self.tables, zip(rows, before.rows)) {
      let known = Dictionary(uniqueKeysWithValues: old.map { ($0.key, $0.values) })
      let kept = Set(rows.map(\.key))
      try table.remove(old.filter { !kept.contains($0.key) }, district: district, on: connection)
      try table.upsert(rows.filter { known[$0.key] != $0.values }, district: district, on: connection)
    }
  }
}

extension Instant: Bindable {
  public var sqlValue: Value { .integer(milliseconds) }
}
