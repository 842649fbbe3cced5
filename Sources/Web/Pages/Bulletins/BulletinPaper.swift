import Domain
import Features

/// A bulletin in the form that such papers have: head, number, title, text with tables and charts, signature.
struct BulletinPaper: Sendable {
  let head: String
  let number: String?
  let title: String
  let addressees: String
  let blocks: [PaperBlock]
  let issuer: String
  let date: String
  /// Said while the month runs.
  let draft: String?

  private static let trendRates: [Rate] = [.signIn, .diversion, .feedback, .completion, .complaint, .repeatReport]

  /// - Parameters:
  ///   - trends: of each rate the last twelve months, see ``TrendQuery``.
  ///   - readable: the cases that the reader may open.
  init(_ bulletin: Bulletin, _ period: BulletinPeriod, trends: [Rate: [RateTally]], _ query: TrendQuery,
       readable: Set<String>, _ presenter: Presenter) {
    let words = presenter.words
    let rules = presenter.pack.documents
    issuer = presenter.agency(rules?.issuer ?? presenter.pack.coordinator)
    head = words("bulletinHead", ["issuer": issuer])
    number = rules?.text(.bulletin, year: period.year, number: period.month)
    title = words("bulletinTitle", Self.month(period, words))
    addressees = words["bulletinAddressees"]
    let isOver = bulletin.asOf == bulletin.to
    date = words.date(presenter.pack.calendar.zone.local(isOver ? bulletin.to : presenter.now).date)
    draft = isOver ? nil : words("bulletinDraft", ["time": presenter.time(bulletin.asOf).text])
    let parts = BulletinParts(bulletin: bulletin, presenter: presenter, readable: readable)
    let charts = Self.trendRates.map { rate in
      Self.chart(rate, trends[rate] ?? [], query, presenter)
    }
    blocks = [
      PaperBlock(prose: words("bulletinOpening", Self.month(period, words))),
      parts.whole(last: trends.compactMapValues { $0.dropLast().last }),
      PaperBlock(prose: words["bulletinTrends"], trends: charts),
      parts.bodies("bulletinAgencies", bulletin.agencies, name: presenter.agency),
      parts.bodies("bulletinTowns", bulletin.towns, name: presenter.division), parts.notices(), parts.delays(),
      PaperBlock(heading: words["bulletinNotes"], prose: words("bulletinMethod", [
        "version": String(bulletin.formulaVersion), "n": String(Comparison.countMin),
      ])),
    ]
  }

  static func month(_ period: BulletinPeriod, _ words: Words) -> [String: String] {
    ["year": String(period.year), "month": words["month.\(period.month)"]]
  }

  private static func chart(_ rate: Rate, _ tallies: [RateTally], _ query: TrendQuery, _ presenter: Presenter)
    -> TrendChart
  {
    let points = zip(zip(query.labels, query.spans(of: rate)), tallies).map { span, tally in
      TrendChart.Point(label: span.0, tally: tally, interval: tally.interval, isOpen: query.isOpen(span.1, of: rate))
    }
    return TrendChart(id: "trend-" + rate.rawValue, title: presenter.words[rate],
                      summary: presenter.words["bulletinTrends"], points, percent: presenter.percent)
  }
}

/// The sections of a bulletin.
private struct BulletinParts {
  let bulletin: Bulletin
  let presenter: Presenter
  let readable: Set<String>

  private var words: Words { presenter.words }

  /// The rates of the whole, beside those of the month before.
  func whole(last: [Rate: RateTally]) -> PaperBlock {
    let columns: [PaperTable.Column] = [
      .init(title: words["rate"], share: 0.2), .init(title: words["value"], share: 0.14, isNumber: true),
      .init(title: words["hitsOfCounted"], share: 0.22, isNumber: true),
      .init(title: words["interval"], share: 0.24, isNumber: true),
      .init(title: words["bulletinLast"], share: 0.2, isNumber: true),
    ]
    let rows = Rate.allCases.map { rate in
      let tally = bulletin.whole[rate] ?? .init()
      let before = last[rate]?.rate.map(presenter.percent) ?? "–"
      return PaperTable.Row(cells: [
        .init(text: words[rate]), number(tally.rate.map(presenter.percent)),
        number("\(tally.numerator)/\(tally.denominator)"), number(interval(tally)), number(before),
      ])
    }
    func share(_ rate: Rate) -> String { bulletin.whole[rate]?.rate.map(presenter.percent) ?? "–" }
    let prose = words("bulletinWhole", [
      "rounds": String(bulletin.whole[.completion]?.denominator ?? 0), "signIn": share(.signIn),
      "diversion": share(.diversion), "feedback": share(.feedback), "completion": share(.completion),
      "complaint": share(.complaint),
    ])
    return PaperBlock(heading: words["bulletinOverall"], prose: prose,
                      grid: PaperTable(caption: words["bulletinOverall"], columns: columns, rows: rows))
  }

