import Domain

/// By which clock and on which map incidents are laid out: the pack's zone, grid and places.
struct IncidentFrame: Sendable {
  private let pack: CityPack

  init(_ pack: CityPack) { self.pack = pack }

  /// The day (since 1970-01-01) and the hour that the clocks in the city showed.
  func local(_ at: Instant) -> (day: Int, hour: Int) {
    let (date, minute) = pack.calendar.zone.local(at)
    return (date.dayNumber, minute / 60)
  }

  /// Metres east and north of the grid's origin; not numbers where nothing is known.
  func metres(_ incident: Incident) -> (east: Double, north: Double) {
    guard let point = incident.point ?? pack.place(incident.place)?.centre else { return (.nan, .nan) }
    let (x, y) = pack.grid.metres(of: point)
    return (x, y)
  }
}
