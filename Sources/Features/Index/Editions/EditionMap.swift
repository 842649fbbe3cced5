import Domain

/// The cells that maps of an edition are drawn in: squares in the pack's projection, rows from the south.
public struct EditionGrid: Sendable, Hashable, Codable {
  public let cellMetres: Double
  public let columns: Int
  public let rows: Int
  /// The south-western corner, in metres from the origin of the pack's grid.
  public let west: Double
  public let south: Double
}

/// Where reports lie close together, smoothed: never a count of a cell, and nothing where fewer than a handful lie
/// around it.
public struct EditionMap: Sendable, Hashable, Codable {
  /// A step begins at so many times the mean of the area.
  public static let steps = [0.5, 1.0, 2, 4, 8, 16]

  public let code: String
  public let names: Texts
  /// How far a report reaches.
  public let radiusMetres: Double
  /// row, column, number of cells to the east, step from 1.
  public let runs: [[Int]]
}

/// A square of the coarse grid (cells of twice the side) with the name of what is near.
public struct EditionSpot: Sendable, Hashable, Codable {
  public let column: Int
  public let row: Int
  public let near: Texts
  /// Reports, rounded down to a multiple of the least count that is shown.
  public let atLeast: Int
}

/// Squares of the coarse grid with more around them than chance would put there.
public struct EditionHotSpots: Sendable, Hashable, Codable {
  public struct Cell: Sendable, Hashable, Codable {
    public let column: Int
    public let row: Int
    public let z: Double
    /// Adjusted for all cells (false discovery rate).
    public let chance: Double
  }

  public let code: String
  public let names: Texts
  public let cells: [Cell]
  /// Where the next weeks' reports are most to be expected: the best hundredth of the cells, as column and row.
  public let forecast: [[Int]]
  /// How much better than chance a map made four weeks before the end did in those four weeks; nil where too few.
  public let accuracy: Double?
}

/// Reports that have lately begun to crowd.
public struct EditionCluster: Sendable, Hashable, Codable {
  public let code: String
  public let names: Texts
  public let near: Texts
  /// Of the middle, in the coarse grid, and how far it reaches from there.
  public let column: Int
  public let row: Int
  public let radiusMetres: Double
  public let from: String
  public let to: String
  public let observed: Int
  public let expected: Double
  public let chance: Double
}

/// Another one near by and soon: how many times as often as by chance.
public struct EditionNearRepeats: Sendable, Hashable, Codable {
  public struct Band: Sendable, Hashable, Codable {
    public let metresFrom: Int
    public let metresTo: Int
    public let daysFrom: Int
    public let daysTo: Int
    /// Nil where there are too few pairs to tell.
    public let ratio: Double?
    public let chance: Double?
  }

  public let kinds: [Texts]
  public let bands: [Band]
}

/// How much lies in how few places.
public struct EditionConcentration: Sendable, Hashable, Codable {
  public let code: String
  public let names: Texts
  public let gini: Double
  /// Of all places, the share that holds half of the reports.
  public let half: Double
  /// The share of the reports in the emptiest 0, 5, 10 … 100 % of the places.
  public let curve: [Double]
}

/// The jam of the morning: reports of its kinds by hour, and where it stands.
public struct EditionMorning: Sendable, Hashable, Codable {
  public let from: Int
  public let to: Int
  /// By hour, Monday to Friday and the other two days.
  public let workdays: [Int?]
  public let weekend: [Int?]
  public let spots: [EditionSpot]
}

public struct EditionNight: Sendable, Hashable, Codable {
  public let from: Int
  public let to: Int
  public let change: EditionChange
  public let map: EditionMap
  public let spots: [EditionSpot]
}
