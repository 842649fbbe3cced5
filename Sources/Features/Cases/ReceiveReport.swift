import Domain
import Foundation
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
    let foreseen = try await foresee(prepared, by: actor)
    return try await site.database.write { connection in
      let decided = try decide(prepared, by: actor, foreseen, on: connection)
      return try site.once(key, answering: decided.receipt, as: decided.answer, on: connection) {
        try store(decided, on: connection)
      }
    }
  }

  /// A report checked, its words sealed and its cues found: what needs no database.
  struct Prepared: Sendable {
    let facts: ReportFacts
    let triage: Triage
    let sealed: Vault.Sealed?
    let caseID: String
    /// What models said, shown or not.
    let learned: [(said: Triage.Learned, isShadow: Bool)]
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
    // The past was judged when it happened.
    let learned = isHistory ? [] : site.models.compactMap { model in
      model.look(report.text).map { (said: $0, isShadow: model.isShadow) }
    }
    let triage = site.packs.triage.triage(
      text: report.text, kind: report.kind, door: report.door, place: report.place,
      learned: learned.first { !$0.isShadow }?.said)
    let id = site.makeID()
    let facts = ReportFacts(
      id: id, door: report.door, isPoliceDoor: pack.desk(door: report.door).flatMap(pack.agency)?.isPolice ?? false,
      kind: report.kind, place: place?.code ?? point.flatMap { pack.place(containing: $0)?.code }, division: division,
      point: point?.rounded(digits: pack.windows.pointDigits), saidAt: report.saidAt ?? now,
      receivedAt: isHistory ? report.saidAt ?? now : now, vault: id, dangers: triage.dangers.map(\.danger.code),
      plate: report.plate)
    let words = ReportWords(
      text: report.text, reporterName: report.reporterName, reporterContact: report.reporterContact,
      address: report.address, coordinate: report.coordinate,
      attributes: report.attributes.isEmpty ? nil : report.attributes,
      photos: report.photos.isEmpty ? nil : report.photos.map { Data($0).base64EncodedString() })
    return Prepared(facts: facts, triage: triage, sealed: try site.vault.seal(words, as: id), caseID: site.makeID(),
                    learned: learned)
  }

  /// A report with the case that it founds, as statements.
  struct Decided: Sendable {
    let prepared: Prepared
    /// Earlier reports of the same kind at the same place.
    let repeats: [String: String]
    let statements: [Statement]
    let receipt: Receipt
    /// The receipt as a repeated request is answered.
    let answer: String
  }

  /// What will most likely be decided, made on the caller's thread where all wait for one writer, which then only has
  /// to see that no more earlier reports have come. Nil where every transaction has a thread of its own.
  func foresee(_ prepared: Prepared, by actor: Actor) async throws -> Decided? {
    guard site.database.dialect == .sqlite else { return nil }
    let known = try await site.database.read { [self] in try repeats(of: prepared, on: $0) }
    return try decide(prepared, by: actor, repeats: known)
  }

  func decide(_ prepared: Prepared, by actor: Actor, _ foreseen: Decided?, on connection: any Connection) throws
    -> Decided
  {
    let repeats = try repeats(of: prepared, on: connection)
    if let foreseen, foreseen.repeats == repeats { return foreseen }
    return try decide(prepared, by: actor, repeats: repeats)
  }

  func store(_ decided: Decided, on connection: any Connection) throws {
    try FoundedCase.run(decided.statements, on: connection)
    let prepared = decided.prepared
    guard let kind = prepared.triage.certain?.kind.code else { return }
    try SamePlace(site: site, connection: connection)
      .markReturned(by: prepared.facts, of: prepared.caseID, kind: kind, at: prepared.facts.receivedAt)
  }

  private func repeats(of prepared: Prepared, on connection: any Connection) throws -> [String: String] {
    guard let kind = prepared.triage.certain?.kind.code else { return [:] }
    return try SamePlace(site: site, connection: connection).earlierReports(of: [prepared.facts], kind: kind)
  }

  private func decide(_ prepared: Prepared, by actor: Actor, repeats: [String: String]) throws -> Decided {
    let draft = try found(prepared, by: actor, repeats: repeats)
    let state = draft.record.state
    let receipt = Receipt(
      report: prepared.facts.id, case: state.id, phase: state.phase,
      kind: state.judgement?.kind ?? prepared.facts.kind, agency: state.assignment?.agency,
      receivedAt: prepared.facts.receivedAt)
    let founded = FoundedCase(draft, sealed: prepared.sealed, site: site)
    return Decided(prepared: prepared, repeats: repeats,
                   statements: FoundedCase.statements([founded], district: site.district) + learned(prepared),
                   receipt: receipt, answer: try SortedJSON.text(receipt))
  }

  /// What models said, to be written with the report.
  private func learned(_ prepared: Prepared) -> [Statement] {
    prepared.learned.map { said, isShadow in
      LearnedTriage.statement(
        said, isShadow: isShadow, report: prepared.facts.id, at: prepared.facts.receivedAt, district: site.district)
    }
  }

  /// Opens the case; judges and assigns it where the rules are certain. Where they abstain, or danger speaks against
  /// it, a person decides.
  private func found(_ prepared: Prepared, by actor: Actor, repeats: [String: String]) throws -> FoundedCase.Draft {
    let decider = CaseDecider(pack: site.pack)
    let at = prepared.facts.receivedAt
    let opened = try decider.open(prepared.facts, by: actor, at: at)
    var draft = try FoundedCase.Draft(id: prepared.caseID, founding: opened, by: actor.id, at: at)
    if let best = prepared.triage.certain {
      let rules = Actor(id: "system:triage", role: .system, division: site.district)
      let judgement = CaseCommand.Judgement(
        kind: best.kind.code, basis: best.basis, certainty: best.certainty, repeats: repeats)
      try draft.append(
        decider.decide(CaseCommand(.judge(judgement), by: rules, at: at), draft.record.state), by: rules.id)
      let line = site.pack.responsible(
        kind: best.kind.code, division: prepared.facts.division, isDangerous: !prepared.facts.dangers.isEmpty, at: at)
      if let line {
        let assignment = CaseCommand.Assignment(
          agency: line.agency, supporting: line.supporting, basis: line.source)
        try draft.append(
          decider.decide(CaseCommand(.assign(assignment), by: rules, at: at), draft.record.state), by: rules.id)
      }
    }
    return draft
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
    case .learned(let model, _, _): "model:\(model)"
    case nil: "rules"
    }
  }
}
