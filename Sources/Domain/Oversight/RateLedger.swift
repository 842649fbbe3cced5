/// The facts of one case with the instants from which each can be seen, so that a rate as of any past instant is a
/// plain filter over rows and needs no replay.
///
/// A row answers as of T: seen if `seenAt ≤ T < voidAt`; known if `knownAt ≤ T`; a hit if `hitAt ≤ T < lostAt`.
/// For every T this equals ``RateFact/facts(of:)`` of the state folded from the events up to T; a property test and
/// the simulator hold it to that. A row changes in place only where no answer before the change would differ, else it
/// is made void and a new one takes its place.
public struct RateLedger: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var fact: RateFact
    /// Tells the versions of one fact apart.
    public let version: Int
    public let seenAt: Instant
    public var knownAt: Instant
    public var hitAt: Instant
    public var lostAt: Instant
    public var voidAt: Instant
  }

  public private(set) var rows: [Row] = []

  public init() {}

  /// Takes in what the facts are after an event at `at`.
  public mutating func update(_ facts: [RateFact], at: Instant) {
    var standing = Set<Int>()
    for fact in facts {
      if let index = openRow(fact) {
        if let changed = rows[index].changed(to: fact, at: at) {
          rows[index] = changed
          standing.insert(index)
          continue
        }
      }
      standing.insert(rows.count)
      rows.append(Row(fact: fact, version: nextVersion(fact), at: at))
    }
    for index in rows.indices where !standing.contains(index) && rows[index].voidAt == .never {
      rows[index].voidAt = at
    }
    rows.removeAll { $0.voidAt <= $0.seenAt }
  }

  private func openRow(_ fact: RateFact) -> Int? {
    rows.firstIndex { $0.voidAt == .never && $0.fact.rate == fact.rate && $0.fact.key == fact.key }
  }

  private func nextVersion(_ fact: RateFact) -> Int {
    1 + rows.reduce(0) { $1.fact.rate == fact.rate && $1.fact.key == fact.key ? max($0, $1.version) : $0 }
  }
}

extension RateLedger.Row {
  init(fact: RateFact, version: Int, at: Instant) {
    self.fact = fact
    self.version = version
    seenAt = at
    knownAt = max(fact.knownAt ?? .never, at)
    hitAt = fact.isHit ? at : .never
    lostAt = .never
    voidAt = .never
  }

  /// The row after the change, or nil where an answer before `at` would differ.
  func changed(to new: RateFact, at: Instant) -> Self? {
    var row = self
    let wasKnown = knownAt < at
    guard fact.agency == new.agency, fact.division == new.division, fact.kind == new.kind, fact.door == new.door,
      fact.startedAt == new.startedAt, !wasKnown || fact.countedAt == new.countedAt
    else { return nil }
    let known = new.knownAt ?? .never
    if wasKnown {
      // Known it was; unless it still is since the same instant, an answer in between would differ.
      guard known <= knownAt else { return nil }
    } else {
      row.knownAt = max(known, at)
    }
    row.fact = new
    let isHit = hitAt != .never && lostAt == .never
    if new.isHit, !isHit {
      guard hitAt == .never else { return nil }
      row.hitAt = at
    } else if !new.isHit, isHit {
      if hitAt >= at { row.hitAt = .never } else { row.lostAt = at }
    }
    return row
  }
}

extension Instant {
  /// Later than everything: stands in rows where nothing has happened yet, so that a filter is one comparison.
  public static let never = Instant(milliseconds: .max)
}