  /// Bodies by their completion rate, each with its dot and interval.
  func bodies(_ key: String, _ lines: [Bulletin.Line], name: (String) -> String) -> PaperBlock {
    let tallies = Dictionary(uniqueKeysWithValues: lines.map { ($0.code, $0.tallies) })
    let whole = bulletin.whole[.completion] ?? .init()
    let comparison = Comparison(.completion, whole: whole, tallies.compactMapValues { $0[.completion] }) {
      hits, count in
      RateTally(denominator: count, numerator: hits).interval ?? 0...1
    }
    let columns: [PaperTable.Column] = [
      .init(title: words["placeInOrder"], share: 0.07, isNumber: true),
      .init(title: words["bulletinBody"], share: 0.27),
      .init(title: "0–100%", share: 0.18), .init(title: words[Rate.completion], share: 0.13, isNumber: true),
      .init(title: words["hitsOfCounted"], share: 0.13, isNumber: true),
      .init(title: words[Rate.signIn], share: 0.11, isNumber: true),
      .init(title: words[Rate.feedback], share: 0.11, isNumber: true),
    ]
    let rows = comparison.lines.map { line in
      let own = tallies[line.code] ?? [:]
      return PaperTable.Row(cells: [
        number(line.place.map(String.init)), .init(text: name(line.code)),
        .init(text: "", drawing: drawing(line, whole.rate)), number(line.tally.rate.map(presenter.percent)),
        number("\(line.tally.numerator)/\(line.tally.denominator)"), number(own[.signIn]?.rate.map(presenter.percent)),
        number(own[.feedback]?.rate.map(presenter.percent)),
      ])
    }
    func names(_ standing: Comparison.Standing) -> String {
      let found = comparison.lines.filter { $0.standing == standing }.map { name($0.code) }
      return found.isEmpty ? words["nobody"] : found.joined(separator: words["comma"])
    }
    let prose = words("bulletinCompared", ["better": names(.better), "worse": names(.worse)])
    return PaperBlock(heading: words[key], prose: prose,
                      grid: PaperTable(caption: words[key], columns: columns, rows: rows))
  }

  func notices() -> PaperBlock {
    let kinds: [DeadlineTable.Rung.Notice] = [.warning, .supervision, .rectification]
    let counts = Dictionary(grouping: bulletin.notices.filter { kinds.contains($0.notice) }, by: \.agency)
    func count(_ agency: String?, _ notice: DeadlineTable.Rung.Notice) -> Int {
      bulletin.notices.reduce(0) { sum, line in
        line.notice == notice && (agency == nil || line.agency == agency) ? sum + line.count : sum
      }
    }
    let prose = words("bulletinNoticesTotal", [
      "warnings": String(count(nil, .warning)), "orders": String(count(nil, .supervision)),
      "rectifications": String(count(nil, .rectification)),
    ])
    let columns = [PaperTable.Column(title: words["bulletinAddressee"], share: 0.49)]
      + kinds.map { PaperTable.Column(title: words[$0], share: 0.17, isNumber: true) }
    let rows = counts.keys.sorted().map { agency in
      PaperTable.Row(cells: [.init(text: presenter.agency(agency))] + kinds.map { number(String(count(agency, $0))) })
    }
    return PaperBlock(heading: words["bulletinNotices"], prose: prose, grid: rows.isEmpty ? nil
      : PaperTable(caption: words["bulletinNotices"], columns: columns, rows: rows))
  }

  func delays() -> PaperBlock {
    let columns: [PaperTable.Column] = [
      .init(title: words["caseNumber"], share: 0.16), .init(title: words["agency"], share: 0.34),
      .init(title: words["deadlines"], share: 0.15), .init(title: words["bulletinLate"], share: 0.2, isNumber: true),
      .init(title: words["bulletinState"], share: 0.15),
    ]
    let rows = bulletin.delays.map { delay in
      PaperTable.Row(cells: [
        .init(text: String(delay.case.suffix(6)),
              link: readable.contains(delay.case) ? PageURL.oneCase(delay.case).path : nil),
        .init(text: presenter.agency(delay.agency)), .init(text: words[delay.step]),
        number(presenter.span(delay.late.wall)),
        .init(text: words[delay.doneAt == nil ? "bulletinOwed" : "bulletinDone"]),
      ])
    }
    return PaperBlock(
      heading: words["bulletinDelays"], prose: words[rows.isEmpty ? "bulletinNoDelays" : "bulletinDelaysLead"],
      grid: rows.isEmpty ? nil : PaperTable(caption: words["bulletinDelays"], columns: columns, rows: rows))
  }

  private func drawing(_ line: Comparison.Line, _ whole: Double?) -> PaperTable.Drawing? {
    func percent(_ share: Double) -> Double { (share * 1_000).rounded() / 10 }
    guard let interval = line.interval, let value = line.tally.rate, let whole else { return nil }
    return .init(low: percent(interval.lowerBound), high: percent(interval.upperBound), value: percent(value),
                 whole: percent(whole), standingCode: line.standing.rawValue)
  }

  private func interval(_ tally: RateTally) -> String? {
    tally.interval.map { presenter.percent($0.lowerBound) + "–" + presenter.percent($0.upperBound) }
  }

  private func number(_ text: String?) -> PaperTable.Cell { .init(text: text ?? "–", isNumber: true) }
}

extension Words {
  /// As it stands under a paper: `2026年11月3日`, `3 November 2026`.
  func date(_ date: CivilDate) -> String {
    let (year, month, day) = date.parts
    return self("paperDate", ["year": String(year), "month": self["month.\(month)"], "day": String(day)])
  }
}
