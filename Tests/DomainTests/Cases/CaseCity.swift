import Domain

/// A made-up city of two towns, small enough to be read: what the tests of cases stand on.
enum CaseCity {
  /// Monday 3 June 2024, nine o'clock.
  static let start = at("2024-06-03", 9)

  static func at(_ day: String, _ hour: Int, _ minute: Int = 0) -> Instant {
    BusinessCalendarTests.at(day, hour, minute)
  }

  static let pack = pack(desks: ["110": "police", "*": "hotline"])

  static func pack(desks: [String: String]) -> CityPack {
    CityPack(
      version: "v1", district: "9", names: name("District"), isSynthetic: true,
      calendar: BusinessCalendarTests.mainland, divisions: divisions, places: places, agencies: agencies,
      squads: squads, kinds: kinds, responsibility: ResponsibilityTable(lines: []), deadlines: deadlines,
      triage: TriageRules(dangers: [.init(code: "weapon", names: name("weapon"), words: [])], certaintyMin: 0.6),
      windows: .init(returnFlow: .days(7), repeatReport: .days(30), duplicateMetres: 300, duplicate: .hours(2),
                     retention: .days(365)),
      desks: desks, coordinator: "coordination")
  }

  static let decider = CaseDecider(pack: pack)

  static func name(_ text: String) -> Texts { Texts(zh: text, en: text) }

  private static let divisions = [
    Division(code: "9", parent: nil, level: .district, names: name("District"), polygons: []),
    Division(code: "901", parent: "9", level: .town, names: name("North"), polygons: []),
    Division(code: "902", parent: "9", level: .town, names: name("South"), polygons: []),
  ]

  private static let places = [
    Place(code: "estate", division: "901", use: "estate", names: name("Estate"), centre: point, polygon: nil,
          isPublished: true)
  ]

  static let point = Coordinate(latitude: 30, longitude: 120)

  private static let agencies = [
    agency("police", isPolice: true), agency("hotline"), agency("coordination"), agency("property"),
    agency("market"), agency("rescue", isRescue: true), agency("office", overseer: nil),
  ]

  private static func agency(_ code: String, isPolice: Bool = false, isRescue: Bool = false,
                             overseer: String? = "office") -> Agency
  {
    Agency(code: code, names: name(code), division: "9", isPolice: isPolice, isRescue: isRescue,
           inbox: code + "@city", overseer: overseer)
  }

  static let squads = [squad("north", "901", 0), squad("south", "902", 0.02)]

  private static func squad(_ code: String, _ division: String, _ offset: Double) -> SquadPlan {
    let members = (1...15).map { number in
      SquadPlan.Member(code: "\(code)-\(number)", skills: number % 3 == 0 ? ["mediator"] : [])
    }
    return SquadPlan(
      code: code, names: name(code), agency: "property", division: division,
      base: Coordinate(latitude: point.latitude + offset, longitude: point.longitude), members: members,
      vehicles: [code + "-car-1", code + "-car-2", code + "-car-3"], shifts: [480..<960, 960..<1440, 1440..<1920],
      shiftSize: 3)
  }

  private static let kinds = [
    kind("dispute", .nonPolice), kind("dispute.noise", .nonPolice, skills: ["mediator"]),
    kind("dispute.wages", .nonPolice, .urgent),
    kind("theft", .police), kind("theft.bicycle", .police, hasLosses: true), kind("fire", .joint, .critical),
  ]

  private static func kind(_ code: String, _ jurisdiction: Jurisdiction, _ severity: Severity = .ordinary,
                           skills: [String] = [], hasLosses: Bool = false) -> Kind
  {
    Kind(code: code, names: name(code), jurisdiction: jurisdiction, severity: severity, skills: skills,
         hasLosses: hasLosses)
  }

  private static let deadlines = DeadlineTable(
    lines: [
      line(.sign, "*", 30, .always), line(.sign, "dispute.wages", 60, .business), line(.arrive, "*", 60, .always),
      line(.feedback, "*", 420, .business), line(.feedback, "theft", 120, .always),
      line(.closure, "*", 1260, .business), line(.closure, "theft", 1440, .always),
    ],
    ladder: [
      .init(notice: .reminder, after: .init(minutes: -15, clock: .always), addressee: "agency"),
      .init(notice: .warning, after: .init(minutes: 0, clock: .always), addressee: "overseer"),
      .init(notice: .supervision, after: .init(minutes: 60, clock: .business), addressee: "supervisor"),
      .init(notice: .rectification, after: .init(minutes: 420, clock: .business), addressee: "coordinator"),
    ])

  private static func line(_ step: DeadlineStep, _ kind: String, _ minutes: Int, _ clock: Allowance.Clock)
    -> DeadlineTable.Line
  {
    .init(source: "deadlines.yaml:1", kind: kind, severity: nil, step: step,
          allowance: .init(minutes: minutes, clock: clock))
  }

  static func report(_ id: String = "r1", door: String = "110", kind: String? = nil, division: String = "901",
                     at: Instant = start, dangers: [String] = []) -> ReportFacts
  {
    ReportFacts(id: id, door: door, isPoliceDoor: door == "110", kind: kind, place: "estate", division: division,
                point: point, saidAt: at, receivedAt: at, vault: id, dangers: dangers)
  }
}

extension Actor {
  static let desk = Actor(id: "account:desk", role: .operator, division: "9")
  static let dispatcher = Actor(id: "account:dispatcher", role: .dispatcher, division: "9")
  static let coordinator = Actor(id: "account:coordinator", role: .coordinator, division: "9")
  static let supervisor = Actor(id: "account:supervisor", role: .supervisor, division: "9")
  static let reporter = Actor(id: "reporter:r1", role: .reporter, division: "9")
  static let clock = Actor(id: "system:clock", role: .system, division: "9")
  static let property = agency("property")
  static let market = agency("market")
  static let police = agency("police")
  static let north = squad("north")
  static let south = squad("south")

  static func agency(_ code: String) -> Actor {
    Actor(id: "account:" + code, role: .agency, division: "9", agency: code)
  }

  static func squad(_ code: String) -> Actor {
    Actor(id: "account:" + code, role: .squadMember, division: "9", agency: "property", squad: code)
  }

  /// Somebody of each role, who acts for `property` and squad `north` where the role acts for a body.
  static func of(_ role: Role) -> Actor {
    switch role {
    case .agency: .property
    case .squadMember: .north
    default: Actor(id: "account:" + role.rawValue, role: role, division: "9")
    }
  }
}
