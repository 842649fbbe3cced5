import Domain
import Features

/// A made-up city of two towns, small enough to be read in a moment: the pack of most tests of use cases.
///
/// East (`990201001`) and West (`990201002`) share the district's desks, police and fire station; each has a town
/// government with one squad. `noise.renovation` goes to the town, `dispute.wages` to the labour bureau, `crime.theft`
/// to the police, `rescue.fire` to the fire station.
enum SmallCity {
  static let district = "990201"
  static let east = "990201001"
  static let west = "990201002"
  /// Points inside the towns, and one in neither.
  static let inEast = Coordinate(latitude: 29.41, longitude: 124.01)
  static let inWest = Coordinate(latitude: 29.41, longitude: 124.03)
  static let outside = Coordinate(latitude: 31, longitude: 121)

  static let archive = PackArchive(files: [
    "pack.yaml": outline, "agencies.yaml": agencies, "calendar.yaml": calendar, "deadlines.yaml": deadlines,
    "divisions.geojson": divisions, "kinds.yaml": kinds, "places.geojson": places,
    "responsibility.yaml": responsibility, "squads.yaml": squads, "triage.yaml": triage,
    "index.json": index,
  ])

  static func shelf() throws -> PackShelf {
    PackShelf(current: try CityPackReader.read(archive: archive), archive: archive)
  }

  private static let index = """
    {"suppress-below": 3, "rank-at-least": 3, "night": {"from": 21, "to": 3},
     "morning": {"from": 7, "to": 9, "kinds": ["noise"]}, "near-repeats": ["crime.theft"],
     "groups": [{"code": "theft", "zh": "盗窃", "en": "Theft", "kinds": ["crime.theft"]}],
     "rankings": [{"code": "noise-towns", "zh": "噪声", "en": "Noise", "kinds": ["noise"], "unit": "town",
                   "exposure": "area", "published": "2026-01-01"}]}
    """

  private static let outline = """
    district: "990201"
    zh: 小城
    en: Small City
    synthetic: true
    coordinator: coordination
    desks: {"110": police-desk, device: police-desk, "*": hotline}
    windows:
      return-flow-days: 15
      repeat-report-days: 30
      duplicate-metres: 300
      duplicate-minutes: 120
      retention-days: 365
    documents:
      issuer: coordination
      bulletin: 小通〔{year}〕{number}号
      joint-order: 小交〔{year}〕{number}号
      warning: 小预〔{year}〕{number}号
      supervision: 小督〔{year}〕{number}号
      rectification: 小整〔{year}〕{number}号
    plates:
      zh: 扫码报事
      en: Scan to report
      calls: [{number: "110", zh: 报警, en: Police}, {number: "119", zh: 火警, en: Fire}]
      offers:
        - {use: "*", report: [noise.renovation, crime.theft], help: [rescue.fire], broken: [dispute.wages]}
        - {use: market, report: [dispute.wages], help: [rescue.fire], broken: [noise.renovation]}
    """

  private static let agencies = """
    agencies:
      - {code: coordination, zh: 协调办, en: Coordination, division: "990201", inbox: coordination}
      - {code: hotline, zh: 热线, en: Hotline, division: "990201", inbox: hotline, overseer: coordination}
      - {code: police-desk, zh: 接警台, en: Police Desk, division: "990201", police: true, inbox: police-desk, overseer: coordination}
      - {code: police, zh: 派出所, en: Police Station, division: "990201", police: true, inbox: police, overseer: police-desk}
      - {code: fire, zh: 消防站, en: Fire Station, division: "990201", rescue: true, inbox: fire, overseer: coordination}
      - {code: labour, zh: 人社局, en: Labour Bureau, division: "990201", inbox: labour, overseer: coordination}
      - {code: town-east, zh: 东镇, en: East Town, division: "990201001", inbox: town-east, overseer: coordination}
      - {code: town-west, zh: 西镇, en: West Town, division: "990201002", inbox: town-west, overseer: coordination}
    """

  private static let calendar = """
    zone: Asia/Shanghai
    hours: ["08:30-12:00", "14:00-17:30"]
    weekdays: [monday, tuesday, wednesday, thursday, friday]
    holidays: []
    workdays: []
    """

