import Domain

/// The tables of an edition as they are handed out: CSV (RFC 4180, UTF-8), each column explained in the dictionary.
struct EditionTables {
  struct Column {
    let code: String
    let meaning: Texts

    init(_ code: String, _ zh: String, _ en: String) {
      self.code = code
      meaning = Texts(zh: zh, en: en)
    }
  }

  struct Sheet {
    let file: String
    let columns: [Column]
    let rows: [[String]]

    var csv: String {
      ([columns.map(\.code)] + rows).map { row in row.map(CSVField.safe).joined(separator: ",") + "\r\n" }.joined()
    }
  }

  let edition: Edition

  var sheets: [Sheet] {
    [parts, hours, weeks, rankings, clusters, nearRepeats, concentration, repeats, silences, scenarios, words,
     losses]
  }

  /// What every column of every file means.
  var dictionary: Sheet {
    Sheet(
      file: "dictionary.csv",
      columns: [
        Column("file", "文件", "file"), Column("column", "列", "column"), Column("zh", "含义(中文)", "meaning, Chinese"),
        Column("en", "含义(英文)", "meaning, English"),
      ],
      rows: sheets.flatMap { sheet in
        sheet.columns.map { [sheet.file, $0.code, $0.meaning.zh, $0.meaning.en] }
      })
  }

  private var parts: Sheet {
    func lines(_ list: String, _ parts: [Edition.Part]) -> [[String]] {
      parts.map { [list, $0.code, $0.names.zh, $0.names.en] + Self.cells($0.change) + [$0.group ?? ""] }
    }
    let whole = Edition.Part(code: "*", names: Texts(zh: "全部", en: "All"), depth: 0, change: edition.total)
    return Sheet(
      file: "parts.csv",
      columns: [
        Column("list", "所属表:total 总量,kind 类别,group 类别组,door 受理渠道",
               "which list: total, kind, group of kinds, door"),
        Column("code", "代码", "code"),
      ] + Self.nameColumns + changeColumns + [
        Column("group", "类别所属的类别组;空白为不属于任何组", "the group that a kind belongs to; empty for none"),
      ],
      rows: lines("total", [whole]) + lines("kind", edition.parts) + lines("group", edition.groups)
        + lines("door", edition.doors))
  }

  static let nameColumns = [
    Column("zh", "名称(中文)", "name, Chinese"), Column("en", "名称(英文)", "name, English"),
  ]

  /// What the edition is compared with, in words and days.
  var before: Texts {
    let days = "\(edition.before.from) – \(edition.before.to)"
    return edition.comparison == EditionQuery.Comparison.lastYear.rawValue
      ? Texts(zh: "上年同期(\(days))", en: "the same days last year (\(days))")
      : Texts(zh: "前一时段(\(days))", en: "the period before (\(days))")
  }

  private var changeColumns: [Column] { [
    Column("now", "本期警情数;空白为已隐去的小数", "reports in the period; empty where small and hidden"),
    Column("before", "\(before.zh)警情数;空白为已隐去的小数", "reports in \(before.en); empty where small and hidden"),
    Column("ratio", "日均之比:1 为持平,0.8 为下降两成", "ratio of daily rates: 1 for the same, 0.8 for a fall by a fifth"),
    Column("low", "比值 95% 区间下限", "lower bound of the ratio's 95 % interval"),
    Column("high", "比值 95% 区间上限;空白为无上限", "its upper bound; empty where there is none"),
    Column("chance", "仅凭偶然出现如此差异的概率(已按同表比较项数校正)",
           "probability of such a difference by chance alone, adjusted for all compared in the list"),
    Column("standing", "up 上升,down 下降,level 尚不能断定", "up, down, or level: not to be told from chance"),
  ] }

  static func cells(_ change: EditionChange) -> [String] {
    [Self.text(change.now), Self.text(change.before), Self.text(change.ratio), Self.text(change.low),
     Self.text(change.high), Self.text(change.chance), change.standing?.rawValue ?? ""]
  }

