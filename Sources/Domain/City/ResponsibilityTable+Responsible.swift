extension ResponsibilityTable {
  /// The one line that says who answers for a case of this kind in this division at this moment; its `source` is the
  /// explanation. Nil only for a kind or division that the pack does not have: its check proves a line for the rest.
  public func responsible(kind: String, division: String, at instant: Instant, pack: CityPack) -> Line? {
    responsible(kind: kind, division: division, isOffice: pack.calendar.isOpen(at: instant), pack: pack)
  }

  /// The same for a class of hours.
  public func responsible(kind: String, division: String, isOffice: Bool, pack: CityPack) -> Line? {
    guard let kind = pack.index.kinds[kind], let division = pack.index.divisions[division] else { return nil }
    return candidates(kind: kind, division: division, isOffice: isOffice, pack: pack).first.map { lines[$0] }
  }

  /// The lines at the deepest kind and then area that has any for these hours: exactly one in a sound pack.
  func candidates(kind: Int, division: Int, isOffice: Bool, pack: CityPack) -> [Int] {
    for kind in pack.index.kindPaths[kind] {
      for area in pack.index.divisionPaths[division] {
        guard let found = pack.index.lines[.init(kind: kind, area: area)] else { continue }
        if found.count == 1, lines[found[0]].hours == .always { return found }
        let matching = found.filter { lines[$0].hours.matches(isOffice: isOffice) }
        if !matching.isEmpty { return matching }
      }
    }
    return []
  }
}

extension ResponsibilityTable.Hours {
  public func matches(isOffice: Bool) -> Bool {
    switch self {
    case .always: true
    case .office: isOffice
    case .outsideOffice: !isOffice
    }
  }
}

extension CityPack {
  /// The line that names who answers. Nil as well where a danger cue stands and that body is neither police nor
  /// rescue: the rules never send such a report away, a person looks at it first.
  public func responsible(kind: String, division: String, isDangerous: Bool, at instant: Instant)
    -> ResponsibilityTable.Line?
  {
    guard let line = responsibility.responsible(kind: kind, division: division, at: instant, pack: self),
      let agency = agency(line.agency)
    else { return nil }
    return isDangerous && !agency.takesDanger ? nil : line
  }
}

extension Agency {
  /// Whether a report with a danger cue may go there.
  public var takesDanger: Bool { isPolice || isRescue }
}
