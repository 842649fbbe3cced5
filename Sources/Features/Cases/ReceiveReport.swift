import Domain
import SQL

/// Takes a report in at any door: it becomes a case, is judged where the rules are certain, and goes to the one body
/// responsible. All in one transaction; what is answered is stored.
public struct ReceiveReport: Sendable {
  let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// - Throws: ``ReportFault`` and `Rejection` for a report that cannot be taken, ``RequestKeyReused``.
  public func callAsFunction(_ report: IncomingReport, by actor: Actor, key: RequestKey? = nil) async throws
    -> Receipt
  {
    let prepared = try prepare(report)
    return try await site.database.write { connection in
      try site.once(key, on: connection) { try receive(prepared, by: actor, on: connection) }
    }
  }

  /// A report checked, its words sealed and its cues found: what needs no database.
  struct Prepared: Sendable {
    let facts: ReportFacts
    let triage: Triage
    let sealed: Vault.Sealed?
    let caseID: String
  }

  /// - Parameter isHistory: it was received elsewhere when it was said; otherwise it is received now.
  func prepare(_ report: IncomingReport, isHistory: Bool = false) throws -> Prepared {
    try check(report)
    let now = site.now()
    let pack = site.pack
    let place = try report.place.map { code throws(Rejection) -> Place in
      guard let place = pack.place(code) else { throw .unknownPlace(code) }
      return place
    }
    let (division, point) = try locate(report, place: place, trustsDivision: isHistory)
    let triage = site.packs.triage.triage(
      text: report.text, kind: report.kind, door: report.door, place: report.place)
    let id = site.makeID()
    let facts = ReportFacts(
      id: id, door: report.door, isPoliceDoor: pack.desk(door: report.door).flatMap(pack.agency)?.isPolice ?? false,
      kind: report.kind, place: place?.code ?? point.flatMap { pack.place(containing: $0)?.code }, division: division,
      point: point?.rounded(digits: pack.windows.pointDigits), saidAt: report.saidAt ?? now,
      receivedAt: isHistory ? report.saidAt ?? now : now, vault: id, dangers: triage.dangers.map(\.danger.code))
    let words = ReportWords(
      text: report.text, reporterName: report.reporterName, reporterContact: report.reporterContact,
      address: report.address, coordinate: report.coordinate,
      attributes: report.attributes.isEmpty ? nil : report.attributes)
    return Prepared(facts: facts, triage: triage, sealed: try site.vault.seal(words, as: id), caseID: site.makeID())
  }

  func receive(_ prepared: Prepared, by actor: Actor, on connection: any Connection) throws -> Receipt {
    let store = CaseStore(site: site, connection: connection)
    let decider = CaseDecider(pack: site.pack)
    let facts = prepared.facts
    let at = site.now()
    let opened = try decider.open(facts, by: actor, at: at)
    if let sealed = prepared.sealed { try site.vault.store(sealed, district: site.district, on: connection) }
    var record = try store.found(prepared.caseID, with: opened, by: actor.id, at: at)
    try judge(&record, prepared, decider, store, at: at)
    try store.writeViews(record, replacing: nil)
    return Receipt(report: facts.id, case: prepared.caseID, phase: record.state.phase,
                   kind: record.state.judgement?.kind ?? facts.kind, agency: record.state.assignment?.agency,
                   receivedAt: facts.receivedAt)
  }

