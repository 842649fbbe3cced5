/// Proves a pack whole: every kind × area × hours has exactly one responsible agency, every agency an inbox that
/// somebody answers for, every division a polygon, and everything named exists.
public struct PackProof {
  public private(set) var faults: [PackFault] = []
  let pack: CityPack
  let marks: PackMarks

  /// - Parameter marks: where the parts stand, parallel to the pack's arrays.
  public init(pack: CityPack, marks: PackMarks) {
    self.pack = pack
    self.marks = marks
    proveCodes()
    proveTexts()
    proveAgencies()
    proveDesks()
    proveMap()
    proveSquads()
    proveResponsibility()
    proveDeadlines()
    proveTriage()
    proveCalendar()
    provePlates()
    proveDocuments()
    proveEditions()
  }

  mutating func add(_ mark: PackMarks.Mark, _ what: Texts, fix: Texts) {
    faults.append(PackFault(file: mark.file, line: mark.line, what: what, fix: fix))
  }

  /// A name that stands for nothing in the pack.
  mutating func addUnknown(_ mark: PackMarks.Mark, _ noun: Texts, _ code: String) {
    add(
      mark, Texts(zh: "\(noun.zh)“\(code)”不存在", en: "there is no \(noun.en) `\(code)`"),
      fix: Texts(zh: "更正代码,或先定义该\(noun.zh)", en: "correct the code, or define the \(noun.en) first"))
  }

  private mutating func proveCodes() {
    proveUnique(pack.kinds.map(\.code), marks.kinds, .kind)
    proveUnique(pack.agencies.map(\.code), marks.agencies, .agency)
    proveUnique(pack.divisions.map(\.code), marks.divisions, .division)
    proveUnique(pack.places.map(\.code), marks.places, .place)
    proveUnique(pack.squads.map(\.code), marks.squads, .squad)
    proveUnique(pack.triage.dangers.map(\.code), marks.dangers, .danger)
    for (kind, mark) in zip(pack.kinds, marks.kinds) {
      let parts = kind.code.split(separator: ".", omittingEmptySubsequences: false)
      guard !parts.allSatisfy(\.isSlug) else { continue }
      add(
        mark, Texts(zh: "类别代码“\(kind.code)”含非法字符", en: "`\(kind.code)` is no code of a kind"),
        fix: Texts(zh: "只用小写字母、数字和连字符", en: "use lower-case letters, digits and hyphens"))
    }
  }

  mutating func proveUnique(_ codes: [String], _ marks: [PackMarks.Mark], _ noun: Texts) {
    var first: [String: PackMarks.Mark] = [:]
    for (code, mark) in zip(codes, marks) {
      guard let earlier = first.updateValue(mark, forKey: code) else { continue }
      add(
        mark,
        Texts(
          zh: "\(noun.zh)“\(code)”重复,已见于第 \(earlier.line) 行",
          en: "\(noun.en) `\(code)` stands at line \(earlier.line) already"),
        fix: Texts(zh: "删除其一或更换代码", en: "remove one of the two or give it another code"))
    }
  }

  private mutating func proveTexts() {
    proveTexts(pack.kinds.map(\.names), marks.kinds)
    proveTexts(pack.agencies.map(\.names), marks.agencies)
    proveTexts(pack.divisions.map(\.names), marks.divisions)
    proveTexts(pack.places.map(\.names), marks.places)
    proveTexts(pack.squads.map(\.names), marks.squads)
    proveTexts(pack.triage.dangers.map(\.names), marks.dangers)
    proveTexts([pack.names], [marks.city])
  }

  mutating func proveTexts(_ texts: [Texts], _ marks: [PackMarks.Mark]) {
    for (text, mark) in zip(texts, marks) where text.zh.isBlank || text.en.isBlank {
      add(
        mark, Texts(zh: "名称缺少一种语言", en: "the name is empty in one language"),
        fix: Texts(zh: "补上 zh 与 en", en: "fill in both `zh` and `en`"))
    }
  }

