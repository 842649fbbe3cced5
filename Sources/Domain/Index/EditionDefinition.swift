/// What a city publishes in its safety index: `index.json` of the pack. Codes and raw values are storage formats.
public struct EditionDefinition: Sendable, Hashable {
  /// Kinds that are shown together on a map and in a total. Groups share no kind.
  public struct Group: Sendable, Hashable {
    public let code: String
    public let names: Texts
    /// Nodes of the tree of kinds: each with all that lies below.
    public let kinds: [String]

    public init(code: String, names: Texts, kinds: [String]) {
      self.code = code
      self.names = names
      self.kinds = kinds
    }
  }

  /// Hours of the day from the first up to the last, which is not included; over midnight where the last is earlier.
  public struct Hours: Sendable, Hashable {
    public let from: Int
    public let to: Int

    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }

    public func contains(_ hour: Int) -> Bool {
      from < to ? (from..<to).contains(hour) : hour >= from || hour < to
    }
  }

  /// A list of places or divisions by how often something happens there. It is published, retired when there is
  /// nothing left to rank, and replaced; what it was stays here.
  public struct Ranking: Sendable, Hashable {
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable { case place, town, community, grid }
    /// What the reports are counted over.
    public enum Exposure: String, Sendable, Hashable, Codable, CaseIterable {
      case households, area, none
    }

    public struct Retirement: Sendable, Hashable {
      public let from: CivilDate
      public let why: Texts
      public let replacedBy: String?

      public init(from: CivilDate, why: Texts, replacedBy: String? = nil) {
        self.from = from
        self.why = why
        self.replacedBy = replacedBy
      }
    }

    public let code: String
    public let names: Texts
    public let kinds: [String]
    public let unit: Unit
    /// Only places of these uses; all where empty.
    public let uses: [String]
    public let exposure: Exposure
    /// The first day of the first edition that has it.
    public let published: CivilDate
    public let retired: Retirement?

    public init(code: String, names: Texts, kinds: [String], unit: Unit, uses: [String] = [], exposure: Exposure,
                published: CivilDate, retired: Retirement? = nil) {
      self.code = code
      self.names = names
      self.kinds = kinds
      self.unit = unit
      self.uses = uses
      self.exposure = exposure
      self.published = published
      self.retired = retired
    }

    /// Whether an edition that begins on a day has this list.
    public func isInForce(on day: CivilDate) -> Bool {
      published <= day && retired.map { day < $0.from } ?? true
    }
  }

  /// The first 16 hexadecimal digits of the file's SHA-256; each edition keeps the version that it was made by.
  public let version: String
  /// Counts below this never leave the house.
  public let suppressBelow: Int
  /// Places with fewer reports than this are not ranked.
  public let rankAtLeast: Int
  public let night: Hours
  public let morning: Hours
  /// What a jam in the morning is made of.
  public let morningKinds: [String]
  /// What is looked at for repeats near by and soon.
  public let nearRepeatKinds: [String]
  public let groups: [Group]
  public let rankings: [Ranking]

  public init(version: String, suppressBelow: Int, rankAtLeast: Int, night: Hours, morning: Hours,
              morningKinds: [String], nearRepeatKinds: [String], groups: [Group], rankings: [Ranking]) {
    self.version = version
    self.suppressBelow = suppressBelow
    self.rankAtLeast = rankAtLeast
    self.night = night
    self.morning = morning
    self.morningKinds = morningKinds
    self.nearRepeatKinds = nearRepeatKinds
    self.groups = groups
    self.rankings = rankings
  }
}
