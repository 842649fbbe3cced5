import Domain

/// How often the kinds of a group that may cost money succeed, and what they cost. Cases are counted, not reports.
public struct EditionLosses: Sendable, Hashable, Codable {
  /// Of one period. What is hidden is nil.
  public struct Result: Sendable, Hashable, Codable {
    public let cases: Int?
    /// Of those of which an outcome says it: the others are not known.
    public let succeeded: Int?
    public let failed: Int?
    /// Those that succeeded among those that are known, with Wilson's 95 % interval; nil where none is known.
    public let share: Double?
    public let low: Double?
    public let high: Double?
    /// What those that succeeded cost together, and the one in their middle, in yuan.
    public let sum: Int?
    public let median: Int?

    public var unknown: Int? {
      guard let cases, let succeeded, let failed else { return nil }
      return cases - succeeded - failed
    }
  }

  public struct Line: Sendable, Hashable, Codable {
    /// Of the kind; `*` for all of the group.
    public let code: String
    public let names: Texts
    public let now: Result
    public let before: Result
  }

  public let code: String
  public let names: Texts
  public let total: Line
  public let kinds: [Line]
}

/// How many cases of a kind cost so much, as the outcomes of a period say.
public struct LossCount: Sendable, Hashable {
  public let kind: String
  /// 0 for attempts that failed.
  public let yuan: Int
  public let cases: Int

  public init(kind: String, yuan: Int, cases: Int) {
    self.kind = kind
    self.yuan = yuan
    self.cases = cases
  }
}
