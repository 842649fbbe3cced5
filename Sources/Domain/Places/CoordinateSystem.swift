/// The systems in which coordinates reach us. Inside there is only WGS-84: convert at the door.
///
/// GCJ-02 is what maps published in mainland China use: WGS-84 shifted by some hundred metres, by a smooth function of
/// the place; BD-09 shifts GCJ-02 once more. Neither is defined outside the mainland's box, where coordinates stay as
/// they are. Raw values are storage formats.
///
/// Accuracy: the forward formulas agree with other implementations of the published constants to 1e-9 degrees, the
/// backward conversion inverts them to 1e-9 degrees (0.1 mm). How far the published formula is from what a map
/// publisher really applies is not known; comparisons of known points show a metre or two.
///
/// Source: constants and terms as in the open-source packages `eviltransform` and `prcoords`; the inverse is the fixed
/// point of w ← w − (forward(w) − given), whose map contracts by a factor below 0.01.
public enum CoordinateSystem: String, Sendable, Hashable, Codable, CaseIterable {
  case wgs84 = "WGS-84"
  case gcj02 = "GCJ-02"
  case bd09 = "BD-09"

  /// The same place in WGS-84.
  public func wgs84(_ point: Coordinate) -> Coordinate {
    switch self {
    case .wgs84: point
    case .gcj02: Self.invert(point, Self.gcj02(fromWGS84:))
    case .bd09: Self.invert(Self.invert(point, Self.bd09(fromGCJ02:)), Self.gcj02(fromWGS84:))
    }
  }

  /// A place of WGS-84 in this system.
  public func point(fromWGS84 point: Coordinate) -> Coordinate {
    switch self {
    case .wgs84: point
    case .gcj02: Self.gcj02(fromWGS84: point)
    case .bd09: Self.bd09(fromGCJ02: Self.gcj02(fromWGS84: point))
    }
  }

  private static func invert(_ given: Coordinate, _ forward: (Coordinate) -> Coordinate) -> Coordinate {
    guard isShifted(given) else { return given }
    var guess = given
    for _ in 0..<12 {
      let reached = forward(guess)
      let north = reached.latitude - given.latitude
      let east = reached.longitude - given.longitude
      guess = Coordinate(latitude: guess.latitude - north, longitude: guess.longitude - east)
      if abs(north) < 1e-11, abs(east) < 1e-11 { break }
    }
    return guess
  }

  /// The box in which the shift is applied.
  private static func isShifted(_ point: Coordinate) -> Bool {
    (0.8293...55.8271).contains(point.latitude) && (72.004...137.8347).contains(point.longitude)
  }

  /// Semi-major axis (metres) and squared eccentricity of Krasovsky's ellipsoid.
  private static let axisMetres = 6_378_245.0
  private static let eccentricity = 0.006_693_421_622_965_943

  private static func gcj02(fromWGS84 point: Coordinate) -> Coordinate {
    guard isShifted(point) else { return point }
    let (north, east) = shiftMetres(x: point.longitude - 105, y: point.latitude - 35)
    let sine = Circle.sine(point.latitude * Sphere.radians)
    let cosine = Circle.sine((90 - point.latitude) * Sphere.radians)
    let flattening = 1 - eccentricity * sine * sine
    let meridian = axisMetres * (1 - eccentricity) / (flattening * flattening.squareRoot())
    let parallel = axisMetres / flattening.squareRoot() * cosine
    return Coordinate(latitude: point.latitude + north / (meridian * Sphere.radians),
                      longitude: point.longitude + east / (parallel * Sphere.radians))
  }

  private static func shiftMetres(x: Double, y: Double) -> (north: Double, east: Double) {
    let root = abs(x).squareRoot()
    let common = waves(x, [(20, 6), (20, 2)])
    let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
      + (common + waves(y, [(20, 1), (40, 1.0 / 3), (160, 1.0 / 12), (320, 1.0 / 30)])) * 2 / 3
    let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
      + (common + waves(x, [(20, 1), (40, 1.0 / 3), (150, 1.0 / 12), (300, 1.0 / 30)])) * 2 / 3
    return (north, east)
  }

  /// Σ aᵢ · sin(π · fᵢ · t).
  private static func waves(_ t: Double, _ terms: [(amplitude: Double, frequency: Double)]) -> Double {
    terms.reduce(0) { $0 + $1.amplitude * Circle.sine(t * $1.frequency * .pi) }
  }

  /// With r and θ the polar coordinates of the point: r grows by a wave of the latitude, θ by one of the longitude.
  private static func bd09(fromGCJ02 point: Coordinate) -> Coordinate {
    guard isShifted(point) else { return point }
    let (x, y) = (point.longitude, point.latitude)
    let frequency = Double.pi * 3_000 / 180
    let radius = (x * x + y * y).squareRoot()
    let stretch = (radius + 0.000_02 * Circle.sine(y * frequency)) / radius
    let turn = 0.000_003 * Circle.sine(x * frequency + .pi / 2)
    let (sine, cosine) = (Circle.sine(turn), Circle.sine(turn + .pi / 2))
    return Coordinate(latitude: stretch * (y * cosine + x * sine) + 0.006,
                      longitude: stretch * (x * cosine - y * sine) + 0.0065)
  }
}

/// The sine of any angle: the standard library has none.
enum Circle {
  /// By its power series after reduction to a quarter turn: exact to about 1e-13 for a few hundred turns.
  static func sine(_ radians: Double) -> Double {
    let halfTurns = (radians / .pi).rounded()
    let rest = radians - halfTurns * .pi
    let square = rest * rest
    var term = rest
    var sum = rest
    var n = 2.0
    while n <= 20 {
      term *= -square / (n * (n + 1))
      sum += term
      n += 2
    }
    return halfTurns.remainder(dividingBy: 2) == 0 ? sum : -sum
  }
}
