import Domain

/// An edition of the safety index: a plain value, frozen once made. Of places and kinds, never of persons; small counts
/// are hidden, and no position is closer than a cell of the grid.
///
/// Keys and words are storage formats. Texts of the pack stand in it, so that an edition reads the same when the pack
/// has long changed.
public struct Edition: Sendable, Hashable, Codable {
  /// What it was computed from.
  public struct Source: Sendable, Hashable, Codable {
    public let packVersion: String
    public let definitionVersion: String
    public let reports: Int
    public let reportsBefore: Int
    /// The last signed checkpoint of the journal when it was made, and its Merkle root; nil without one.
    public var checkpoint: Int?
    public var root: String?
  }

  public struct Area: Sendable, Hashable, Codable {
    public let code: String
    public let names: Texts
    public let isSynthetic: Bool
  }

  public struct Part: Sendable, Hashable, Codable {
    public let code: String
    public let names: Texts
    /// How deep in the tree: 0 for a branch at the root.
    public let depth: Int
    /// The group of the definition that it belongs to; nil for none, and for what is no kind.
    public var group: String?
    public let change: EditionChange
  }

  /// Where the figures that reports are counted over are from, and of what year they are.
  public struct Exposure: Sendable, Hashable, Codable {
    /// `households` or `residents`.
    public let code: String
    public let year: Int
    public let names: Texts
  }

  /// Reports by hour of the week; Monday's first hour first.
  public struct Hours: Sendable, Hashable, Codable {
    public let cells: [Int?]
  }

  /// Reports of each week from the first day on; the last one may be short and is left out then.
  public struct Weeks: Sendable, Hashable, Codable {
    public let starts: [String]
    public let now: [Int?]
    public let before: [Int?]
  }

  public var number: Int
  public let city: Texts
  public let area: Area
  public let period: EditionQuery.Period
  public let before: EditionQuery.Period
  public let comparison: String
  /// Days of the period before of which there are records; rates a day are taken over these.
  public let comparedDays: Int
  public let suppressBelow: Int
  public let rankAtLeast: Int
  public var source: Source
  public let total: EditionChange
  public let parts: [Part]
  public let groups: [Part]
  public let doors: [Part]
  public let hours: Hours
  public let weeks: Weeks
  /// Nil in editions from before it was told.
  public let exposures: [Exposure]?
  public let rankings: [EditionRanking]
  public let retired: [EditionRanking.Retired]
  public let morning: EditionMorning
  public let grid: EditionGrid
  public let maps: [EditionMap]
  public let night: EditionNight
  public let hotSpots: [EditionHotSpots]
  public let clusters: [EditionCluster]
  public let nearRepeats: EditionNearRepeats?
  public let concentration: [EditionConcentration]
  public let repeats: [EditionRepeat]
  public let silences: [EditionSilence]
  public let scenarios: [EditionScenario]
  /// What people wrote about; empty where no words were counted.
  public let words: [EditionWord]
  /// Of the groups with kinds that may cost money; nil in an edition from before outcomes told of it.
  public let losses: [EditionLosses]?
}
