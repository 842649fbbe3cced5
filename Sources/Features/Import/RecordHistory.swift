import Domain
import Journal
import SQL

/// Records of the past, taken over from elsewhere: each a case that is over, in the journal, the views and the vault
/// like any other, made ready without the database and written many at once.
struct RecordHistory: Sendable {
  let site: Installation
  let actor: Actor
  private let intake: ReceiveReport
  private let decider: CaseDecider

  init(_ site: Installation, by actor: Actor) {
    self.site = site
    self.actor = actor
    intake = ReceiveReport(site)
    decider = CaseDecider(pack: site.pack)
  }

  /// All that is written for one record.
  final class Ready: Sendable {
    let founding: Journal.Founding
    let views: CaseViews
    let sealed: Vault.Sealed?

    init(founding: Journal.Founding, views: CaseViews, sealed: Vault.Sealed?) {
      self.founding = founding
      self.views = views
      self.sealed = sealed
    }
  }

  /// - Throws: ``ReportFault``, `Rejection`.
  func prepare(_ report: IncomingReport) throws -> Ready {
    let prepared = try intake.prepare(report, isHistory: true)
    let kind = report.kind ?? (prepared.triage.abstains ? nil : prepared.triage.suggestions.first?.kind.code)
    let event = try decider.record(prepared.facts, kind: kind, by: actor)
    let at = site.now()
    let record = try CaseRecord(id: prepared.caseID, founding: event, at: at)
    let founding = site.journal.founding(
      try CaseEventCodec.encode(event), of: CaseRecord.stream(prepared.caseID), at: at.milliseconds, actor: actor.id)
    return Ready(founding: founding, views: CaseViews(record, grid: site.pack.grid), sealed: prepared.sealed)
  }

  static func write(_ records: [Ready], site: Installation, on connection: any Connection) throws {
    try site.journal.found(records.map(\.founding), on: connection)
    try site.vault.store(records.compactMap(\.sealed), district: site.district, on: connection)
    try CaseViews.found(records.map(\.views), district: site.district, on: connection)
  }
}

extension CaseViews {
  /// Writes the views of many new cases, table by table.
  static func found(_ views: [CaseViews], district: String, on connection: any Connection) throws {
    try caseTable.write(views.flatMap(\.cases), isNew: true, district: district, on: connection)
    try reportTable.write(views.flatMap(\.reports), isNew: true, district: district, on: connection)
    try deadlineTable.write(views.flatMap(\.deadlines), isNew: true, district: district, on: connection)
    try rateTable.write(views.flatMap(\.rates), isNew: true, district: district, on: connection)
  }
}

extension Vault {
  private static let entries = ViewTable("vault_entries", keys: ["reference"], values: ["content"])
  private static let keys = ViewTable("vault_keys", keys: ["reference"], values: ["wrapped"])

  /// Stores many new entries at once.
  func store(_ sealed: [Sealed], district: String, on connection: any Connection) throws {
    let entries = sealed.map { ViewTable.Row(key: [.text($0.reference)], values: [.blob($0.content)]) }
    let keys = sealed.map { ViewTable.Row(key: [.text($0.reference)], values: [.blob($0.wrappedKey)]) }
    try Self.entries.write(entries, isNew: true, district: district, on: connection)
    try Self.keys.write(keys, isNew: true, district: district, on: connection)
  }
}
