/// What a rate is made of: what counts, what of it is a hit, and what cannot be counted yet.
public struct RateTally: Sendable, Hashable {
  public var denominator: Int
  public var numerator: Int
  public var notYetDue: Int

  public init(denominator: Int = 0, numerator: Int = 0, notYetDue: Int = 0) {
    self.denominator = denominator
    self.numerator = numerator
    self.notYetDue = notYetDue
  }

  /// 0 … 1; nil where nothing counts yet.
  public var rate: Double? { denominator == 0 ? nil : Double(numerator) / Double(denominator) }

  public static func + (one: Self, other: Self) -> Self {
    RateTally(denominator: one.denominator + other.denominator, numerator: one.numerator + other.numerator,
              notYetDue: one.notYetDue + other.notYetDue)
  }
}

/// What rates are told apart by. Raw values are storage formats.
public enum RateDimension: String, Sendable, Hashable, Codable, CaseIterable {
  case agency, division, kind, door
}

extension RateFact {
  public func value(_ dimension: RateDimension) -> String {
    switch dimension {
    case .agency: agency
    case .division: division
    case .kind: kind
    case .door: door
    }
  }
}

extension RateTally {
  public struct Group: Sendable, Hashable {
    public let rate: Rate
    /// The agency, division, kind or door; empty for all together.
    public let value: String
    public init(_ rate: Rate, _ value: String = "") {
      self.rate = rate
      self.value = value
    }
  }

  /// The plain count that faster ones are held against.
  /// - Parameters:
  ///   - facts: of the states that the events up to `asOf` have left, see ``RateFact/facts(of:)``.
  ///   - from: start of the period.
  ///   - to: its end, not itself in it.
  public static func count(_ facts: some Sequence<RateFact>, from: Instant, to: Instant, asOf: Instant,
                           by dimension: RateDimension? = nil) -> [Group: RateTally]
  {
    facts.reduce(into: [:]) { tallies, fact in
      let isKnown = fact.knownAt.map { $0 <= asOf } ?? false
      let counts = (from..<to).contains(isKnown ? fact.countedAt : fact.startedAt)
      guard counts else { return }
      tallies[Group(fact, dimension), default: .init()].add(isKnown: isKnown, isHit: fact.isHit)
    }
  }

  /// The same from a ledger's rows, whatever came after `asOf`.
  public static func count(_ rows: some Sequence<RateLedger.Row>, from: Instant, to: Instant, asOf: Instant,
                           by dimension: RateDimension? = nil) -> [Group: RateTally]
  {
    rows.reduce(into: [:]) { tallies, row in
      guard row.seenAt <= asOf, asOf < row.voidAt else { return }
      let isKnown = row.knownAt <= asOf
      guard (from..<to).contains(isKnown ? row.fact.countedAt : row.fact.startedAt) else { return }
      let isHit = row.hitAt <= asOf && asOf < row.lostAt
      tallies[Group(row.fact, dimension), default: .init()].add(isKnown: isKnown, isHit: isHit)
    }
  }

  private mutating func add(isKnown: Bool, isHit: Bool) {
    if isKnown {
      denominator += 1
      numerator += isHit ? 1 : 0
    } else {
      notYetDue += 1
    }
  }
}

extension RateTally.Group {
  fileprivate init(_ fact: RateFact, _ dimension: RateDimension?) {
    self.init(fact.rate, dimension.map(fact.value) ?? "")
  }
}
