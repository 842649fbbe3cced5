import Domain
import Language

/// Reads reports for triage: the pack's cues and danger words, made ready once for a pack.
public struct TriageReader: Sendable {
  private let pack: CityPack
  private let matcher: CueMatcher

  public init(pack: CityPack) {
    self.pack = pack
    let words = pack.kinds.flatMap(\.cues) + pack.triage.dangers.flatMap(\.words)
    matcher = CueMatcher(Set(words).sorted())
  }

  /// - Parameters:
  ///   - text: the reporter's words; nothing of them is kept but the pack's own cues that they contain.
  ///   - kind: the kind that the reporter or the desk named.
  ///   - place: code of the place, if it is known.
  ///   - learned: what the model in use says of the text.
  public func triage(text: String, kind: String?, door: String, place: String?, learned: Triage.Learned? = nil)
    -> Triage
  {
    let use = place.flatMap { pack.place($0)?.use }
    return Triage(
      Triage.Input(cues: matcher.cueCounts(in: text), reportedKind: kind, door: door, placeUse: use, learned: learned),
      pack: pack)
  }
}
