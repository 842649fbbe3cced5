/// A bulletin (通报) of a period: what the rates, the notices and the worst delays say of each body. A model without
/// prose; the words are chosen where it is shown.
public struct Bulletin: Sendable, Hashable {
  public let from: Instant
  /// Not itself in the period.
  public let to: Instant
  public let asOf: Instant
  public let formulaVersion: Int
  public let whole: [Rate: RateTally]
  /// Highest completion rate first; those that have none yet last; then by code.
  public let agencies: [Line]
  /// The same for towns: what was counted anywhere in a town is the town's.
  public let towns: [Line]
  /// By agency, then the ladder's order.
  public let notices: [NoticeCount]
  /// The longest first.
  public let delays: [Delay]

  public struct Line: Sendable, Hashable {
    public let code: String
    public let tallies: [Rate: RateTally]
    /// From 1 by completion; equal rates share a place; nil where nothing counts yet.
    public let place: Int?
  }

  public struct NoticeCount: Sendable, Hashable {
    public let agency: String
    public let notice: DeadlineTable.Rung.Notice
    public let count: Int
  }

  /// - Parameters:
  ///   - byAgency, byDivision: tallies of the period as of `asOf`, see ``RateTally``.
  ///   - notices: of all cases; those outside the period are left out.
  ///   - delays: of all cases, see ``Delay/delays(of:at:calendar:)``.
  public init(from: Instant, to: Instant, asOf: Instant, byAgency: [RateTally.Group: RateTally],
              byDivision: [RateTally.Group: RateTally], notices: [CaseState.Notice], delays: [Delay],
              delaysMax: Int = 10, pack: CityPack)
  {
    self.from = from
    self.to = to
    self.asOf = asOf
    formulaVersion = Rate.formulaVersion
    whole = byAgency.reduce(into: [:]) { $0[$1.key.rate, default: .init()] = ($0[$1.key.rate] ?? .init()) + $1.value }
    agencies = Self.lines(byAgency) { $0 }
    towns = Self.lines(byDivision, pack.town)
    self.notices = Self.counts(notices.filter { (from..<max(from, to)).contains($0.at) })
    let worst = delays.sorted {
      ($1.late.wall, $0.case, $0.due, $0.step.rawValue) < ($0.late.wall, $1.case, $1.due, $1.step.rawValue)
    }
    self.delays = Array(worst.prefix(delaysMax))
  }

  private static func lines(_ tallies: [RateTally.Group: RateTally], _ code: (String) -> String) -> [Line] {
    let byCode = tallies.reduce(into: [String: [Rate: RateTally]]()) { lines, entry in
      let group = code(entry.key.value)
      lines[group, default: [:]][entry.key.rate] = (lines[group]?[entry.key.rate] ?? .init()) + entry.value
    }
    let rates = byCode.mapValues { $0[.completion]?.rate }
    return byCode.map { code, tallies in
      let own = rates[code] ?? nil
      let place = own.map { own in 1 + rates.values.count { ($0 ?? -1) > own } }
      return Line(code: code, tallies: tallies, place: place)
    }.sorted { ($0.place ?? .max, $0.code) < ($1.place ?? .max, $1.code) }
  }

  private static func counts(_ notices: [CaseState.Notice]) -> [NoticeCount] {
    let counts = notices.reduce(into: [NoticeKey: Int]()) { counts, notice in
      counts[NoticeKey(agency: notice.event.agency, notice: notice.event.notice), default: 0] += 1
    }
    let order = Dictionary(uniqueKeysWithValues: DeadlineTable.Rung.Notice.allCases.enumerated().map { ($1, $0) })
    return counts.map { NoticeCount(agency: $0.key.agency, notice: $0.key.notice, count: $0.value) }
      .sorted { ($0.agency, order[$0.notice] ?? 0) < ($1.agency, order[$1.notice] ?? 0) }
  }

  private struct NoticeKey: Hashable {
    let agency: String
    let notice: DeadlineTable.Rung.Notice
  }
}
