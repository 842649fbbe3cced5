extension Polygon {
  /// Whether a point lies inside: a ray is cast to the east and its crossings counted. A point on an edge belongs to
  /// exactly one of two polygons that share the edge, up to rounding.
  public func contains(_ point: Coordinate) -> Bool {
    Self.isInside(point, outer) && !holes.contains { Self.isInside(point, $0) }
  }

  public var box: Box { Box(outer) }

  /// Signed area of a ring in square degrees: positive when counter-clockwise.
  static func signedArea(_ ring: [Coordinate]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
      sum + (edge.0.longitude * edge.1.latitude - edge.1.longitude * edge.0.latitude) / 2
    }
  }

  static func isInside(_ point: Coordinate, _ ring: [Coordinate]) -> Bool {
    ring.withUnsafeBufferPointer { ring in
      var inside = false
      var index = 1
      while index < ring.count {
        let (one, other) = (ring[index - 1], ring[index])
        if (one.latitude > point.latitude) != (other.latitude > point.latitude) {
          let share = (point.latitude - one.latitude) / (other.latitude - one.latitude)
          if point.longitude < one.longitude + share * (other.longitude - one.longitude) { inside.toggle() }
        }
        index += 1
      }
      return inside
    }
  }
}

/// A rectangle of latitudes and longitudes.
public struct Box: Sendable, Hashable {
  public private(set) var south = Double.infinity
  public private(set) var west = Double.infinity
  public private(set) var north = -Double.infinity
  public private(set) var east = -Double.infinity

  /// The smallest box around the points; an empty one contains nothing.
  public init(_ points: some Sequence<Coordinate>) {
    for point in points {
      south = min(south, point.latitude)
      north = max(north, point.latitude)
      west = min(west, point.longitude)
      east = max(east, point.longitude)
    }
  }

  public func contains(_ point: Coordinate) -> Bool {
    point.latitude >= south && point.latitude <= north && point.longitude >= west && point.longitude <= east
  }

  public var southWest: Coordinate { Coordinate(latitude: south, longitude: west) }
}
