import Domain

extension EditionTables {
  var clusters: Sheet {
    Sheet(
      file: "clusters.csv",
      columns: [
        Column("group", "类别组", "group of kinds"), Column("near_zh", "附近(中文)", "near, Chinese"),
        Column("near_en", "附近(英文)", "near, English"), Column("radius_metres", "半径,米", "radius in metres"),
        Column("from", "首日", "first day"), Column("to", "末日", "last day"),
        Column("observed", "警情数", "reports"), Column("expected", "偶然应有数", "expected by chance"),
        Column("chance", "仅凭偶然出现的概率", "probability by chance alone"),
      ],
      rows: edition.clusters.map { cluster in
        [cluster.code, cluster.near.zh, cluster.near.en, Self.text(cluster.radiusMetres), cluster.from, cluster.to,
         String(cluster.observed), Self.text(cluster.expected), Self.text(cluster.chance)]
      })
  }

  var nearRepeats: Sheet {
    Sheet(
      file: "near-repeats.csv",
      columns: [
        Column("metres_from", "距离下限,米", "distance from, metres"),
        Column("metres_to", "距离上限(不含)", "to, not included"),
        Column("days_from", "间隔下限,日", "days apart, from"), Column("days_to", "间隔上限", "to, included"),
        Column("ratio", "为偶然的几倍;空白为对数过少", "times as often as by chance; empty where too few"),
        Column("chance", "仅凭偶然出现的概率", "probability by chance alone"),
      ],
      rows: (edition.nearRepeats?.bands ?? []).map { band in
        [String(band.metresFrom), String(band.metresTo), String(band.daysFrom), String(band.daysTo),
         Self.text(band.ratio), Self.text(band.chance)]
      })
  }

  var words: Sheet {
    Sheet(
      file: "words.csv",
      columns: [
        Column("word", "词语", "word"), Column("now", "本期有此词的警情数", "reports of the period that have it"),
        Column("before", "\(before.zh)有此词的警情数;少则为 0", "reports of \(before.en) that have it; 0 where few"),
        Column("z", "与\(before.zh)的差异,以标准误计",
               "how far it sets the period apart from \(before.en), in standard errors"),
      ],
      rows: edition.words.map { [$0.word, String($0.reports), String($0.before), Self.text($0.z)] })
  }

  var concentration: Sheet {
    Sheet(
      file: "concentration.csv",
      columns: [
        Column("group", "类别组", "group of kinds"), Column("gini", "基尼系数", "Gini coefficient"),
        Column("half", "集中了一半警情的地点占比", "share of the places that holds half of the reports"),
      ],
      rows: edition.concentration.map { [$0.code, Self.text($0.gini), Self.text($0.half)] })
  }

  var losses: Sheet {
    func cells(_ result: EditionLosses.Result) -> [String] {
      [result.cases, result.succeeded, result.failed, result.unknown].map(Self.text)
        + [result.share, result.low, result.high].map(Self.text) + [result.sum, result.median].map(Self.text)
    }
    return Sheet(
      file: "losses.csv",
      columns: [
        Column("group", "类别组", "group of kinds"), Column("code", "类别代码,* 为全组", "code of the kind, * for the group"),
      ] + Self.nameColumns + [
        Column("period", "now 本期,before \(before.zh)", "now: the period, before: \(before.en)"),
        Column("cases", "事件数(同一事件只算一次);空白为已隐去", "cases, each once however often reported; empty where hidden"),
        Column("succeeded", "其中得逞的", "of these, those that succeeded"),
        Column("failed", "其中未得逞的", "of these, attempts that failed"),
        Column("unknown", "其中不知有无损失的", "of these, those of which it is not known"),
        Column("share", "得逞占已知结果的比例", "those that succeeded, over those of which it is known"),
        Column("low", "该比例 95% 区间下限", "lower bound of its 95 % interval"), Column("high", "上限", "upper bound"),
        Column("sum_yuan", "得逞者损失合计,元;空白为已隐去", "what these cost together, in yuan; empty where hidden"),
        Column("median_yuan", "得逞者损失中位数,元", "the median of what they cost, in yuan"),
      ],
      rows: (edition.losses ?? []).flatMap { group in
        ([group.total] + group.kinds).flatMap { line in
          [("now", line.now), ("before", line.before)].map { period, result in
            [group.code, line.code, line.names.zh, line.names.en, period] + cells(result)
          }
        }
      })
  }

  private static let placeColumns = [Column("place", "地点代码", "code of the place")] + nameColumns

  var repeats: Sheet {
    Sheet(
      file: "repeats.csv",
      columns: Self.placeColumns + [
        Column("kind_zh", "类别(中文)", "kind, Chinese"), Column("kind_en", "类别(英文)", "kind, English"),
        Column("at_least", "警情数,向下取整", "reports, rounded down"),
      ],
      rows: edition.repeats.map {
        [$0.place, $0.names.zh, $0.names.en, $0.kind.zh, $0.kind.en, String($0.atLeast)]
      })
  }

  var silences: Sheet {
    Sheet(
      file: "silences.csv",
      columns: Self.placeColumns + [
        Column("households", "户数;空白为按居民数计", "households; empty where it is counted over residents"),
        Column("residents", "居民数;空白为按户数计", "residents; empty where it is counted over households"),
        Column("share_at_most", "警情数不超过按户数或居民数应有的几成",
               "reports are at most this share of what so many would give"),
      ],
      rows: edition.silences.map {
        [$0.place, $0.names.zh, $0.names.en, Self.text($0.households), Self.text($0.residents),
         Self.text($0.shareAtMost)]
      })
  }

  var scenarios: Sheet {
    Sheet(
      file: "scenarios.csv",
      columns: Self.placeColumns + [
        Column("kind", "类别代码", "code of the kind"), Column("from", "开始时", "from hour"),
        Column("to", "结束时(不含)", "to hour, not included"),
        Column("at_least", "警情数,向下取整", "reports, rounded down"),
        Column("share", "落在该时段的比例", "share in these hours"),
        Column("share_elsewhere", "同类警情在其他地点的比例", "the same of this kind elsewhere"),
        Column("chance", "仅凭偶然出现的概率(已校正)", "probability by chance alone, adjusted"),
      ],
      rows: edition.scenarios.map {
        [$0.place, $0.names.zh, $0.names.en, $0.kind, String($0.from), String($0.to), String($0.atLeast),
         Self.text($0.share), Self.text($0.shareElsewhere), Self.text($0.chance)]
      })
  }
}
