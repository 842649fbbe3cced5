extension PackProof {
  /// The definition of the safety index names what exists, and its parts do not overlap.
  mutating func proveEditions() {
    guard let definition = pack.editions else { return }
    proveUnique(definition.groups.map(\.code), marks.editionGroups, .group)
    proveUnique(definition.rankings.map(\.code), marks.rankings, .ranking)
    proveTexts(definition.groups.map(\.names), marks.editionGroups)
    proveTexts(definition.rankings.map(\.names), marks.rankings)
    proveThresholds(definition)
    proveExposures(definition)
    proveKinds(definition.morningKinds + definition.nearRepeatKinds, marks.editions)
    proveGroups(definition)
    for (ranking, mark) in zip(definition.rankings, marks.rankings) {
      proveKinds(ranking.kinds, mark)
      proveUnit(ranking, mark)
      proveLife(ranking, of: definition, mark)
    }
  }

  private mutating func proveKinds(_ codes: [String], _ mark: PackMarks.Mark) {
    if codes.isEmpty {
      add(mark, Texts(zh: "没有列出类别", en: "it names no kinds"),
          fix: Texts(zh: "在 kinds 中列出类别代码", en: "name them in `kinds`"))
    }
    for code in codes where pack.kind(code) == nil { addUnknown(mark, .kind, code) }
  }

  private mutating func proveThresholds(_ definition: EditionDefinition) {
    for hours in [definition.night, definition.morning]
    where !(0...23).contains(hours.from) || !(1...24).contains(hours.to) || hours.from == hours.to {
      let span = "\(hours.from)–\(hours.to)"
      add(marks.editions, Texts(zh: "时段 \(span) 无效", en: "\(span) are no hours of a day"),
          fix: Texts(zh: "from 取 0–23,to 取 1–24,二者不同", en: "let `from` be 0–23 and `to` 1–24, not the same"))
    }
    if definition.suppressBelow < 3 || definition.rankAtLeast < definition.suppressBelow {
      add(marks.editions,
          Texts(zh: "隐去小数的阈值过低", en: "small counts would not be hidden"),
          fix: Texts(zh: "suppress-below 至少为 3,rank-at-least 不小于它",
                     en: "let `suppress-below` be 3 or more and `rank-at-least` no less than that"))
    }
  }

  private mutating func proveGroups(_ definition: EditionDefinition) {
    var taken: [(code: String, group: String)] = []
    for (group, mark) in zip(definition.groups, marks.editionGroups) {
      proveKinds(group.kinds, mark)
      for code in group.kinds {
        if let other = taken.first(where: { Self.overlap($0.code, code) }) {
          add(mark,
              Texts(zh: "类别“\(code)”已在“\(other.group)”中", en: "`\(code)` is in `\(other.group)` already"),
              fix: Texts(zh: "让各组互不重叠", en: "let groups share no kind"))
        }
        taken.append((code, group.code))
      }
    }
  }

  private static func overlap(_ one: String, _ other: String) -> Bool {
    Kind.isCode(one, within: other) || Kind.isCode(other, within: one)
  }

  private mutating func proveUnit(_ ranking: EditionDefinition.Ranking, _ mark: PackMarks.Mark) {
    let uses = Set(pack.places.map(\.use))
    for use in ranking.uses where !uses.contains(use) { addUnknown(mark, .use, use) }
    switch ranking.unit {
    case .place where pack.places.isEmpty:
      add(mark, Texts(zh: "本包没有地点可排", en: "the pack has no places to rank"),
          fix: Texts(zh: "unit 改用 town 或 community", en: "use `town` or `community` as its unit"))
    case .place: break
    case .town, .community, .grid:
      guard !pack.divisions.contains(where: { $0.level.rawValue == ranking.unit.rawValue }) else { break }
      add(mark, Texts(zh: "没有级别为“\(ranking.unit.rawValue)”的区划", en: "no division is a \(ranking.unit.rawValue)"),
          fix: Texts(zh: "改用已有的级别", en: "use a level that there is"))
    }
    proveFigures(ranking.exposure, ranking.unit, mark)
  }

  /// What is to be counted over stands in the pack, with its year.
  private mutating func proveExposures(_ definition: EditionDefinition) {
    if ![.households, .residents].contains(definition.silenceExposure) {
      add(marks.editions, Texts(zh: "silence-exposure 无效", en: "`silence-exposure` is neither"),
          fix: Texts(zh: "取 households 或 residents", en: "let it be `households` or `residents`"))
    }
    if definition.silenceExposure == .residents { proveFigures(.residents, .place, marks.editions) }
    let used = definition.rankings.map(\.exposure) + [definition.silenceExposure]
    if used.contains(.residents), !definition.exposureSources.contains(where: { $0.exposure == .residents }) {
      add(marks.editions, Texts(zh: "没有写明居民数的出处和年份", en: "nothing says where `residents` are from, and of what year"),
          fix: Texts(zh: "在 exposures 中补上 residents 的 year、zh、en",
                     en: "give `exposures` a `residents` with `year`, `zh` and `en`"))
    }
    for source in definition.exposureSources where !(1900...2200).contains(source.year) {
      add(marks.editions, Texts(zh: "年份 \(source.year) 无效", en: "\(source.year) is no year"),
          fix: Texts(zh: "写四位数字的年份", en: "write the year in four digits"))
    }
  }

  private mutating func proveFigures(_ exposure: EditionDefinition.Exposure, _ unit: EditionDefinition.Ranking.Unit,
                                     _ mark: PackMarks.Mark) {
    switch exposure {
    case .area, .none: break
    case .households where !pack.places.contains { $0.households != nil }:
      add(mark, Texts(zh: "没有地点写明户数", en: "no place says how many households it has"),
          fix: Texts(zh: "在 places.geojson 中补上 households,或改用 area、none",
                     en: "give places `households`, or count over `area` or `none`"))
    case .residents where unit == .place && !pack.places.contains { $0.residents != nil }:
      add(mark, Texts(zh: "没有地点写明居民数", en: "no place says how many residents it has"),
          fix: Texts(zh: "在 places.geojson 中补上 residents,或改用别的",
                     en: "give places `residents`, or count over something else"))
    case .residents where unit != .place && !pack.divisions.contains {
      $0.level.rawValue == unit.rawValue && pack.residents(division: $0.code) != nil
    }:
      add(mark, Texts(zh: "没有这一级区划的居民数", en: "no division of that level has its residents told"),
          fix: Texts(zh: "在 divisions.geojson 中补上 residents,或改用别的",
                     en: "give divisions `residents`, or count over something else"))
    case .households, .residents: break
    }
  }

  private mutating func proveLife(_ ranking: EditionDefinition.Ranking, of definition: EditionDefinition,
                                  _ mark: PackMarks.Mark) {
    guard let retired = ranking.retired else { return }
    if retired.from <= ranking.published {
      add(mark,
          Texts(zh: "“\(ranking.code)”的停用日不晚于发布日", en: "`\(ranking.code)` is retired before it is published"),
          fix: Texts(zh: "更正 published 或 retired.from", en: "correct `published` or `from` of `retired`"))
    }
    proveTexts([retired.why], [mark])
    let others = definition.rankings.map(\.code).filter { $0 != ranking.code }
    if let next = retired.replacedBy, !others.contains(next) {
      addUnknown(mark, .ranking, next)
    }
  }
}

extension Texts {
  static let group = Texts(zh: "类别组", en: "group")
  static let ranking = Texts(zh: "排行榜", en: "ranking")
  static let use = Texts(zh: "地点用途", en: "use of a place")
}
