/// "Same thing twice": the open cases that a report may be another report of, best first, each with the reasons.
///
/// score = K · (1 − ½·d/D) · (1 − ½·t/T), between 0.125 and 1:
/// - K: 1 for the same kind, 0.6 for kinds with the same parent (or one the parent of the other), 0.5 where one of the
///   two has no kind yet;
/// - d: metres between the two, 0 at the same place; D the pack's `duplicateMetres`;
/// - t: time between them, T the pack's `duplicate`.
///
/// Farther than D, longer ago than T, or of another kind is no candidate. Points outside the vault are rounded to a
/// block, so d is no better than that.
public enum DuplicateCandidates {
  public struct Subject: Sendable, Hashable {
    public let kind: String?
    public let place: String?
    public let point: Coordinate?
    public let at: Instant

    public init(kind: String?, place: String?, point: Coordinate?, at: Instant) {
      self.kind = kind
      self.place = place
      self.point = point
      self.at = at
    }
  }

  public struct Candidate: Sendable, Hashable {
    public let id: String
    /// Of its latest report.
    public let subject: Subject

    public init(id: String, subject: Subject) {
      self.id = id
      self.subject = subject
    }
  }

  /// With the numbers behind the words.
  public enum Reason: Sendable, Hashable {
    case sameKind(String)
    /// The parent that both kinds have.
    case relatedKind(String)
    case kindUnknown
    case samePlace(String)
    case near(metres: Int)
    /// Rounded down.
    case recent(minutes: Int)
  }

  public struct Match: Sendable, Hashable {
    public let id: String
    public let score: Double
    public let reasons: [Reason]
  }

  /// - Returns: by score, then the shorter time between, then id.
  public static func rank(_ subject: Subject, among candidates: [Candidate], windows: CityPack.Windows) -> [Match] {
    candidates.compactMap { match(subject, $0, windows) }
      .sorted { (-$0.match.score, $0.apart, $0.match.id) < (-$1.match.score, $1.apart, $1.match.id) }
      .map(\.match)
  }

  private static func match(_ subject: Subject, _ candidate: Candidate, _ windows: CityPack.Windows)
    -> (match: Match, apart: Span)?
  {
    let other = candidate.subject
    let apart = max(subject.at - other.at, other.at - subject.at)
    guard apart <= windows.duplicate, let kind = compare(subject.kind, other.kind),
      let place = compare(subject, other), place.metres <= windows.duplicateMetres
    else { return nil }
    let distance = share(place.metres, of: windows.duplicateMetres)
    let time = share(Double(apart.milliseconds), of: Double(windows.duplicate.milliseconds))
    let reasons = [kind.reason, place.reason, .recent(minutes: Int(apart.milliseconds / 60_000))]
    return (Match(id: candidate.id, score: kind.weight * (1 - distance / 2) * (1 - time / 2), reasons: reasons), apart)
  }

  private static func share(_ part: Double, of whole: Double) -> Double { whole > 0 ? part / whole : 0 }

  private static func compare(_ one: String?, _ other: String?) -> (weight: Double, reason: Reason)? {
    guard let one, let other else { return (0.5, .kindUnknown) }
    if one == other { return (1, .sameKind(one)) }
    let parents = (Kind.parent(of: one), Kind.parent(of: other))
    if parents.0 == other { return (0.6, .relatedKind(other)) }
    if parents.1 == one { return (0.6, .relatedKind(one)) }
    guard let parent = parents.0, parent == parents.1 else { return nil }
    return (0.6, .relatedKind(parent))
  }

  private static func compare(_ one: Subject, _ other: Subject) -> (metres: Double, reason: Reason)? {
    if let place = one.place, place == other.place { return (0, .samePlace(place)) }
    guard let here = one.point, let there = other.point else { return nil }
    let metres = here.distanceMetres(to: there)
    return (metres, .near(metres: Int(metres.rounded())))
  }
}
