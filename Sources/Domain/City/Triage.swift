/// What kind of case a report speaks of, by the pack's cues, with the reason for each suggestion.
///
/// Each cue found weighs 1, shared evenly by the kinds that claim it; finding it again adds half, a quarter … so that
/// repetition saturates at 2. The kind that the reporter chose weighs `reportedWeight`; doors and uses of places add
/// what the pack's priors say to kinds that have a cue already. With s the sum for a kind and S the sum over all,
/// certainty = s / (s + 1/2) · s / S: it needs evidence, and evidence that does not also speak for another kind.
public struct Triage: Sendable, Hashable {
  /// What is known of a report. It holds cues, never the reporter's own words.
  public struct Input: Sendable, Hashable {
    /// The pack's cues and danger words found in the text, with how often.
    public let cues: [String: Int]
    /// The kind that the reporter, or the operator at the desk, named.
    public let reportedKind: String?
    public let door: String
    public let placeUse: String?
    /// What the model in use says; nil where none is.
    public let learned: Learned?
    public init(cues: [String: Int], reportedKind: String?, door: String, placeUse: String?, learned: Learned? = nil) {
      self.cues = cues
      self.reportedKind = reportedKind
      self.door = door
      self.placeUse = placeUse
      self.learned = learned
    }
  }

  /// What a model learned from settled cases says of a text.
  public struct Learned: Sendable, Hashable {
    /// Its version.
    public let model: String
    public let kind: String
    /// 0 … 1, calibrated.
    public let certainty: Double
    /// Certain enough by the model's own measure.
    public let isSure: Bool
    /// The words that decided, the weightiest first; words of many cases, never a name or number.
    public let words: [String]
    public init(model: String, kind: String, certainty: Double, isSure: Bool, words: [String]) {
      self.model = model
      self.kind = kind
      self.certainty = certainty
      self.isSure = isSure
      self.words = words
    }
  }

  /// Why a kind is suggested.
  public enum Reason: Sendable, Hashable {
    case cue(word: String, weight: Double)
    case reported(weight: Double)
    case prior(source: String, weight: Double)
    case learned(model: String, words: [String], weight: Double)

    public var weight: Double {
      switch self {
      case .cue(_, let weight), .reported(let weight), .prior(_, let weight), .learned(_, _, let weight): weight
      }
    }
  }

  public struct Suggestion: Sendable, Hashable {
    public let kind: Kind
    /// 0 … 1.
    public let certainty: Double
    /// The weightiest first.
    public let reasons: [Reason]
  }

  /// A danger and the words that gave it away.
  public struct FoundDanger: Sendable, Hashable {
    public let danger: TriageRules.Danger
    public let words: [String]
  }

  public static let reportedWeight = 2.0

  /// The most certain first, at most five.
  public let suggestions: [Suggestion]
  public let dangers: [FoundDanger]
  /// True when a person must decide the kind: the best is not certain enough or hardly better than the second.
  public let abstains: Bool
  /// What the rules are certain of; nil where a person decides.
  public var certain: Suggestion? { abstains ? nil : suggestions.first }
  /// False whenever there is any danger cue, without exception, whatever kind is suggested or reported.
  public var mayDivert: Bool { dangers.isEmpty }
  /// Whether the rules themselves suggest handing the case to a body that is not the police.
  public var suggestsDiversion: Bool {
    mayDivert && certain?.kind.jurisdiction == .nonPolice
  }

  public init(_ input: Input, pack: CityPack) {
    dangers = Self.dangers(input, pack)
    let reasons = Self.reasons(input, pack)
    let sums = reasons.mapValues { $0.reduce(0) { $0 + $1.weight } }
    // Summed in the order of the pack, so that the same input gives the same digits.
    let total = sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    let ranked = sums.map { kind, sum in
      Suggestion(
        kind: pack.kinds[kind], certainty: sum / (sum + 0.5) * sum / total,
        reasons: (reasons[kind] ?? []).sorted { $0.weight > $1.weight })
    }.sorted { ($1.certainty, $0.kind.code) < ($0.certainty, $1.kind.code) }
    let best = ranked.first?.certainty ?? 0
    let second = ranked.dropFirst().first?.certainty ?? 0
    let rulesAbstain = best < pack.triage.certaintyMin || best - second < pack.triage.marginMin
    guard rulesAbstain, let said = input.learned, let learned = Self.suggestion(said, pack) else {
      suggestions = Array(ranked.prefix(5))
      abstains = rulesAbstain
      return
    }
    // A model speaks where the rules do not, and where danger is spoken of it decides nothing: a person does.
    let decides = said.isSure && dangers.isEmpty && input.reportedKind == nil
    let others = ranked.filter { $0.kind.code != said.kind }
    suggestions = Array((decides ? [learned] + others : others.prefix(4) + [learned]).prefix(5))
    abstains = !decides
  }

  /// Nil for a kind that the pack has not, or not as a leaf any more.
  private static func suggestion(_ said: Learned, _ pack: CityPack) -> Suggestion? {
    guard let kind = pack.index.kinds[said.kind], pack.index.kindIsLeaf[kind] else { return nil }
    return Suggestion(
      kind: pack.kinds[kind], certainty: said.certainty,
      reasons: [.learned(model: said.model, words: said.words, weight: said.certainty)])
  }

  /// In the order of the pack, as are each one's words.
  private static func dangers(_ input: Input, _ pack: CityPack) -> [FoundDanger] {
    var found: [Int: [Int]] = [:]
    for (word, count) in input.cues where count > 0 {
      for (danger, place) in pack.index.dangersByWord[word] ?? [] { found[danger, default: []].append(place) }
    }
    return found.sorted { $0.key < $1.key }.map { danger, places in
      let danger = pack.triage.dangers[danger]
      return FoundDanger(danger: danger, words: places.sorted().map { danger.words[$0] })
    }
  }

  private static func reasons(_ input: Input, _ pack: CityPack) -> [Int: [Reason]] {
    var reasons: [Int: [Reason]] = [:]
    for (word, count) in input.cues.sorted(by: { $0.key < $1.key }) where count > 0 {
      let kinds = (pack.index.kindsByCue[word] ?? []).filter { pack.index.kindIsLeaf[$0] }
      let weight = saturated(count) / Double(max(kinds.count, 1))
      for kind in kinds { reasons[kind, default: []].append(.cue(word: word, weight: weight)) }
    }
    if let kind = input.reportedKind.flatMap({ pack.index.kinds[$0] }), pack.index.kindIsLeaf[kind] {
      reasons[kind, default: []].append(.reported(weight: reportedWeight))
    }
    for prior in pack.triage.priors where prior.applies(to: input) {
      guard let node = pack.index.kinds[prior.kind] else { continue }
      for kind in reasons.keys where pack.index.kindPaths[kind].contains(Int32(node)) {
        reasons[kind]?.append(.prior(source: prior.source, weight: prior.weight))
      }
    }
    return reasons
  }

  /// 1 + 1/2 + 1/4 …: 1 for one, towards 2 for many.
  private static func saturated(_ count: Int) -> Double { 2 - 2 / Double(1 << min(count, 30)) }
}

extension TriageRules.Prior {
  func applies(to input: Triage.Input) -> Bool {
    (door == nil || door == input.door) && (placeUse == nil || placeUse == input.placeUse)
  }
}
