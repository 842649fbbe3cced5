/// Something wrong with a pack: where it is, what it is and how to mend it.
public struct PackFault: Sendable, Hashable {
  /// Name within the pack's folder.
  public let file: String
  /// From 1; 0 when the whole file is meant.
  public let line: Int
  public let what: Texts
  public let fix: Texts

  public init(file: String, line: Int, what: Texts, fix: Texts) {
    self.file = file
    self.line = line
    self.what = what
    self.fix = fix
  }
}

/// Where the parts of a pack stand in its files, parallel to the pack's arrays.
public struct PackMarks: Sendable {
  public struct Mark: Sendable, Hashable {
    public let file: String
    public let line: Int
    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  public var kinds: [Mark] = []
  public var agencies: [Mark] = []
  public var divisions: [Mark] = []
  public var places: [Mark] = []
  public var squads: [Mark] = []
  public var responsibility: [Mark] = []
  public var deadlines: [Mark] = []
  public var ladder: [Mark] = []
  public var dangers: [Mark] = []
  public var priors: [Mark] = []
  public var offers: [Mark] = []
  public var editionGroups: [Mark] = []
  public var rankings: [Mark] = []
  public var desks: [String: Mark] = [:]
  public var city = Mark(file: "pack.yaml", line: 1)
  public var plates = Mark(file: "pack.yaml", line: 1)
  public var documents = Mark(file: "pack.yaml", line: 1)
  public var editions = Mark(file: "index.json", line: 1)
  public var coordinator = Mark(file: "pack.yaml", line: 1)
  public var calendar = Mark(file: "calendar.yaml", line: 1)
  public var triage = Mark(file: "triage.yaml", line: 1)

  public init() {}
}
