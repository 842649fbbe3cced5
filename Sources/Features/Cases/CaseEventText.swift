import Domain

/// The events that every report causes, written field by field in the order of their names: the text that
/// ``SortedJSON`` gives, which a test holds it to, in a fraction of the time.
extension JSONBytes {
  mutating func write(_ opened: CaseEvent.Opened) throws {
    raw(#"{"desk":"#)
    string(opened.desk)
    raw(#","dues":"#)
    list(opened.dues) { $0.write($1) }
    if let history = opened.history {
      raw(#","history":"#)
      bytes += try SortedJSON.encode(history)
    }
    raw(#","pack":"#)
    string(opened.pack)
    raw(#","report":"#)
    try write(opened.report)
    raw("}")
  }

  mutating func write(_ judged: CaseEvent.Judged) throws {
    raw(#"{"basis":"#)
    string(judged.basis)
    if let certainty = judged.certainty {
      raw(#","certainty":"#)
      try real(certainty)
    }
    raw(#","dues":"#)
    list(judged.dues) { $0.write($1) }
    raw(#","jurisdiction":"#)
    string(judged.jurisdiction.rawValue)
    raw(#","kind":"#)
    string(judged.kind)
    raw(#","repeats":"#)
    bytes += try SortedJSON.encode(judged.repeats)
    raw(#","severity":"#)
    string(judged.severity.rawValue)
    raw("}")
  }

  mutating func write(_ assigned: CaseEvent.Assigned) {
    raw(#"{"agency":"#)
    string(assigned.agency)
    raw(#","basis":"#)
    string(assigned.basis)
    if let document = assigned.document {
      raw(#","document":{"number":"#)
      integer(document.number)
      raw(#","text":"#)
      string(document.text)
      raw(#","year":"#)
      integer(document.year)
      raw("}")
    }
    if let due = assigned.due {
      raw(#","due":"#)
      write(due)
    }
    raw(#","isPolice":"#)
    bool(assigned.isPolice)
    raw(#","supporting":"#)
    list(assigned.supporting) { $0.string($1) }
    raw("}")
  }

  private mutating func write(_ due: Due) {
    raw(#"{"at":"#)
    integer(due.at.milliseconds)
    raw(#","clock":"#)
    string(due.clock.rawValue)
    raw(#","from":"#)
    integer(due.from.milliseconds)
    raw(#","rungs":"#)
    list(due.rungs) { $0.integer($1.milliseconds) }
    raw(#","step":"#)
    string(due.step.rawValue)
    raw("}")
  }

  private mutating func write(_ report: ReportFacts) throws {
    raw(#"{"dangers":"#)
    list(report.dangers) { $0.string($1) }
    raw(#","division":"#)
    string(report.division)
    raw(#","door":"#)
    string(report.door)
    raw(#","id":"#)
    string(report.id)
    raw(#","isPoliceDoor":"#)
    bool(report.isPoliceDoor)
    if let kind = report.kind {
      raw(#","kind":"#)
      string(kind)
    }
    if let place = report.place {
      raw(#","place":"#)
      string(place)
    }
    if let plate = report.plate { write(plate) }
    if let point = report.point {
      raw(#","point":{"latitude":"#)
      try real(point.latitude)
      raw(#","longitude":"#)
      try real(point.longitude)
      raw("}")
    }
    raw(#","receivedAt":"#)
    integer(report.receivedAt.milliseconds)
    raw(#","saidAt":"#)
    integer(report.saidAt.milliseconds)
    if let vault = report.vault {
      raw(#","vault":"#)
      string(vault)
    }
    raw("}")
  }

  private mutating func write(_ plate: PlateMark) {
    raw(#","plate":{"#)
    if let metres = plate.awayMetres {
      raw(#""awayMetres":"#)
      integer(metres)
      raw(",")
    }
    raw(#""number":"#)
    integer(plate.number)
    raw("}")
  }
}
