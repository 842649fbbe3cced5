/// The rules and the map of one city, read from its folder and proven whole before use. Never changes; a class, so
/// that handing it around costs nothing.
public final class CityPack: Sendable {
  /// SHA-256 (hex, first 16 digits) over the pack's files; each case keeps the version that judged it.
  public let version: String
  /// Code of the district: the first column of every table's key.
  public let district: String
  public let names: Texts
  /// True for a made-up city or synthetic data: shown on every page.
  public let isSynthetic: Bool
  public let calendar: BusinessCalendar
  public let divisions: [Division]
  public let places: [Place]
  public let agencies: [Agency]
  public let squads: [SquadPlan]
  public let kinds: [Kind]
  public let responsibility: ResponsibilityTable
  public let deadlines: DeadlineTable
  public let triage: TriageRules
  public let windows: Windows
  /// The agency code of the desk that holds a case before any agency signed, by door; `*` for the other doors.
  public let desks: [String: String]
  /// The agency of the coordinator who decides after two refusals.
  public let coordinator: String
  /// What plates say and offer; nil for a city without plates.
  public let plates: PlateRules?
  /// How documents are numbered; nil for a city that numbers none.
  public let documents: DocumentRules?
  /// Tiles under the maps; nil for a city whose own divisions, roads and water are drawn.
  public let baseMap: BaseMap?
  /// What its safety index publishes; nil for a city that publishes none.
  public let editions: EditionDefinition?
  /// Words of the city's own that texts are cut at: places, frauds, trades. Names on the map count besides.
  public let words: [String]
  /// Cells of 250 m: "near here" in queries and on maps.
  public let grid: Grid
  let index: PackIndex

  public struct Windows: Sendable, Hashable {
    /// A new report of the same kind at the same place within this marks the earlier closure (return-flow).
    public let returnFlow: Span
    /// An earlier report of the same kind at the same place within this makes a report a repeat report.
    public let repeatReport: Span
    /// Candidates for "same thing twice": how near and how recent.
    public let duplicateMetres: Double
    public let duplicate: Span
    /// Vault entries of ended cases are erased after this.
    public let retention: Span
    /// After the answer, silence for this long counts as the reporter's agreement.
    public let confirmation: Span
    /// Digits kept of a coordinate outside the vault: 3 is a block of about 100 m.
    public let pointDigits: Int

    public init(returnFlow: Span, repeatReport: Span, duplicateMetres: Double, duplicate: Span, retention: Span,
                confirmation: Span = .days(3), pointDigits: Int = 3) {
      self.returnFlow = returnFlow
      self.repeatReport = repeatReport
      self.duplicateMetres = duplicateMetres
      self.duplicate = duplicate
      self.retention = retention
      self.confirmation = confirmation
      self.pointDigits = pointDigits
    }
  }

  public init(version: String, district: String, names: Texts, isSynthetic: Bool, calendar: BusinessCalendar,
              divisions: [Division], places: [Place], agencies: [Agency], squads: [SquadPlan], kinds: [Kind],
              responsibility: ResponsibilityTable, deadlines: DeadlineTable, triage: TriageRules, windows: Windows,
              desks: [String: String], coordinator: String,
              plates: PlateRules? = nil, documents: DocumentRules? = nil, baseMap: BaseMap? = nil,
              editions: EditionDefinition? = nil, words: [String] = [], grid: Grid? = nil) {
    self.version = version
    self.district = district
    self.names = names
    self.isSynthetic = isSynthetic
    self.calendar = calendar
    self.divisions = divisions
    self.places = places
    self.agencies = agencies
    self.squads = squads
    self.kinds = kinds
    self.responsibility = responsibility
    self.deadlines = deadlines
    self.triage = triage
    self.windows = windows
    self.desks = desks
    self.coordinator = coordinator
    self.plates = plates
    self.documents = documents
    self.baseMap = baseMap
    self.editions = editions
    self.words = words
    // Without a fixed origin the grid begins at the south-west corner of the map.
    let corner = Box(divisions.flatMap(\.polygons).flatMap(\.outer))
    let isEmpty = corner.south > corner.north
    let grid = grid ?? Grid(origin: isEmpty ? Coordinate(latitude: 0, longitude: 0) : corner.southWest)
    self.grid = grid
    index = PackIndex(kinds: kinds, agencies: agencies, divisions: divisions, places: places, squads: squads,
                      table: responsibility, triage: triage, grid: grid)
  }
}
