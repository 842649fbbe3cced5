import Domain

/// A place that reports of one kind come back to.
public struct EditionRepeat: Sendable, Hashable, Codable {
  public let place: String
  public let names: Texts
  public let division: Texts?
  public let kind: Texts
  /// Reports, rounded down to a multiple of the least count that is shown.
  public let atLeast: Int
}

/// A place of which little is heard: fewer reports than its households or residents would give, and what happens is seldom told
/// twice. That may be quiet, or silence.
public struct EditionSilence: Sendable, Hashable, Codable {
  public let place: String
  public let names: Texts
  public let division: Texts?
  /// One of the two is told: what the definition counts over.
  public let households: Int?
  public let residents: Int?
  /// Reports over what was to be expected of so many, rounded up to tenths.
  public let shareAtMost: Double
}

/// The same kind at the same place in the same hours: for people to take up as a scenario of governance, or not.
public struct EditionScenario: Sendable, Hashable, Codable {
  public let place: String
  public let kind: String
  public let names: Texts
  public let division: Texts?
  public let kindNames: Texts
  public let from: Int
  public let to: Int
  /// Reports, rounded down to a multiple of the least count that is shown.
  public let atLeast: Int
  /// The share that falls into these hours, here and of this kind everywhere.
  public let share: Double
  public let shareElsewhere: Double
  /// Adjusted for all that was looked at.
  public let chance: Double
}

public struct EditionWord: Sendable, Hashable, Codable {
  public let word: String
  public let reports: Int
  /// Reports of the period before that have it; 0 too where they were few.
  public let before: Int
  /// How far it sets this period apart from the one before, in standard errors (log-odds with a prior).
  public let z: Double

  public init(word: String, reports: Int, before: Int, z: Double) {
    self.word = word
    self.reports = reports
    self.before = before
    self.z = z
  }
}
