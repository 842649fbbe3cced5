import Domain
import Features
import Hummingbird

/// What the desk's place field asks while somebody types, and what lies where somebody clicked.
struct PlaceSearch: Sendable {
  private struct Line: Encodable, Sendable {
    let code: String
    let name: String
    let area: String
    /// The house number, gate or shop of a plate.
    let unit: String?
    let plate: Int?
    /// `latitude, longitude`, as the form has it.
    let point: String
  }

  private struct Spot: Encodable, Sendable {
    let division: String?
    let name: String?
  }

  static let routes: [PageRoute] = [
    .get(.places, .scope(.reportsWrite)) { call in
      if let text = call.query["at"] { return call.json(JSON.text(spot(try ReportForm.coordinate(text), call))) }
      let found = try await call.parts.places(call.query["q"] ?? "")
      return call.json(JSON.text(found.map { line($0, call.presenter) }))
    }
  ]

  private static func line(_ found: FindPlaces.Found, _ presenter: Presenter) -> Line {
    let place = found.place
    return Line(code: place.code, name: place.names(presenter.language), area: presenter.division(place.division),
                unit: found.plate.flatMap { $0.unit.isEmpty ? nil : $0.unit }, plate: found.plate?.number,
                point: "\(place.centre.latitude), \(place.centre.longitude)")
  }

  /// The smallest division around a point; none outside of the city.
  private static func spot(_ point: Coordinate, _ call: PageCall) -> Spot {
    let division = point.isValid ? call.site.pack.division(containing: point) : nil
    return Spot(division: division?.code, name: division.map { call.presenter.division($0.code) })
  }
}