  private static let deadlines = """
    lines:
      - {kind: "*", step: sign, minutes: 30, clock: always}
      - {kind: "*", step: arrive, minutes: 60, clock: always}
      - {kind: "*", step: feedback, minutes: 1440, clock: always}
      - {kind: "*", step: closure, minutes: 2880, clock: always}
    ladder:
      - {notice: reminder, minutes: -10, clock: always, to: agency}
      - {notice: warning, minutes: 60, clock: always, to: overseer}
      - {notice: supervision, minutes: 1440, clock: always, to: supervisor}
      - {notice: rectification, minutes: 4320, clock: always, to: coordinator}
    """

  private static let divisions = """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"code":"990201","level":"district","zh":"小城","en":"Small City"},"geometry":{"type":"Polygon","coordinates":[[[124.0,29.4],[124.04,29.4],[124.04,29.42],[124.0,29.42],[124.0,29.4]]]}},
    {"type":"Feature","properties":{"code":"990201001","parent":"990201","level":"town","zh":"东镇","en":"East"},"geometry":{"type":"Polygon","coordinates":[[[124.0,29.4],[124.02,29.4],[124.02,29.42],[124.0,29.42],[124.0,29.4]]]}},
    {"type":"Feature","properties":{"code":"990201002","parent":"990201","level":"town","zh":"西镇","en":"West"},"geometry":{"type":"Polygon","coordinates":[[[124.02,29.4],[124.04,29.4],[124.04,29.42],[124.02,29.42],[124.02,29.4]]]}}
    ]}
    """

  private static let kinds = """
    kinds:
      - code: crime
        zh: 违法犯罪
        en: Crime
        jurisdiction: police
        severity: urgent
        kinds:
          - {code: theft, zh: 盗窃, en: Theft, cues: [被偷, 小偷, stolen, thief], loss: true}
      - code: rescue
        zh: 救援
        en: Rescue
        jurisdiction: police
        severity: critical
        kinds:
          - {code: fire, zh: 火灾, en: Fire, cues: [着火, 火灾, house on fire]}
      - code: noise
        zh: 噪音
        en: Noise
        jurisdiction: non-police
        severity: ordinary
        published: true
        kinds:
          - {code: renovation, zh: 装修噪音, en: Renovation noise, cues: [装修, 电钻, renovation noise, drilling]}
      - code: dispute
        zh: 纠纷
        en: Dispute
        jurisdiction: non-police
        severity: ordinary
        kinds:
          - {code: wages, zh: 欠薪, en: Unpaid wages, cues: [拖欠工资, 欠薪, unpaid wages]}
    """

  private static let places = """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"code":"P1","division":"990201001","use":"estate","zh":"东苑","en":"East Court","published":true,"centre":[124.005,29.405]},"geometry":{"type":"Polygon","coordinates":[[[124.004,29.404],[124.006,29.404],[124.006,29.406],[124.004,29.406],[124.004,29.404]]]}},
    {"type":"Feature","properties":{"code":"P2","division":"990201002","use":"market","zh":"西市","en":"West Market","published":true,"centre":[124.035,29.415]},"geometry":{"type":"Polygon","coordinates":[[[124.034,29.414],[124.036,29.414],[124.036,29.416],[124.034,29.416],[124.034,29.414]]]}}
    ]}
    """

  private static let responsibility = """
    lines:
      - {kind: crime, area: "*", agency: police}
      - {kind: rescue, area: "*", agency: fire}
      - {kind: noise, area: "990201001", agency: town-east}
      - {kind: noise, area: "990201002", agency: town-west}
      - {kind: dispute, area: "*", agency: labour, supporting: [hotline]}
    """

  private static let squads = """
    crew: [{count: 3, skills: [mediator]}]
    shifts: ["08:00-16:00", "16:00-24:00", "00:00-08:00"]
    shift-size: 1
    vehicles: 1
    squads:
      - {code: east-1, zh: 东镇1队, en: East 1, agency: town-east, division: "990201001", latitude: 29.41, longitude: 124.01}
      - {code: west-1, zh: 西镇1队, en: West 1, agency: town-west, division: "990201002", latitude: 29.41, longitude: 124.03}
    """

  private static let triage = """
    certainty-min: 0.45
    margin-min: 0.1
    dangers:
      - {code: weapon, zh: 凶器, en: Weapon, words: [持刀, knife]}
      - {code: injury, zh: 受伤, en: Injury, words: [受伤, injured]}
      - {code: fire, zh: 火情, en: Fire, words: [着火, fire]}
      - {code: child, zh: 儿童, en: Child, words: [小孩走丢, child]}
    priors: []
    """
}
