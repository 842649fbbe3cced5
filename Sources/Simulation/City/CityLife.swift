import Domain
import Foundation

/// How a city lives, as its pack's `simulation.json` tells: what is reported when, where, by which door and in which
/// words. It colours made-up histories and never judges a case, so it is no part of the pack's version.
public struct CityLife: Sendable, Codable {
  /// How often something is reported through a day.
  public struct Rhythm: Sendable, Codable {
    /// 24 weights, one an hour, from midnight.
    public let hours: [Double]
    /// Factors on days of rest and on busy nights (20:00 to 03:00).
    public let weekend: Double
    public let busyNight: Double
  }

  /// What a kind that may cost money does cost.
  public struct Losses: Sendable, Codable {
    /// The share of which nobody finds out, and the share of the others that succeed.
    public let unknown: Double
    public let succeed: Double
    /// Of those that succeed: half cost less than the median, some much more (log-normal).
    public let medianYuan: Double
    public let spread: Double
  }

  /// What is said of a node of the tree of kinds; what is left out is taken from the node above, at last from `*`.
  public struct KindLife: Sendable, Codable {
    public let kind: String
    public var weight: Double?
    public var rhythm: String?
    /// Weights.
    public var doors: [String: Double]?
    /// Weights by use of place; a use that is not named has weight 1.
    public var uses: [String: Double]?
    /// The share that is at no place of the pack: in a street, at a house of its own.
    public var street: Double?
    /// The share of cases that a squad is sent to.
    public var visit: Double?
    /// Weights by outcome.
    public var outcomes: [String: Double]?
    public var losses: Losses?
    /// Sentences; `{place}`, `{n}` (a number) and `{cue}` (a cue of the kind) are filled in.
    public var says: [String]?
  }

  public let reportsPerDay: Double
  public let rhythms: [String: Rhythm]
  public let kinds: [KindLife]
  public let openings: [String]
  public let closings: [String]
  /// Sentences that name no kind, so that a person must judge.
  public let vague: [String]
  /// Sentences that speak of danger.
  public let dangers: [String]
  /// What people write at a step, by the reason or the step's name.
  public let words: [String: [String]]
  /// How a spot near a `{place}` is called.
  public let streetForm: String
  public let familyNames: [String]
  public let nameForm: String
  public let phoneForm: String

  /// - Throws: the decoder's errors.
  public init(json: Data) throws { self = try JSONDecoder().decode(CityLife.self, from: json) }

  /// The life of a city whose pack tells nothing about it; nil when the folder has no such file.
  public static func read(folder: URL) throws -> CityLife? {
    let file = folder.appendingPathComponent("simulation.json")
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try CityLife(json: Data(contentsOf: file))
  }

  private init(reportsPerDay: Double) {
    self.reportsPerDay = reportsPerDay
    rhythms = ["even": Rhythm(hours: [Double](repeating: 1, count: 24), weekend: 1, busyNight: 1)]
    kinds = [
      KindLife(kind: "*", weight: 1, rhythm: "even", doors: ["110": 1, "app": 1], uses: [:], visit: 0.3,
               outcomes: ["handled": 1], says: ["{cue}, {place}"])
    ]
    openings = [""]
    closings = [""]
    vague = ["Something is not right, {place}"]
    dangers = ["Somebody has a knife."]
    words = [:]
    streetForm = "near {place}"
    familyNames = ["Nemo"]
    nameForm = "{family} (made up {n})"
    phoneForm = "000-0000-{n}"
  }

  /// Evenly spread reports made of the pack's own cues, for a pack that has no `simulation.json`.
  public static let plain = CityLife(reportsPerDay: 200)
}