  private mutating func proveAgencies() {
    for (agency, mark) in zip(pack.agencies, marks.agencies) {
      if pack.division(agency.division) == nil { addUnknown(mark, .division, agency.division) }
      if !agency.inbox.isInbox {
        add(
          mark, Texts(zh: "“\(agency.code)”没有可送达的收件箱", en: "`\(agency.code)` has no inbox that can be reached"),
          fix: Texts(
            zh: "填写 inbox:小写代码、邮箱或 https 地址",
            en: "give `inbox` a lower-case name, a mail or an https address"))
      }
      if let overseer = agency.overseer, pack.agency(overseer) == nil { addUnknown(mark, .agency, overseer) }
      if isOverseenByItself(agency) {
        add(
          mark, Texts(zh: "“\(agency.code)”的上级链成环", en: "`\(agency.code)` oversees itself in the end"),
          fix: Texts(zh: "让上级链止于一个没有 overseer 的单位", en: "let the chain of `overseer` end at an agency without one"))
      }
    }
  }

  private func isOverseenByItself(_ agency: Agency) -> Bool {
    var next = agency.overseer.flatMap { pack.agency($0) }
    for _ in pack.agencies {
      guard let overseer = next else { return false }
      if overseer.code == agency.code { return true }
      next = overseer.overseer.flatMap { pack.agency($0) }
    }
    return false
  }

  private mutating func proveDesks() {
    for door in CityPack.doors where pack.desk(door: door) == nil {
      add(
        marks.city, Texts(zh: "受理渠道“\(door)”没有受理台", en: "the door `\(door)` has no desk"),
        fix: Texts(zh: "在 desks 中加入 \"\(door)\" 或 \"*\"", en: "add \"\(door)\" or \"*\" to `desks`"))
    }
    for (door, agency) in pack.desks.sorted(by: { $0.key < $1.key }) {
      let mark = marks.desks[door] ?? marks.city
      if door != "*", !CityPack.doors.contains(door) { addUnknown(mark, .door, door) }
      if pack.agency(agency) == nil { addUnknown(mark, .agency, agency) }
    }
    if pack.agency(pack.coordinator) == nil { addUnknown(marks.coordinator, .agency, pack.coordinator) }
  }

  private mutating func proveSquads() {
    for (squad, mark) in zip(pack.squads, marks.squads) {
      if pack.agency(squad.agency) == nil { addUnknown(mark, .agency, squad.agency) }
      if pack.division(squad.division) == nil { addUnknown(mark, .division, squad.division) }
      if !coversTheDay(squad.shifts) {
        add(
          mark, Texts(zh: "班次没有覆盖 24 小时", en: "the shifts leave hours of the day without a squad"),
          fix: Texts(zh: "让 shifts 首尾相接", en: "let `shifts` follow one another around the clock"))
      }
      if squad.members.count < squad.shiftSize * max(squad.shifts.count, 1) {
        add(
          mark, Texts(zh: "队员不足以轮完所有班次", en: "there are fewer members than the shifts of a day need"),
          fix: Texts(zh: "增加队员或减小 shift-size", en: "add members to `crew` or lower `shift-size`"))
      }
      if pack.division(containing: squad.base) == nil {
        add(
          mark, Texts(zh: "驻点不在辖区内", en: "its base lies outside the city"),
          fix: Texts(zh: "更正 WGS-84 坐标", en: "correct the WGS-84 degrees"))
      }
    }
  }

  private func coversTheDay(_ shifts: [Range<Int>]) -> Bool {
    (0..<1_440).allSatisfy { minute in shifts.contains { $0.contains(minute) || $0.contains(minute + 1_440) } }
  }
}

extension CityPack {
  /// The doors through which reports come; each has a desk.
  public static let doors = ["110", "12345", "plate", "app", "grid", "device", "partner", "import"]
}

extension Texts {
  static let kind = Texts(zh: "类别", en: "kind")
  static let agency = Texts(zh: "承办单位", en: "agency")
  static let division = Texts(zh: "区划", en: "division")
  static let place = Texts(zh: "地点", en: "place")
  static let squad = Texts(zh: "服务队", en: "squad")
  static let danger = Texts(zh: "危险信号", en: "danger")
  static let door = Texts(zh: "受理渠道", en: "door")
}

extension StringProtocol {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }

  /// Lower-case ASCII letters, digits and hyphens.
  var isSlug: Bool {
    !isEmpty && utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  /// A name of our own (`labour`), a mail address or an https address: nothing with white space in it.
  var isInbox: Bool {
    guard !isEmpty, !contains(where: \.isWhitespace) else { return false }
    if hasPrefix("https://") { return dropFirst(8).contains { $0.isLetter || $0.isNumber } }
    let parts = split(separator: "@", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isSlug
    case 2: return !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
    default: return false
    }
  }
}
