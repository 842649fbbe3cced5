import Domain

/// The counterpart of ``JSONBytes/write(_:)`` for the same events.
extension CanonicalJSON {
  mutating func opened() throws(Other) -> CaseEvent.Opened {
    try expect(#"{"desk":"#)
    let desk = try string()
    try expect(#","dues":"#)
    let dues = try list { json throws(Other) in try json.due() }
    let history = skips(#","history":"#) ? try history() : nil
    try expect(#","pack":"#)
    let pack = try string()
    try expect(#","report":"#)
    let report = try report()
    try expect("}")
    return .init(report: report, desk: desk, pack: pack, dues: dues, history: history)
  }

  mutating func judged() throws(Other) -> CaseEvent.Judged {
    try expect(#"{"basis":"#)
    let basis = try string()
    let certainty = skips(#","certainty":"#) ? try real() : nil
    try expect(#","dues":"#)
    let dues = try list { json throws(Other) in try json.due() }
    try expect(#","jurisdiction":"#)
    let jurisdiction: Jurisdiction = try word()
    try expect(#","kind":"#)
    let kind = try string()
    try expect(#","repeats":"#)
    let repeats = try dictionary()
    try expect(#","severity":"#)
    let severity: Severity = try word()
    try expect("}")
    return .init(kind: kind, jurisdiction: jurisdiction, severity: severity, basis: basis, certainty: certainty,
                 repeats: repeats, dues: dues)
  }

  mutating func assigned() throws(Other) -> CaseEvent.Assigned {
    try expect(#"{"agency":"#)
    let agency = try string()
    try expect(#","basis":"#)
    let basis = try string()
    let document = skips(#","document":{"number":"#) ? try document() : nil
    let due = skips(#","due":"#) ? try due() : nil
    try expect(#","isPolice":"#)
    let isPolice = try bool()
    try expect(#","supporting":"#)
    let supporting = try list { json throws(Other) in try json.string() }
    try expect("}")
    return .init(agency: agency, isPolice: isPolice, supporting: supporting, basis: basis, due: due,
                 document: document)
  }

  private mutating func document() throws(Other) -> CaseEvent.Document {
    let number = Int(try integer())
    try expect(#","text":"#)
    let text = try string()
    try expect(#","year":"#)
    let year = Int(try integer())
    try expect("}")
    return .init(year: year, number: number, text: text)
  }

  private mutating func history() throws(Other) -> CaseEvent.History {
    if skips("{}") { return .init(judgement: nil) }
    try expect(#"{"judgement":{"jurisdiction":"#)
    let jurisdiction: Jurisdiction = try word()
    try expect(#","kind":"#)
    let kind = try string()
    try expect(#","severity":"#)
    let severity: Severity = try word()
    try expect("}}")
    return .init(judgement: .init(kind: kind, jurisdiction: jurisdiction, severity: severity))
  }

  private mutating func due() throws(Other) -> Due {
    try expect(#"{"at":"#)
    let end = try instant()
    try expect(#","clock":"#)
    let clock: Allowance.Clock = try word()
    try expect(#","from":"#)
    let from = try instant()
    try expect(#","rungs":"#)
    let rungs = try list { json throws(Other) in try json.instant() }
    try expect(#","step":"#)
    let step: DeadlineStep = try word()
    try expect("}")
    return Due(step: step, from: from, at: end, clock: clock, rungs: rungs)
  }

  private mutating func report() throws(Other) -> ReportFacts {
    try expect(#"{"dangers":"#)
    let dangers = try list { json throws(Other) in try json.string() }
    try expect(#","division":"#)
    let division = try string()
    try expect(#","door":"#)
    let door = try string()
    try expect(#","id":"#)
    let id = try string()
    try expect(#","isPoliceDoor":"#)
    let isPoliceDoor = try bool()
    let kind = skips(#","kind":"#) ? try string() : nil
    let place = skips(#","place":"#) ? try string() : nil
    let plate = skips(#","plate":"#) ? try plate() : nil
    let point = skips(#","point":"#) ? try point() : nil
    try expect(#","receivedAt":"#)
    let received = try instant()
    try expect(#","saidAt":"#)
    let said = try instant()
    let vault = skips(#","vault":"#) ? try string() : nil
    try expect("}")
    return ReportFacts(
      id: id, door: door, isPoliceDoor: isPoliceDoor, kind: kind, place: place, division: division, point: point,
      saidAt: said, receivedAt: received, vault: vault, dangers: dangers,
      plate: plate)
  }

  private mutating func plate() throws(Other) -> PlateMark {
    let away = skips(#"{"awayMetres":"#) ? Int(try integer()) : nil
    try expect(away == nil ? #"{"number":"# : #","number":"#)
    let number = Int(try integer())
    try expect("}")
    return PlateMark(number: number, awayMetres: away)
  }

  private mutating func point() throws(Other) -> Coordinate {
    try expect(#"{"latitude":"#)
    let latitude = try real()
    try expect(#","longitude":"#)
    let longitude = try real()
    try expect("}")
    return Coordinate(latitude: latitude, longitude: longitude)
  }

  private mutating func instant() throws(Other) -> Instant { Instant(milliseconds: try integer()) }
}