  private var hours: Sheet {
    Sheet(
      file: "hours.csv",
      columns: [
        Column("weekday", "星期,1 为星期一", "day of the week, 1 for Monday"), Column("hour", "时,0–23", "hour, 0–23"),
        Column("reports", "本期警情数;空白为已隐去的小数", "reports in the period; empty where small and hidden"),
      ],
      rows: edition.hours.cells.enumerated().map { index, count in
        [String(index / 24 + 1), String(index % 24), Self.text(count)]
      })
  }

  private var weeks: Sheet {
    Sheet(
      file: "weeks.csv",
      columns: [
        Column("from", "该周第一天", "first day of the week"), Column("now", "本期该周警情数", "reports in that week"),
        Column("before", "\(before.zh)同序周警情数", "reports in the same week of \(before.en)"),
      ],
      rows: edition.weeks.starts.indices.map { index in
        let before = edition.weeks.before.indices.contains(index) ? edition.weeks.before[index] : nil
        return [edition.weeks.starts[index], Self.text(edition.weeks.now[index]), Self.text(before)]
      })
  }

  private var rankings: Sheet {
    Sheet(
      file: "rankings.csv",
      columns: [
        Column("ranking", "排行榜代码", "code of the ranking"),
        Column("position", "名次,并列者相同", "position, shared by ties"),
        Column("rank_low", "名次 95% 区间上端", "best rank of the 95 % interval"),
        Column("rank_high", "名次 95% 区间下端", "worst rank of it"),
        Column("code", "地点或区划代码", "code of the place or division"),
      ] + Self.nameColumns + [
        Column("reports", "本期警情数;空白为已隐去", "reports in the period; empty where hidden"),
        Column("reports_before", "\(before.zh)警情数;空白为已隐去", "reports in \(before.en); empty where hidden"),
        Column("over", "以什么为分母:households 户,residents 居民,area 面积,none 无",
               "what it is counted over: households, residents, area, none"),
        Column("exposure", "分母:户数、居民数或平方公里;空白为无",
               "how much of it: households, residents or km²; empty for none"),
        Column("year", "分母数据的年份;空白为未写明", "the year that this figure is of; empty where it is not told"),
        Column("rate", "估计的发生率(每千户、每万居民、每平方公里或件数)",
               "estimated rate: of 1,000 households, of 10,000 residents, of a km², or a count"),
        Column("low", "发生率 95% 区间下限", "lower bound of its 95 % interval"), Column("high", "上限", "upper bound"),
        Column("standing", "漏斗图位置:far-high/high 高于全区,within 无异,low/far-low 低于",
               "in the funnel: far-high, high, within, low, far-low"),
        Column("is_new", "true 为新上榜:\(before.zh)不在榜上", "true where it was not listed in \(before.en)"),
      ],
      rows: edition.rankings.flatMap { ranking in
        ranking.rows.map { row in
          [ranking.code, String(row.position), String(row.rankLow), String(row.rankHigh), row.code, row.names.zh,
           row.names.en, Self.text(row.count), Self.text(row.countBefore), ranking.exposure, Self.text(row.exposure),
           Self.text(edition.source(of: ranking.exposure)?.year), Self.text(row.rate), Self.text(row.low),
           Self.text(row.high), row.standing, String(row.isNew)]
        }
      })
  }

  static func text(_ value: Int?) -> String { value.map { String($0) } ?? "" }

  static func text(_ value: Double?) -> String {
    guard let text = value?.description else { return "" }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Edition {
  /// Where the figures of an exposure are from; nil where that is not told.
  public func source(of exposure: String) -> Exposure? { exposures?.first { $0.code == exposure } }

  /// What writes each file of the edition as data, by its name: the same bytes whenever it is called.
  /// - Parameter pack: on whose grid it was made.
  public func dataWriters(_ pack: CityPack) -> [String: () throws -> [UInt8]] {
    let tables = EditionTables(edition: self)
    var writers = EditionGeography(edition: self, grid: pack.grid).writers
    for sheet in tables.sheets + [tables.dictionary] { writers[sheet.file] = { Array(sheet.csv.utf8) } }
    writers["edition.json"] = { try SortedJSON.encode(self) }
    return writers
  }

  /// The edition as data: contents by file name.
  /// - Throws: `EncodingError` for a number that is not finite.
  public func dataFiles(_ pack: CityPack) throws -> [String: [UInt8]] { try dataWriters(pack).mapValues { try $0() } }
}
