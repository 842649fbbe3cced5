import SQL

/// The numbered list of spots of a cube: a place with the division that its reports came from, one as a
/// rule, more where the map of a city was redrawn.
struct CubeSpots: Sendable {
  struct Spot: Sendable, Hashable {
    /// Empty where only the division is known.
    let place: String
    let division: String
  }

  private(set) var list: [Spot] = []
  private var numbers: [Spot: Int] = [:]
  private let known: Int

  init(district: String, on connection: any Connection) throws {
    list = try connection.all(
      "SELECT place, division FROM incident_spots WHERE district = \(district) ORDER BY number"
    ) { Spot(place: $0.text(0), division: $0.text(1)) }
    numbers = Dictionary(uniqueKeysWithValues: list.enumerated().map { ($1, $0) })
    known = list.count
  }

  mutating func number(place: String, division: String) -> Int {
    let spot = Spot(place: place, division: division)
    if let number = numbers[spot] { return number }
    numbers[spot] = list.count
    list.append(spot)
    return list.count - 1
  }

  /// Puts down what was added since it was read.
  func writeNew(district: String, on connection: any Connection) throws {
    for number in known..<list.count {
      try connection.run(
        """
        INSERT INTO incident_spots (district, number, place, division)
        VALUES (\(district), \(number), \(list[number].place), \(list[number].division))
        """)
    }
  }

  /// The numbered list of kinds of a cube; number 0 is not stored.
  static func kinds(district: String, on connection: any Connection) throws -> IncidentCodes {
    IncidentCodes(list: [""] + (try connection.all(
      "SELECT kind FROM incident_kinds WHERE district = \(district) ORDER BY number") { $0.text(0) }))
  }
}