  /// Judges and assigns where the rules are certain; where they abstain, or danger speaks against it, a person decides.
  private func judge(
    _ record: inout CaseRecord, _ prepared: Prepared, _ decider: CaseDecider, _ store: CaseStore, at: Instant
  ) throws {
    guard !prepared.triage.abstains, let best = prepared.triage.suggestions.first else { return }
    let rules = Actor(id: "system:triage", role: .system, division: site.district)
    let same = SamePlace(site: site, connection: store.connection)
    let repeats = try same.earlierReports(of: record.state, kind: best.kind.code)
    let judgement = CaseCommand.Judgement(
      kind: best.kind.code, basis: best.basis, certainty: best.certainty, repeats: repeats)
    var events = try decider.decide(CaseCommand(.judge(judgement), by: rules, at: at), record.state)
    try store.append(events, to: &record, by: rules.id, at: at)
    try same.markReturned(record.state, kind: best.kind.code, store: store, at: at)
    guard let assignment = responsible(record.state, kind: best.kind.code, at: at) else { return }
    events = try decider.decide(CaseCommand(.assign(assignment), by: rules, at: at), record.state)
    try store.append(events, to: &record, by: rules.id, at: at)
  }

  private func responsible(_ state: CaseState, kind: String, at: Instant) -> CaseCommand.Assignment? {
    let pack = site.pack
    guard let line = pack.responsibility.responsible(
      kind: kind, division: state.firstReport.division, at: at, pack: pack),
      let agency = pack.agency(line.agency)
    else { return nil }
    // The rules never send a report with a danger cue away from police and rescue; a person looks at it first.
    guard state.dangers.isEmpty || agency.isPolice || agency.isRescue else { return nil }
    return .init(agency: line.agency, supporting: line.supporting, basis: line.source)
  }

  /// The division, and the point if it lies in the city: a wrong fix of a known division must not stand on the map.
  /// - Parameter trustsDivision: what a source of the past says itself counts before the point.
  private func locate(_ report: IncomingReport, place: Place?, trustsDivision: Bool) throws
    -> (division: String, point: Coordinate?)
  {
    if let place { return (place.division, report.coordinate ?? place.centre) }
    let found = report.coordinate.flatMap(site.pack.division(containing:))
    let point = found == nil ? nil : report.coordinate
    if let found, !trustsDivision || report.division == nil { return (found.code, point) }
    guard let code = report.division else {
      throw report.coordinate == nil ? ReportFault.locationMissing : Rejection.outsideCity
    }
    guard site.pack.division(code) != nil else { throw Rejection.unknownDivision(code) }
    return (code, point)
  }

  private func check(_ report: IncomingReport) throws {
    guard !report.text.isEmpty || report.kind != nil else { throw ReportFault.textMissing }
    guard report.text.count <= ReportLimits.textCharactersMax else { throw ReportFault.textTooLong }
    let fields = [("name", report.reporterName), ("contact", report.reporterContact), ("address", report.address)]
    for (name, value) in fields + report.attributes.map({ ($0.key, $0.value) })
    where (value?.count ?? 0) > ReportLimits.fieldCharactersMax { throw ReportFault.fieldTooLong(name) }
    guard report.attributes.count <= ReportLimits.attributesMax else { throw ReportFault.tooManyAttributes }
    if let point = report.coordinate, !point.isValid { throw ReportFault.coordinateImpossible }
    if let said = report.saidAt {
      guard said <= site.now() + ReportLimits.futureMax, said > Instant(milliseconds: 0) else {
        throw ReportFault.timeImpossible
      }
    }
    if let kind = report.kind {
      guard site.pack.kind(kind) != nil else { throw Rejection.unknownKind(kind) }
    }
    guard site.pack.desk(door: report.door) != nil else { throw Rejection.unknownDoor(report.door) }
  }
}

extension Coordinate {
  /// Rounded to so many digits of a degree: 3 is a block.
  func rounded(digits: Int) -> Coordinate {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    return Coordinate(latitude: (latitude * scale).rounded() / scale, longitude: (longitude * scale).rounded() / scale)
  }
}

extension Triage.Suggestion {
  /// The weightiest reason, as the journal keeps it: words of the pack, never of the reporter.
  var basis: String {
    switch reasons.first {
    case .cue(let word, _): "cue:\(word)"
    case .reported: "reported"
    case .prior(let source, _): source
    case nil: "rules"
    }
  }
}
