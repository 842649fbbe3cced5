import Domain

/// A ranking as it is published.
public struct EditionRanking: Sendable, Hashable, Codable {
  public struct Row: Sendable, Hashable, Codable {
    public let code: String
    public let names: Texts
    /// The division around it.
    public let division: Texts?
    /// 1, 1, 1, 4: shared by those that cannot be told apart.
    public let position: Int
    public let isTied: Bool
    public let rankLow: Int
    public let rankHigh: Int
    /// Nil where another list would give a small count away.
    public let count: Int?
    public let countBefore: Int?
    public let exposure: Double?
    /// The estimate, drawn towards the common rate by as much as the count leaves open, and its interval of 95 %; in
    /// the unit of the list.
    public let rate: Double?
    public let low: Double?
    public let high: Double?
    /// Beyond the funnel of 99.8 % (`far-high`), of 95 % (`high`), within, or below.
    public let standing: String
    public let isNew: Bool
  }

  /// The worst of the period before, as a whole: what became of them beside what was to be expected anyway.
  public struct Worst: Sendable, Hashable, Codable {
    public let places: [Texts]
    public let observed: Int?
    public let expected: Double
    public let ratio: Double
    public let low: Double
    public let high: Double
    /// That they would have so few or fewer without any cause.
    public let chance: Double
    /// What a plain comparison of the two counts would have claimed.
    public let naive: Double
  }

  public struct Retired: Sendable, Hashable, Codable {
    public let code: String
    public let names: Texts
    public let from: String
    public let why: Texts
    public let replacedBy: Texts?
  }

  public let code: String
  public let names: Texts
  public let unit: String
  public let exposure: String
  /// 1000 for a rate of each thousand households.
  public let scale: Double
  /// How many places were ranked, listed or not.
  public let ranked: Int
  /// Places that could not be ranked since nothing says what to count them over.
  public let withoutExposure: Int
  public let commonRate: Double?
  public let rows: [Row]
  /// In the list of the period before, and no longer.
  public let left: [Texts]
  public let worst: Worst?
}
