extension CityPack {
  public func kind(_ code: String) -> Kind? { index.kinds[code].map { kinds[$0] } }
  public func agency(_ code: String) -> Agency? { index.agencies[code].map { agencies[$0] } }
  public func division(_ code: String) -> Division? { index.divisions[code].map { divisions[$0] } }
  public func place(_ code: String) -> Place? { index.places[code].map { places[$0] } }
  public func squad(_ code: String) -> SquadPlan? { index.squads[code].map { squads[$0] } }

  /// A case is only ever of a leaf of the tree of kinds.
  public func isLeaf(kind code: String) -> Bool { index.kinds[code].map { index.kindIsLeaf[$0] } ?? false }
  public func isLeaf(division code: String) -> Bool { index.divisions[code].map { index.divisionIsLeaf[$0] } ?? false }
  public var leafKinds: [Kind] { zip(kinds, index.kindIsLeaf).compactMap { $1 ? $0 : nil } }
  public var leafDivisions: [Division] { zip(divisions, index.divisionIsLeaf).compactMap { $1 ? $0 : nil } }

  /// The codes of a division and of those above it, itself first.
  public func divisionPath(_ code: String) -> [String] {
    index.divisions[code].map { index.divisionPaths[$0].dropLast().map { divisions[Int($0)].code } } ?? []
  }

  /// Whether a division lies in another, or is the same.
  public func isDivision(_ code: String, within area: String) -> Bool { divisionPath(code).contains(area) }

  /// Whether a place lies in a division. One that the pack no longer has is the whole district's.
  public func isPlace(_ code: String, within area: String) -> Bool {
    isDivision(place(code)?.division ?? district, within: area)
  }

  /// How many people live in a division: as the pack says, or else all of its parts together; nil where one of them
  /// says nothing.
  public func residents(division code: String) -> Int? {
    if let own = division(code)?.residents { return own }
    let parts = divisions.filter { $0.parent == code }
    guard !parts.isEmpty else { return nil }
    var sum = 0
    for part in parts {
      guard let residents = residents(division: part.code) else { return nil }
      sum += residents
    }
    return sum
  }

  /// The town that a division lies in or is; the division itself where it lies in none.
  public func town(of division: String) -> String {
    divisionPath(division).first { self.division($0)?.level == .town } ?? division
  }

  /// The desk that holds a case before any agency signed.
  public func desk(door: String) -> String? { desks[door] ?? desks["*"] }

  /// The deepest division that contains a point; nil outside the city.
  public func division(containing point: Coordinate) -> Division? {
    index.divisionAreas.first(containing: point).map { divisions[$0] }
  }

  /// The place whose ground contains a point.
  public func place(containing point: Coordinate) -> Place? {
    index.placeAreas.first(containing: point).map { places[$0] }
  }

  /// The place that contains a point, or else the nearest by its centre within a distance.
  public func place(near point: Coordinate, withinMetres limit: Double = 250) -> Place? {
    guard point.isValid else { return nil }
    if let place = place(containing: point) { return place }
    let middle = grid.cell(for: point)
    let reach = Int((limit / grid.cellMetres).rounded(.up))
    var nearest: (metres: Double, place: Int)?
    for row in middle.row - reach...middle.row + reach {
      for column in middle.column - reach...middle.column + reach {
        for place in index.placeCells[Grid.Cell(column: column, row: row)] ?? [] {
          let metres = point.distanceMetres(to: places[place].centre)
          if metres <= limit, metres < nearest?.metres ?? .infinity { nearest = (metres, place) }
        }
      }
    }
    return nearest.map { places[$0.place] }
  }
}
