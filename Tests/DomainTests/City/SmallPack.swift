import Domain

/// Two towns side by side, the west one with two communities; a handful of kinds.
enum SmallPack {
  static let west = "0101"
  static let east = "0102"

  static func square(_ south: Double, _ west: Double, _ north: Double, _ east: Double) -> Polygon {
    func point(_ latitude: Double, _ longitude: Double) -> Coordinate {
      Coordinate(latitude: latitude, longitude: longitude)
    }
    return Polygon(
      outer: [point(south, west), point(south, east), point(north, east), point(north, west), point(south, west)])
  }

  static let divisions = [
    division("01", nil, .district, square(10, 20, 10.1, 20.2)),
    division(west, "01", .town, square(10, 20, 10.1, 20.1)),
    division("010101", west, .community, square(10, 20, 10.05, 20.1)),
    division("010102", west, .community, square(10.05, 20, 10.1, 20.1)),
    division(east, "01", .town, square(10, 20.1, 10.1, 20.2)),
  ]

  private static func division(_ code: String, _ parent: String?, _ level: Division.Level,
                               _ polygon: Polygon) -> Division {
    Division(code: code, parent: parent, level: level, names: texts(code), polygons: [polygon])
  }

  static func texts(_ text: String) -> Texts { Texts(zh: text, en: text) }

  static let kinds = [
    kind("crime", .police), kind("crime.theft", .police, cues: ["偷", "theft"]), kind("dispute", .nonPolice),
    kind("dispute.wages", .nonPolice, cues: ["工资", "wages"]), kind("dispute.rent", .nonPolice, cues: ["房租", "rent"]),
  ]

  private static func kind(_ code: String, _ jurisdiction: Jurisdiction, cues: [String] = []) -> Kind {
    Kind(code: code, names: texts(code), jurisdiction: jurisdiction, severity: .ordinary, cues: cues)
  }

  static let agencies = [
    agency("police", isPolice: true, overseer: "office"), agency("labour", overseer: "office"),
    agency("town-west", overseer: "office"), agency("town-east", overseer: "office"), agency("office", overseer: nil),
  ]

  private static func agency(_ code: String, isPolice: Bool = false, overseer: String?) -> Agency {
    Agency(code: code, names: texts(code), division: "01", isPolice: isPolice, isRescue: false, inbox: code,
           overseer: overseer)
  }

  static let lines = [
    line(1, "crime", "*", .always, "police"), line(2, "dispute", west, .always, "town-west"),
    line(3, "dispute", east, .always, "town-east"), line(4, "dispute.wages", "*", .office, "labour"),
    line(5, "dispute.wages", west, .outsideOffice, "town-west"),
    line(6, "dispute.wages", east, .outsideOffice, "town-east"),
    line(7, "dispute.rent", "010102", .always, "office"),
  ]

  static func line(_ number: Int, _ kind: String, _ area: String, _ hours: ResponsibilityTable.Hours,
                   _ agency: String) -> ResponsibilityTable.Line {
    ResponsibilityTable.Line(
      source: "responsibility.yaml:\(number)", kind: kind, area: area, hours: hours, agency: agency)
  }

  static let deadlines = DeadlineTable(
    lines: [
      deadline("*", nil, 100), deadline("*", .critical, 5), deadline("dispute", nil, 50),
      deadline("dispute.wages", .critical, 7),
    ] + [.arrive, .feedback, .closure].map {
      DeadlineTable.Line(
        source: "", kind: "*", severity: nil, step: $0, allowance: Allowance(minutes: 60, clock: .business))
    },
    ladder: DeadlineTable.Rung.Notice.allCases.enumerated().map {
      DeadlineTable.Rung(notice: $1, after: Allowance(minutes: $0 * 60, clock: .always), addressee: "overseer")
    })

  private static func deadline(_ kind: String, _ severity: Severity?, _ minutes: Int) -> DeadlineTable.Line {
    DeadlineTable.Line(
      source: "", kind: kind, severity: severity, step: .sign, allowance: Allowance(minutes: minutes, clock: .always))
  }

  static let triage = TriageRules(
    dangers: TriageRules.Danger.required.map {
      TriageRules.Danger(code: $0, names: texts($0), words: ["\($0)词", $0])
    }, certaintyMin: 0.45)

  static func pack(lines: [ResponsibilityTable.Line] = lines, places: [Place] = []) -> CityPack {
    CityPack(
      version: "0000000000000000", district: "01", names: texts("small"), isSynthetic: true,
      calendar: BusinessCalendarTests.mainland, divisions: divisions, places: places, agencies: agencies, squads: [],
      kinds: kinds, responsibility: ResponsibilityTable(lines: lines), deadlines: deadlines, triage: triage,
      windows: CityPack.Windows(
        returnFlow: .days(15), repeatReport: .days(30), duplicateMetres: 300, duplicate: .hours(2),
        retention: .days(365)),
      desks: ["*": "office", "110": "police"], coordinator: "office")
  }

  /// Marks that number each part within its file.
  static func marks(of pack: CityPack) -> PackMarks {
    func marks(_ file: String, _ count: Int) -> [PackMarks.Mark] {
      (0..<count).map { PackMarks.Mark(file: file, line: $0 + 1) }
    }
    var all = PackMarks()
    all.kinds = marks("kinds.yaml", pack.kinds.count)
    all.agencies = marks("agencies.yaml", pack.agencies.count)
    all.divisions = marks("divisions.geojson", pack.divisions.count)
    all.places = marks("places.geojson", pack.places.count)
    all.responsibility = marks("responsibility.yaml", pack.responsibility.lines.count)
    all.deadlines = marks("deadlines.yaml", pack.deadlines.lines.count)
    all.ladder = marks("deadlines.yaml", pack.deadlines.ladder.count)
    all.dangers = marks("triage.yaml", pack.triage.dangers.count)
    return all
  }
}
