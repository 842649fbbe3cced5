import Domain

/// The parts of a pack as they are read, with where each stands.
final class PackDraft {
  let faults: FaultList
  var marks = PackMarks()
  private(set) var city: City?
  private(set) var calendar: BusinessCalendar?
  private(set) var triage: TriageRules?
  private(set) var editions: EditionDefinition?
  private(set) var deadlines = DeadlineTable(lines: [], ladder: [])
  var kinds: [Kind] = []
  var agencies: [Agency] = []
  var squads: [SquadPlan] = []
  var lines: [ResponsibilityTable.Line] = []
  var divisions: [Division] = []
  var places: [Place] = []
  private(set) var words: [String] = []

  /// What `pack.yaml` says.
  struct City {
    let district: String
    let names: Texts
    let isSynthetic: Bool
    let grid: Grid?
    let windows: CityPack.Windows
    let desks: [String: String]
    let coordinator: String
    let plates: PlateRules?
    let documents: DocumentRules?
    let baseMap: BaseMap?
  }

  init(archive: PackArchive, faults: FaultList) {
    self.faults = faults
    func root(_ file: String) -> PackNode? { PackNode.root(file, archive, faults) }
    if let root = root("pack.yaml") { city = readCity(root) }
    if let root = root("calendar.yaml") { calendar = readCalendar(root) }
    if let root = root("triage.yaml") { triage = readTriage(root) }
    if let root = root("deadlines.yaml") { deadlines = readDeadlines(root) }
    if let root = root("kinds.yaml") { readKinds(root) }
    if let root = root("agencies.yaml") { readAgencies(root) }
    if let root = root("responsibility.yaml") { readResponsibility(root) }
    if let root = root("squads.yaml") { readSquads(root) }
    if let root = root("index.json") { editions = readEditions(root, text: archive.files["index.json"] ?? "") }
    readDivisions(GeoFile(name: "divisions.geojson", archive: archive, faults: faults))
    readPlaces(GeoFile(name: "places.geojson", archive: archive, faults: faults))
    words = readWords(archive.files["words.txt"] ?? "")
  }

  /// The pack, if its outlines could be read.
  func pack(version: String) -> CityPack? {
    guard let city, let calendar, let triage else { return nil }
    return CityPack(
      version: version, district: city.district, names: city.names, isSynthetic: city.isSynthetic, calendar: calendar,
      divisions: divisions, places: places, agencies: agencies, squads: squads, kinds: kinds,
      responsibility: ResponsibilityTable(lines: lines), deadlines: deadlines, triage: triage, windows: city.windows,
      desks: city.desks, coordinator: city.coordinator, plates: city.plates,
      documents: city.documents, baseMap: city.baseMap, editions: editions, words: words, grid: city.grid)
  }
}
