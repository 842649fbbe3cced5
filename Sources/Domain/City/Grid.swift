/// A grid of square cells of equal area over a city, in metres.
///
/// Projection: Lambert's cylindrical equal-area projection of the sphere of the Earth's authalic radius, with the
/// origin's latitude φ₀ as its standard parallel: x = R·cos φ₀·(λ − λ₀), y = R·(sin φ − sin φ₀) / cos φ₀. Areas are
/// true everywhere, shapes and distances at φ₀ (within 0.5 % for 30 km to the north or south at mid-latitudes).
public struct Grid: Sendable, Hashable {
  public struct Cell: Sendable, Hashable {
    public let column: Int
    public let row: Int
    public init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }

  /// South-west corner of cell (0, 0); points west or south of it have negative cells.
  public let origin: Coordinate
  public let cellMetres: Double
  private let cosine: Double
  private let sine: Double

  public init(origin: Coordinate, cellMetres: Double = 250) {
    self.origin = origin
    self.cellMetres = cellMetres
    cosine = Sphere.cosine(degrees: origin.latitude)
    sine = Sphere.sine(degrees: origin.latitude)
  }

  /// The cell of a valid coordinate (`isValid`).
  public func cell(for point: Coordinate) -> Cell {
    let (x, y) = metres(of: point)
    return Cell(column: Int((x / cellMetres).rounded(.down)), row: Int((y / cellMetres).rounded(.down)))
  }

  /// Metres east and north of the origin in the projection.
  public func metres(of point: Coordinate) -> (x: Double, y: Double) {
    let x = Sphere.radiusMetres * cosine * (point.longitude - origin.longitude) * Sphere.radians
    return (x, Sphere.radiusMetres * (Sphere.sine(degrees: point.latitude) - sine) / cosine)
  }
}

/// The few functions of the sphere that a city needs.
public enum Sphere {
  /// Authalic radius of WGS-84: the sphere of the same surface.
  public static let radiusMetres = 6_371_007.181
  static let radians = Double.pi / 180

  /// Distance on the sphere by the local flat approximation, d² = R²(Δφ² + (cos φₘ Δλ)²), φₘ the mean latitude:
  /// within 0.01 % up to 100 km at mid-latitudes. Source: any text on the equirectangular projection.
  public static func distanceMetres(_ one: Coordinate, _ other: Coordinate) -> Double {
    let y = (other.latitude - one.latitude) * radians
    let x = (other.longitude - one.longitude) * radians * cosine(degrees: (one.latitude + other.latitude) / 2)
    return radiusMetres * (x * x + y * y).squareRoot()
  }

  /// Cosine by its power series: exact to the last digits for latitudes; the standard library has none.
  static func cosine(degrees: Double) -> Double {
    let square = degrees * radians * degrees * radians
    var term = 1.0
    var sum = 1.0
    for n in stride(from: 2.0, through: 24, by: 2) {
      term *= -square / (n * (n - 1))
      sum += term
    }
    return sum
  }

  static func sine(degrees: Double) -> Double { cosine(degrees: 90 - degrees) }
}

extension Coordinate {
  /// Metres to another point, see `Sphere.distanceMetres`.
  public func distanceMetres(to other: Coordinate) -> Double { Sphere.distanceMetres(self, other) }

  /// Whether both numbers are finite and in range.
  public var isValid: Bool { (-90.0...90).contains(latitude) && (-180.0...180).contains(longitude) }
}
