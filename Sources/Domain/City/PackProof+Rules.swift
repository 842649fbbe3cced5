extension PackProof {
  mutating func proveResponsibility() {
    for (line, mark) in zip(pack.responsibility.lines, marks.responsibility) {
      if line.kind != "*", pack.kind(line.kind) == nil { addUnknown(mark, .kind, line.kind) }
      if line.area != "*", pack.division(line.area) == nil { addUnknown(mark, .division, line.area) }
      for agency in [line.agency] + line.supporting where pack.agency(agency) == nil {
        addUnknown(mark, .agency, agency)
      }
      if line.supporting.contains(line.agency) {
        add(
          mark, Texts(zh: "牵头单位同时列为协同单位", en: "the responsible agency is also named as supporting"),
          fix: Texts(zh: "从 supporting 中删除", en: "remove it from `supporting`"))
      }
    }
    let areas = pack.divisions.indices.filter { pack.index.divisionIsLeaf[$0] }
    var told = Told()
    for kind in pack.kinds.indices where pack.index.kindIsLeaf[kind] {
      for isOffice in [true, false] { proveOneLine(kind, areas, isOffice, &told) }
    }
  }

  /// What was said already: lines that overlap, and pairs of kind and line.
  private struct Told {
    var overlaps: Set<[Int]> = []
    var judged: Set<[Int]> = []
  }

  /// One fault a kind where no line matches, naming the areas, and one a pair of lines that both match.
  private mutating func proveOneLine(_ kind: Int, _ areas: [Int], _ isOffice: Bool, _ told: inout Told) {
    var uncovered: [String] = []
    for area in areas {
      let found = pack.responsibility.candidates(kind: kind, division: area, isOffice: isOffice, pack: pack)
      if found.isEmpty { uncovered.append(pack.divisions[area].code) }
      if found.count > 1, told.overlaps.insert(found).inserted { addTwice(found, kind, area, isOffice) }
      if found.count == 1, told.judged.insert([kind, found[0]]).inserted { proveJurisdiction(kind, found[0]) }
    }
    guard let first = uncovered.first else { return }
    let hours = isOffice ? Texts(zh: "工作时间", en: "office hours") : Texts(zh: "非工作时间", en: "outside office hours")
    let code = pack.kinds[kind].code
    add(
      marks.responsibility.last ?? PackMarks.Mark(file: "responsibility.yaml", line: 1),
      Texts(
        zh: "类别“\(code)”在 \(first) 等 \(uncovered.count) 个区划的\(hours.zh)没有责任单位",
        en: "nobody is responsible for `\(code)` in \(first) and \(uncovered.count - 1) other divisions, \(hours.en)"),
      fix: Texts(zh: "为“\(code)”或其上级类别加一行", en: "add a line for `\(code)` or a kind above it"))
  }

  private mutating func addTwice(_ found: [Int], _ kind: Int, _ area: Int, _ isOffice: Bool) {
    let lines = found.map { marks.responsibility[$0].line }
    let what = "\(pack.kinds[kind].code) × \(pack.divisions[area].code)"
    add(
      marks.responsibility[found[1]],
      Texts(zh: "与第 \(lines[0]) 行同样适用于 \(what)", en: "line \(lines[0]) matches \(what) just as well"),
      fix: Texts(zh: "删除其一,或用 hours 区分", en: "remove one of the two or tell them apart by `hours`"))
  }

  /// A police matter goes to police or rescue, and a matter that is none does not.
  private mutating func proveJurisdiction(_ kind: Int, _ line: Int) {
    let kind = pack.kinds[kind]
    guard let agency = pack.agency(pack.responsibility.lines[line].agency) else { return }
    let isEmergency = agency.isPolice || agency.isRescue
    if kind.jurisdiction == .police, !isEmergency {
      add(
        marks.responsibility[line],
        Texts(
          zh: "警务类别“\(kind.code)”交给了非警务单位“\(agency.code)”",
          en: "the police matter `\(kind.code)` goes to `\(agency.code)`, neither police nor rescue"),
        fix: Texts(zh: "改派公安或救援单位,或更正该类别的管辖", en: "name police or rescue, or correct the kind's jurisdiction"))
    }
    if kind.jurisdiction == .nonPolice, agency.isPolice {
      add(
        marks.responsibility[line],
        Texts(
          zh: "非警务类别“\(kind.code)”交给了公安单位“\(agency.code)”",
          en: "`\(kind.code)` is no police matter but goes to `\(agency.code)`"),
        fix: Texts(zh: "改派其他单位,或更正该类别的管辖", en: "name another agency, or correct the kind's jurisdiction"))
    }
  }

  mutating func proveDeadlines() {
    var seen: [DeadlineTable.Key: Int] = [:]
    for (line, mark) in zip(pack.deadlines.lines, marks.deadlines) {
      if line.kind != "*", pack.kind(line.kind) == nil { addUnknown(mark, .kind, line.kind) }
      let key = DeadlineTable.Key(step: line.step, kind: line.kind[...], severity: line.severity)
      if let earlier = seen.updateValue(mark.line, forKey: key) {
        add(
          mark, Texts(zh: "与第 \(earlier) 行的时限重复", en: "line \(earlier) sets the same deadline"),
          fix: Texts(zh: "删除其一", en: "remove one of the two"))
      }
      if line.allowance.minutes <= 0 {
        add(
          mark, Texts(zh: "时限应大于 0 分钟", en: "a deadline must allow more than 0 minutes"),
          fix: Texts(zh: "更正 minutes", en: "correct `minutes`"))
      }
    }
    for (kind, mark) in zip(pack.kinds, marks.kinds) where pack.isLeaf(kind: kind.code) {
      for step in DeadlineStep.allCases {
        let missing = Severity.allCases.filter { pack.deadlines.allowance(step, kind: kind.code, severity: $0) == nil }
        guard let first = missing.first else { continue }
        add(
          mark,
          Texts(
            zh: "类别“\(kind.code)”缺少 \(step.rawValue) 时限(\(first.rawValue))",
            en: "kind `\(kind.code)` has no \(step.rawValue) deadline (\(first.rawValue))"),
          fix: Texts(zh: "在 deadlines.yaml 中为它或“*”加一行", en: "add a line for it or for `*` to deadlines.yaml"))
      }
    }
    proveLadder()
  }

  private mutating func proveLadder() {
    let rungs = pack.deadlines.ladder
    let notices = DeadlineTable.Rung.Notice.allCases
    if rungs.isEmpty {
      add(
        PackMarks.Mark(file: "deadlines.yaml", line: 1), Texts(zh: "没有提级阶梯", en: "there is no ladder"),
        fix: Texts(
          zh: "加入 ladder:\(notices.map(\.rawValue).joined(separator: "、"))",
          en: "add `ladder`: \(notices.map(\.rawValue).joined(separator: ", "))"))
    }
    for (rung, mark) in zip(rungs, marks.ladder) where !DeadlineTable.Rung.addressees.contains(rung.addressee) {
      let all = DeadlineTable.Rung.addressees.joined(separator: ", ")
      add(
        mark, Texts(zh: "未知的送达对象“\(rung.addressee)”", en: "`\(rung.addressee)` is nobody a notice can go to"),
        fix: Texts(zh: "可用的值:\(all)", en: "use one of: \(all)"))
    }
    for index in rungs.indices.dropFirst() {
      let (one, next) = (rungs[index - 1], rungs[index])
      let isInOrder = (notices.firstIndex(of: one.notice) ?? 0) <= (notices.firstIndex(of: next.notice) ?? 0)
      let isLater = one.after.clock == next.after.clock && one.after.minutes < next.after.minutes
      guard !isInOrder || !isLater else { continue }
      add(
        marks.ladder[index], Texts(zh: "提级阶梯次序颠倒或时钟不一", en: "the ladder is out of order or mixes clocks"),
        fix: Texts(zh: "按预警到整改、分钟递增排列,使用同一时钟", en: "sort it by notice and by minutes, all on one clock"))
    }
  }

  mutating func proveTriage() {
    let rules = pack.triage
    if !(0...1).contains(rules.certaintyMin) || !(0...1).contains(rules.marginMin) {
      add(
        marks.triage,
        Texts(
          zh: "certainty-min 与 margin-min 应在 0 与 1 之间",
          en: "certainty-min and margin-min lie between 0 and 1"),
        fix: Texts(zh: "更正数值", en: "correct the number"))
    }
    for code in TriageRules.Danger.required where !rules.dangers.contains(where: { $0.code == code }) {
      add(
        marks.triage, Texts(zh: "缺少危险信号“\(code)”", en: "the danger `\(code)` is missing"),
        fix: Texts(zh: "在 dangers 中加入它及其词语", en: "add it with its words to `dangers`"))
    }
    for (danger, mark) in zip(rules.dangers, marks.dangers) {
      let isLatin = danger.words.map { $0.utf8.allSatisfy { $0 < 128 } && !$0.isBlank }
      guard !isLatin.contains(true) || !isLatin.contains(false) else { continue }
      add(
        mark,
        Texts(
          zh: "危险信号“\(danger.code)”缺少一种语言的词语",
          en: "the danger `\(danger.code)` has no words in one language"),
        fix: Texts(zh: "补上中文与英文词语", en: "add both Chinese and English words"))
    }
    for (prior, mark) in zip(rules.priors, marks.priors) {
      if pack.kind(prior.kind) == nil { addUnknown(mark, .kind, prior.kind) }
      if let door = prior.door, !CityPack.doors.contains(door) { addUnknown(mark, .door, door) }
    }
  }

  mutating func proveCalendar() {
    guard pack.calendar.week.values.allSatisfy(\.isEmpty) else { return }
    add(
      marks.calendar, Texts(zh: "日历没有任何工作时间", en: "the calendar has no working hours"),
      fix: Texts(zh: "填写 hours 与 weekdays", en: "fill in `hours` and `weekdays`"))
  }
}

extension DeadlineTable.Rung {
  /// Roles that a notice can go to.
  public static let addressees = ["agency", "overseer", "supervisor", "coordinator"]
}

extension TriageRules.Danger {
  /// Dangers that every pack must know.
  public static let required = ["weapon", "injury", "fire", "child"]
}
