/// How triage reads a report.
public struct TriageRules: Sendable, Hashable {
  /// A cue that forbids diversion away from police or rescue, without exception.
  public struct Danger: Sendable, Hashable {
    /// `weapon`, `injury`, `fire`, `child` …
    public let code: String
    public let names: Texts
    public let words: [String]
    public init(code: String, names: Texts, words: [String]) {
      self.code = code
      self.names = names
      self.words = words
    }
  }

  /// What a door or the use of a place says about the kind before a word is read.
  public struct Prior: Sendable, Hashable {
    /// `triage.yaml:42`.
    public let source: String
    /// A node of the tree of kinds: speaks for every leaf at or below it that another cue speaks for too.
    public let kind: String
    public let door: String?
    public let placeUse: String?
    /// In units of one plain cue.
    public let weight: Double
    public init(source: String, kind: String, door: String?, placeUse: String?, weight: Double) {
      self.source = source
      self.kind = kind
      self.door = door
      self.placeUse = placeUse
      self.weight = weight
    }
  }

  public let dangers: [Danger]
  /// 0 … 1: below this triage abstains and a person decides.
  public let certaintyMin: Double
  /// Triage abstains as well when the second best is nearer than this to the best.
  public let marginMin: Double
  public let priors: [Prior]
  public init(dangers: [Danger], certaintyMin: Double, marginMin: Double = 0.1, priors: [Prior] = []) {
    self.dangers = dangers
    self.certaintyMin = certaintyMin
    self.marginMin = marginMin
    self.priors = priors
  }
}
