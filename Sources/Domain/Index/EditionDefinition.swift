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

  /// What reports are counted over. Raw values are storage formats.
  public enum Exposure: String, Sendable, Hashable, Codable, CaseIterable {
    case households, residents, area, none

    /// What a rate is multiplied by to be read: of a thousand households, of ten thousand people.
    public var scale: Double {
      switch self {
      case .households: 1_000
      case .residents: 10_000
      case .area, .none: 1
      }
    }
  }

  /// Where the figures of an exposure are from, and of what year they are.
  public struct ExposureSource: Sendable, Hashable {
    public let exposure: Exposure
    public let year: Int
    public let names: Texts

    public init(exposure: Exposure, year: Int, names: Texts) {
      self.exposure = exposure
      self.year = year
      self.names = names
    }
  }

  /// A list of places or divisions by how often something happens there. It is published, retired when there is
  /// nothing left to rank, and replaced; what it was stays here.
  public struct Ranking: Sendable, Hashable {
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable { case place, town, community, grid }
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
  /// What is said to be few is few beside these: households or residents.
  public let silenceExposure: Exposure
  public let exposureSources: [ExposureSource]
  public let groups: [Group]
  public let rankings: [Ranking]

  public init(version: String, suppressBelow: Int, rankAtLeast: Int, night: Hours, morning: Hours,
              morningKinds: [String], nearRepeatKinds: [String], silenceExposure: Exposure = .households,
              exposureSources: [ExposureSource] = [], groups: [Group], rankings: [Ranking]) {
    self.version = version
    self.suppressBelow = suppressBelow
    self.rankAtLeast = rankAtLeast
    self.night = night
    self.morning = morning
    self.morningKinds = morningKinds
    self.nearRepeatKinds = nearRepeatKinds
    self.silenceExposure = silenceExposure
    self.exposureSources = exposureSources
    self.groups = groups
    self.rankings = rankings
  }
}
