import Domain

extension IncidentStore {
  /// All reports that were said in a period, as ``IncidentTable/read(from:to:division:of:)`` reads them out of the
  /// views, in whole seconds.
  /// - Parameters:
  ///   - to: exclusive.
  ///   - division: with all below; nil for the whole district.
  /// - Throws: ``NotGathered``.
  public func table(from: Instant, to: Instant, division: String? = nil) throws -> IncidentTable {
    var table = IncidentTable()
    let parts = try segments().map { (segment: $0, rows: $0.rows(from: from, to: to)) }.filter { !$0.rows.isEmpty }
    table.reserveCapacity(division == nil ? parts.reduce(0) { $0 + $1.rows.count } : 0)
    for (segment, rows) in parts {
      guard let division else {
        table.append(segment, rows)
        continue
      }
      let isInside = segment.divisions.list.map { CountQuestion.isDivision($0, within: division) }
      let wanted = segment.withColumns { columns in rows.filter { isInside[Int(columns.division[$0])] } }
      table.append(segment, wanted)
    }
    return table
  }
}

extension IncidentTable {
  fileprivate mutating func append(_ segment: IncidentSegment, _ rows: some Collection<Int>) {
    let placeNumbers = segment.places.list.map { UInt32(places.number($0)) }
    let kindNumbers = segment.kinds.list.map { UInt16(kinds.number($0)) }
    let divisionNumbers = segment.divisions.list.map { UInt16(divisions.number($0)) }
    let doorNumbers = segment.doors.list.map { UInt8(doors.number($0)) }
    let (base, firstDay) = (segment.base, Int32(segment.month.days.lowerBound))
    segment.withColumns { columns in
      seconds.append(contentsOf: rows.lazy.map { base + Int64(columns.second[$0]) })
      day.append(contentsOf: rows.lazy.map { firstDay + Int32(columns.day[$0]) })
      hour.append(contentsOf: rows.lazy.map { columns.hour[$0] })
      east.append(contentsOf: rows.lazy.map { columns.east[$0] })
      north.append(contentsOf: rows.lazy.map { columns.north[$0] })
      kind.append(contentsOf: rows.lazy.map { kindNumbers[Int(columns.kind[$0])] })
      place.append(contentsOf: rows.lazy.map { placeNumbers[Int(columns.place[$0])] })
      division.append(contentsOf: rows.lazy.map { divisionNumbers[Int(columns.division[$0])] })
      door.append(contentsOf: rows.lazy.map { doorNumbers[Int(columns.door[$0])] })
      isFirst.append(contentsOf: rows.lazy.map { columns.isFirst[$0] != 0 })
    }
  }
}
