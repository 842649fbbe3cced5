import Domain
import SQL

/// What would become of a report while it is still being told: the same rules as ``ReceiveReport``, with whatever is
/// known so far. Nothing is stored, nothing is kept.
public struct PreviewReport: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Preview: Sendable {
    public let triage: Triage
    /// The kind chosen, or else what the rules are certain of.
    public let kind: String?
    /// Who would answer for it; nil where that is not known yet, or a person has to decide.
    public let agency: String?
    /// Open cases that may be the same thing, the likeliest first.
    public let duplicates: [FindDuplicates.Match]
  }

  /// - Returns: nil while nothing is known that could be judged.
  public func callAsFunction(_ report: IncomingReport, for actor: Actor) async throws -> Preview? {
    let text = String(report.text.prefix(ReportLimits.textCharactersMax))
    let chosen = report.kind.flatMap(site.pack.kind)?.code
    guard !text.isEmpty || chosen != nil else { return nil }
    let learned = site.models.first { !$0.isShadow }?.look(text)
    let triage = site.packs.triage.triage(
      text: text, kind: chosen, door: report.door, place: report.place, learned: learned)
    let kind = chosen ?? triage.certain?.kind.code
    let place = report.place.flatMap(site.pack.place)
    let point = (report.coordinate ?? place?.centre).flatMap { $0.isValid ? $0 : nil }
    let now = site.now()
    let subject = DuplicateCandidates.Subject(kind: kind, place: place?.code, point: point, at: now)
    let duplicates = try await site.database.read { connection in
      try FindDuplicates(site).matches(subject, for: actor, on: connection)
    }
    let division = place?.division ?? point.flatMap(site.pack.division(containing:))?.code ?? report.division
    let line = kind.flatMap { kind in
      division.flatMap {
        site.pack.responsible(kind: kind, division: $0, isDangerous: !triage.dangers.isEmpty, at: now)
      }
    }
    return Preview(triage: triage, kind: kind, agency: line?.agency, duplicates: duplicates)
  }
}
